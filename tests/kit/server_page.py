"""An app with a server, written as any other, whose page tries all that it may and may not."""

from __future__ import annotations

from fastapi import FastAPI, Request, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

PAGE = """<!doctype html><html lang="en"><head><title>List</title></head><body><main><h1>List</h1>
<p id="count">{count} in this session</p><form method="post" action="/add">
<input name="text" aria-label="Text"><button>Add</button></form>
<ul id="tried"></ul></main><script>
const say = (name, text) => {{
  const line = document.createElement("li");
  line.textContent = name + ": " + text;
  document.querySelector("#tried").append(line);
}};
const fails = async (name, attempt) => {{
  try {{ await attempt(); say(name, "reached"); }} catch {{ say(name, "refused"); }}
}};
localStorage.setItem("kept", "yes");
say("storage", localStorage.getItem("kept"));
const socket = new WebSocket("ws://" + location.host + "/echo");
socket.onopen = () => socket.send("hello");
socket.onmessage = (event) => say("socket", event.data);
const sent = {{ method: "PUT", body: "{{}}", credentials: "include",
  headers: {{ "content-type": "application/json", "x-own": "1" }} }};
fetch("/put", sent).then((r) => r.json()).then((j) => say("put", j.seen), () => say("put", "no"));
const site = "http://127.0.0.1:" + location.port;
fails("site", () => fetch(site + "/api/v1/arenas"));
fails("site in secret", () => fetch(site + "/healthz", {{ mode: "no-cors" }}));
fails("other socket", () => new Promise((done, not) => {{
  const other = new WebSocket("ws://127.0.0.1:" + location.port + "/");
  other.onopen = done; other.onerror = not;
}}));
fails("parent", () => parent.document.title);
fails("away", async () => {{ if (!(await fetch("/away")).ok) throw Error(); }});
</script></body></html>"""


def list_app() -> FastAPI:
    """The app; its list is as long as a cookie says."""
    app = FastAPI()

    @app.get("/")
    async def page(request: Request) -> Response:
        return HTMLResponse(PAGE.format(count=request.cookies.get("count", "0")))

    @app.post("/add")
    async def add(request: Request) -> Response:
        answer = RedirectResponse("/", 303)
        answer.set_cookie("count", str(int(request.cookies.get("count", "0")) + 1))
        return answer

    @app.put("/put")
    async def put(request: Request) -> Response:
        return JSONResponse({"seen": request.headers["x-own"]})

    @app.get("/away")
    async def away() -> Response:
        return RedirectResponse("http://elsewhere.test/")

    @app.websocket("/echo")
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        await socket.receive()

    return app
