"""The demo models build apps in the WebDev arena, some better than others."""

from __future__ import annotations

from itertools import combinations

import pytest

from kit.webdev_arena import answer, arena, prompt, thread
from polyarena import Delta, Message, Prompt, Turn
from polyarena_demo.plugin import polyarena_register_providers

pytestmark = pytest.mark.anyio

DEMO, *_ = polyarena_register_providers({"pace": 0})
MODELS = {model.config["persona"]: model for model in DEMO.models()}
STARTERS = {starter.title: starter for starter in arena().manifest.starters}
MAIN = {
    "A landing page (HTML)": "index.html",
    "A task board (React)": "src/App",
    "A sales dashboard (React)": "src/App",
    "Memory (any)": "index.html",
    "A unit converter (Vue)": "src/App.vue",
    "Orbits (p5.js)": "sketch.js",
    "A list on a server (Flask)": "app.py",
    "A data explorer (Streamlit)": "app.py",
}


async def said(persona: str, asked: Prompt, *history: Message) -> str:
    request = await arena().prepare(Turn("webdev", history, asked), MODELS[persona])
    events = [event async for event in DEMO.stream(MODELS[persona], request)]
    return "".join(event.text for event in events if isinstance(event, Delta))


@pytest.mark.parametrize("title", STARTERS)
async def test_every_model_builds_an_app_for_every_starter(title: str) -> None:
    starter = STARTERS[title]
    asked = prompt(starter.prompt, **starter.inputs)
    files = {}
    for persona, model in MODELS.items():
        text = await said(persona, asked)
        assert model.name.lower() not in text.lower()
        files[persona] = (await answer(text, asked=asked)).files
        assert any(name.startswith(MAIN[title]) for name in files[persona])
    for one, other in combinations(("professor", "lister", "poet"), 2):
        assert files[one] != files[other]


KINDS = {
    "html": "index.html",
    "react": "App",
    "vue": "App.vue",
    "svelte": "App.svelte",
    "p5": "sketch.js",
    "fastapi": "main.py",
    "flask": "app.py",
    "streamlit": "app.py",
    "gradio": "app.py",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("persona", ["coder", "lister", "poet"])
async def test_anything_else_is_made_of_the_kind_that_is_chosen(persona: str, kind: str) -> None:
    asked = prompt("Rank apples, pears and plums.", kind=kind)
    answered = await answer(await said(persona, asked), asked=asked)
    files = answered.files
    assert any(KINDS[kind] in name for name in files)
    assert answered.app is not None
    assert answered.app.server == (kind if KINDS[kind].endswith(".py") else "")
    assert '"pears"' in "".join(files.values())
    assert "ITEMS" not in "".join(files.values())


async def test_asked_for_a_colour_a_model_changes_one_file() -> None:
    starter = STARTERS["A task board (React)"]
    asked = prompt(starter.prompt, **starter.inputs)
    first = await answer(await said("coder", asked), asked=asked)
    again = prompt("Make it green.")
    text = await said("coder", again, *thread(asked, first))
    assert "```css src/board.css" in text
    assert "App.tsx" not in text
    second = await answer(text, asked=again, history=thread(asked, first))
    changed = {name for name, held in second.files.items() if first.files[name] != held}
    assert changed == {"src/board.css"}
    assert "#15803d" in second.files["src/board.css"]


async def test_asked_again_they_do_better() -> None:
    asked = prompt(STARTERS["Memory (any)"].prompt)
    first = await answer(await said("poet", asked), asked=asked)
    again = prompt("It cannot be won.")
    second = await said("poet", again, *thread(asked, first))
    assert "<style>" not in second
    assert "Won, in" in second
