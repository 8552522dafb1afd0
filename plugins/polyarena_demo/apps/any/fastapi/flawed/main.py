from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/", response_class=HTMLResponse)
def index():
    rows = "".join(f"<li>{item}</li>" for item in ITEMS)
    return f"<h1>TITLE</h1><ul>{rows}</ul><button onclick=\"fetch('/shuffle')\">Shuffle</button>"
