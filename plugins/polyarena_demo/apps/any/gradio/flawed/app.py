import gradio as gr

names = ITEMS
gr.Interface(lambda text: text, gr.Radio(names), "text", title="TITLE").launch(share=True)
