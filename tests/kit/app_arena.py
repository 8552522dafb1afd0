"""An arena whose answers are apps by hand: a model says the name of one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import httpx

from kit.battles import begin, finish
from kit.uploads import png
from polyarena import (
    App,
    Arena,
    ArenaManifest,
    ConsoleLine,
    Delta,
    Event,
    Finish,
    FinishedBattle,
    Image,
    ModelRequest,
    PartReady,
    Run,
    Scalar,
    Shot,
)
from polyarena.bundle import LABEL

Files = Mapping[str, bytes]
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 800)}


class AppArena(Arena):
    """Answers with the app that the model names; one it does not know could not be built."""

    def __init__(self, apps: Mapping[str, Files], **manifest: Any) -> None:
        given = {
            "id": "apps",
            "title": "Apps",
            "summary": "Apps by hand.",
            "produces": frozenset({"text", "app"}),
            "gate": "look",
        }
        self.manifest = ArenaManifest(**given | manifest)
        self.apps = apps

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        said = [event.text async for event in run.stream(request) if isinstance(event, Delta)]
        name = "".join(said)
        yield Delta(f"An app: {name}.")
        files = self.apps.get(name)
        if files is None:
            yield PartReady(App(kind="HTML", problems=("The app could not be built.",)))
        else:
            yield PartReady(await self._built(files, run))
        yield Finish()

    async def _built(self, files: Files, run: Run) -> App:
        shots = []
        for device, (width, height) in SIZES.items():
            picture = await run.keep(png(width, height, "lightblue"), f"{device}.png")
            assert isinstance(picture, Image)
            shots.append(Shot.model_validate({"device": device, "image": picture}))
        return App(
            kind="HTML",
            bundle=await run.keep_bundle(files),
            files=len(files),
            bytes=sum(map(len, files.values())),
            shots=tuple(shots),
            problems=("A button does nothing: “More”.",),
            console=(
                ConsoleLine(text="ready"),
                ConsoleLine(text="x is not defined", level="error"),
            ),
            figures={"build_seconds": 0.31, "first_paint_ms": 84, "accessibility": 2},
            libraries=("react", "lucide-react"),
        )

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        a, b = battle.answers[-1]
        return {"seconds": (a.use.seconds, b.use.seconds)}


def shown_apps(client: httpx.Client, prompt: str = "An app") -> tuple[str, dict[str, str]]:
    """Begin a battle of apps and wait for it: its id, and the bundles by side."""
    battle = begin(client, prompt, arena="apps")
    finish(client, battle["id"])
    return battle["id"], bundles(client, battle["id"])


def bundles(client: httpx.Client, battle_id: str) -> dict[str, str]:
    """The bundles of a battle's last turn, by side."""
    answers = client.get(f"/api/v1/battles/{battle_id}").json()["turns"][-1]["answers"]
    return {
        side: part["bundle"]
        for side, answer in answers.items()
        for part in answer["parts"]
        if part["type"] == "app"
    }


def preview_host(bundle: str) -> str:
    """The host name of an app, without the port."""
    return f"p-{bundle[:LABEL]}.preview.localhost"


COUNTER: Files = {
    "index.html": b"""<!doctype html><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Counter</title>
<link rel="stylesheet" href="look/style.css">
<main><h1>Counter</h1><p id="count">0</p><button>Add one</button><p id="size"></p></main>
<script type="module" src="main.js"></script>""",
    "main.js": b"""import { step } from "./step.js";
const start = await (await fetch("start.json")).json();
const count = document.querySelector("#count");
count.textContent = start.count;
document.querySelector("button").onclick = () => (count.textContent -= -step);
document.querySelector("#size").textContent = innerWidth + " x " + innerHeight;
addEventListener("keydown", (event) => (document.title = event.key));""",
    "step.js": b"export const step = 1;",
    "start.json": b'{"count": 10}',
    "look/style.css": b"h1 { color: rgb(1, 2, 3) } body { background: #eef; height: 3000px }",
}
"""An app of several files that works."""

LOOP: Files = {"index.html": b"<h1>Stuck</h1><script>setTimeout(() => { for (;;); }, 300)</script>"}
"""An app that stops its own page for good."""

CROWD: Files = {
    "index.html": b"""<h1>Crowd</h1><script>
setInterval(() => { alert("x"); focus(); history.pushState(0, ""); }, 5);
const held = [];
for (let n = 0; n < 100_000; n++) document.body.append(document.createElement("p"));
setInterval(() => held.push(new Uint8Array(1e6).fill(1)), 50);
addEventListener("beforeunload", (event) => event.preventDefault());
</script>"""
}
"""An app that shows too much, keeps too much, and would not be left."""
