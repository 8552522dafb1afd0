import gradio as gr

NAMES = ITEMS


def measure(name, amount, note):
    """Sums up what was entered."""
    if not name:
        return "Choose something first.", []
    rows = [[step, round(amount * step / 4, 1)] for step in range(1, 5)]
    extra = f" Note: {note.strip()}" if note and note.strip() else ""
    return f"**{name}**: {amount} in all, in four steps.{extra}", rows


with gr.Blocks(title="TITLE") as demo:
    gr.Markdown("# TITLE")
    with gr.Row():
        with gr.Column():
            name = gr.Dropdown(list(NAMES), value=NAMES[0], label="What")
            amount = gr.Slider(1, 100, value=40, step=1, label="Amount")
            note = gr.Textbox(label="Note", placeholder="Anything to remember")
            go = gr.Button("Work it out", variant="primary")
        with gr.Column():
            said = gr.Markdown("Nothing worked out yet.")
            table = gr.Dataframe(headers=["Step", "Amount"], label="Steps", interactive=False)
    go.click(measure, [name, amount, note], [said, table])
    note.submit(measure, [name, amount, note], [said, table])

demo.launch()
