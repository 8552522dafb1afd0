import gradio as gr

names = ITEMS


def measure(name, amount):
    return f"{name}: {amount}"


demo = gr.Interface(
    measure,
    [gr.Dropdown(list(names), value=names[0], label="What"), gr.Slider(1, 100, 40, label="Amount")],
    gr.Textbox(label="Result"),
    title="TITLE",
)

if __name__ == "__main__":
    demo.launch()
