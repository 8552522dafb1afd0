import asyncio
import math
import random

from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from fastapi.responses import HTMLResponse

app = FastAPI(title="TITLE")
NAMES = ITEMS

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>TITLE</title>
<style>
:root { --accent: #0f766e; font-family: system-ui, sans-serif; color: #111827; background: #f8fafc; }
main { max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; }
section { padding: 1.25rem; margin-top: 1rem; background: white; border: 1px solid #e2e8f0; border-radius: 12px; }
#bars { display: grid; gap: .6rem; }
.row { display: grid; grid-template-columns: 7rem 1fr 3rem; gap: .75rem; align-items: center; }
.row span:first-child { overflow: hidden; text-overflow: ellipsis; }
.track { height: 14px; background: #e2e8f0; border-radius: 7px; overflow: hidden; }
.bar { height: 100%; background: var(--accent); transition: width .4s; }
button { padding: .55rem 1rem; font: inherit; color: white; background: var(--accent); border: 0; border-radius: 8px; cursor: pointer; }
#state { color: #475569; }
@media (prefers-reduced-motion: reduce) { .bar { transition: none; } }
</style>
</head>
<body>
<main>
<h1>TITLE</h1>
<p id="state" role="status">Connecting…</p>
<section aria-label="Live figures"><div id="bars"></div></section>
<section><button id="shuffle">Shuffle</button> <span id="said"></span></section>
</main>
<script>
const bars = document.querySelector("#bars"), state = document.querySelector("#state");
function show(figures) {
  for (const [name, value] of Object.entries(figures)) {
    let row = [...bars.children].find((each) => each.dataset.name === name);
    if (!row) {
      row = document.createElement("div");
      row.className = "row"; row.dataset.name = name;
      row.innerHTML = '<span></span><div class="track"><div class="bar"></div></div><span></span>';
      row.children[0].textContent = name;
      bars.append(row);
    }
    row.querySelector(".bar").style.width = value + "%";
    row.children[2].textContent = value;
  }
}
function listen() {
  const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`);
  line.onopen = () => { state.textContent = "Live from the server"; };
  line.onmessage = (event) => show(JSON.parse(event.data));
  line.onclose = () => { state.textContent = "Not connected; trying again"; setTimeout(listen, 2000); };
}
document.querySelector("#shuffle").onclick = async () => {
  const answer = await (await fetch("/shuffle", { method: "POST" })).json();
  show(answer.figures);
  document.querySelector("#said").textContent = `Shuffled ${answer.times} times`;
};
listen();
</script>
</body>
</html>"""


class Figures:
    """What is shown: a figure for each name."""

    def __init__(self):
        self.seed, self.times = 1, 0

    def now(self, step=0):
        chance = random.Random(self.seed)
        return {n: round(50 + 40 * math.sin(step / 5 + chance.uniform(0, 6))) for n in NAMES}


figures = Figures()


@app.get("/", response_class=HTMLResponse)
def index():
    return PAGE


@app.post("/shuffle")
def shuffle():
    figures.seed += 1
    figures.times += 1
    return {"figures": figures.now(), "times": figures.times}


@app.websocket("/live")
async def live(line: WebSocket):
    await line.accept()
    try:
        for step in range(100_000):
            await line.send_json(figures.now(step))
            await asyncio.sleep(1)
    except WebSocketDisconnect:
        pass


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, port=8080)
