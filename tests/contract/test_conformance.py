"""The kit for authors: it passes a sound arena and says what is wrong with another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

import pytest
from markupsafe import Markup

from contract.sample import arena, manifest
from polyarena import (
    Arena,
    Ballot,
    Category,
    Code,
    Delta,
    Event,
    Failure,
    Finish,
    FinishedBattle,
    Message,
    Model,
    ModelRequest,
    Part,
    PartReady,
    Prompt,
    ProviderError,
    Reason,
    Run,
    Starter,
    Status,
    Text,
    Turn,
    View,
)
from polyarena.testing import Problem, ScriptedModel, ScriptedProvider, check_arena

SECONDS = 20
ASKED = ModelRequest((Message(role="user", parts=(Text(text="Hello"),)),))


class Thorough(Arena):
    """A sound arena that overrides everything."""

    manifest = manifest(
        produces=frozenset({"text", "code"}),
        categories=(Category("long", "Long"), Category("short", "Short")),
        ballot=Ballot(reasons=(Reason("clear", "Clearer"),)),
        starters=(Starter("Rainbow", "Why is a rainbow bent?"),),
    )

    def supports(self, model: Model, prompt: Prompt) -> bool:
        return super().supports(model, prompt)

    def validate(self, prompt: Prompt) -> str | None:
        return None if len(prompt.text) > 1 else "Ask a longer question."

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        return await super().prepare(turn, model)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        yield Status("thinking")
        async for event in run.stream(request):
            if isinstance(event, Finish):
                yield PartReady(Code(text="print(1)", language="python"))
            yield event

    def render(self, part: Part, view: View) -> Markup | None:
        if not isinstance(part, Text):
            return None
        return Markup('<p class="answer"><a href="https://example.org">source</a> {}</p>').format(
            part.text
        )

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return frozenset({"long" if len(battle.text) > 80 else "short"})

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        left, right = battle.answers[-1]
        return {"length": (len(left.text), len(right.text))}


@pytest.mark.parametrize("made", [arena(), Thorough()], ids=["plain", "thorough"])
def test_a_sound_arena_has_no_problems(made: Arena) -> None:
    assert check_arena(made, seconds=SECONDS) == []


async def leaking(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    yield Status(f"asking {run.model.name}")
    async for event in run.stream(request):
        yield event


async def endless(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    async for event in run.stream(request):
        if not isinstance(event, Finish):
            yield event


async def hiding(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    try:
        async for event in run.stream(request):
            if not isinstance(event, Finish):
                yield event
    except ProviderError:
        yield Status("something went wrong")
    yield Finish()


async def talking_on(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    async for event in run.stream(request):
        yield event
    yield Delta("one more thing")


async def undeclared(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    yield PartReady(Code(text="print(1)"))
    async for event in run.stream(request):
        yield event


async def no_event(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Any]:
    yield "text"
    yield Finish()


async def not_a_generator(self: Arena, request: ModelRequest, run: Run) -> None:
    return


async def failing(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    yield Delta("so")
    raise RuntimeError("no sandbox")


async def keeping_open(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
    stream = run.stream(request)
    KEPT.append(stream)
    async for event in stream:
        yield event


KEPT: list[AsyncGenerator[Event]] = []


async def by_name(self: Arena, turn: Turn, model: Model) -> ModelRequest:
    asked = Text(text=f"You are {model.name}.")
    return ModelRequest((Message(role="user", parts=(asked,)),))


async def nothing_asked(self: Arena, turn: Turn, model: Model) -> ModelRequest:
    return ModelRequest(())


def raw(self: Arena, part: Part, view: View) -> Markup:
    return Markup(getattr(part, "text", ""))


def markup(html: str) -> Callable[..., Markup]:
    return lambda self, part, view: Markup(html)


def fails(*_: object) -> Any:
    raise RuntimeError("no dictionary")


UNSOUND: dict[str, tuple[dict[str, Any], str, str]] = {
    "leaks in status": ({"respond": leaking}, "respond", "a Status names the model"),
    "no finish": ({"respond": endless}, "respond", "does not end with Finish"),
    "hides a failure": ({"respond": hiding}, "respond", "hides the failure"),
    "talks on": ({"respond": talking_on}, "respond", "events after Finish"),
    "undeclared part": ({"respond": undeclared}, "respond", "the manifest does not produce"),
    "no event": ({"respond": no_event}, "respond", "str, which is no event"),
    "not a generator": ({"respond": not_a_generator}, "respond", "must be an async generator"),
    "respond fails": ({"respond": failing}, "respond", "RuntimeError: no sandbox"),
    "keeps open": ({"respond": keeping_open}, "respond", "stream stays open"),
    "asks by name": ({"prepare": by_name}, "prepare", "asked different things"),
    "asks nothing": ({"prepare": nothing_asked}, "prepare", "holds no message of the user"),
    "prepare fails": ({"prepare": fails}, "prepare", "RuntimeError: no dictionary"),
    "raw": ({"render": raw}, "render", "hostile text: the HTML has a <script> element"),
    "handler": ({"render": markup("<p onclick=x>")}, "render", "onclick on <p>"),
    "style": ({"render": markup("<p style='color:red'>")}, "render", "inline style on <p>"),
    "frame": ({"render": markup("<iframe src=/x>")}, "render", "<iframe> without sandbox"),
    "javascript": (
        {"render": markup("<a href=' java&#10;script:x'>")},
        "render",
        "an address that runs code, href on <a>",
    ),
    "remote": ({"render": markup("<img src=//x.example>")}, "render", "loads from another host"),
    "render fails": ({"render": fails}, "render", "RuntimeError: no dictionary"),
    "unknown category": (
        {"categories": lambda self, battle: frozenset({"other"})},
        "categories",
        "'other' is not a category",
    ),
    "endless measure": (
        {"features": lambda self, battle: {"speed": (1.0, float("inf"))}},
        "features",
        "'speed' is not a pair of finite numbers",
    ),
    "supports nobody": (
        {"supports": lambda self, model, prompt: False},
        "supports",
        "no model could answer an ordinary prompt",
    ),
    "supports fails": ({"supports": fails}, "supports", "RuntimeError: no dictionary"),
    "takes no prompt": (
        {"validate": lambda self, prompt: "No."},
        "validate",
        "it refuses every sample prompt",
    ),
    "refuses its starter": (
        {
            "validate": lambda self, prompt: "No." if "bent" in prompt.text else None,
            "manifest": manifest(starters=(Starter("Rainbow", "Why is it bent?"),)),
        },
        "validate",
        "it refuses the starter 'Rainbow': No.",
    ),
    "no title": ({"manifest": manifest(placeholder=" ")}, "manifest", "placeholder is empty"),
    "no modes": ({"manifest": manifest(modes=())}, "manifest", "modes is empty"),
    "no turns": ({"manifest": manifest(max_turns=0)}, "manifest", "max_turns is below 1"),
    "unknown part": (
        {"manifest": manifest(accepts=frozenset({"text", "smell"}))},
        "manifest",
        "'smell', which is no type of part",
    ),
    "category twice": (
        {"manifest": manifest(categories=(Category("long", "Long"), Category("long", "L")))},
        "manifest",
        "two category ids 'long'",
    ),
    "odd reason": (
        {"manifest": manifest(ballot=Ballot(reasons=(Reason("So Clear", "Clear"),)))},
        "manifest",
        "the reason id 'So Clear'",
    ),
    "long starter": (
        {"manifest": manifest(prompt_limit=5, starters=(Starter("Long", "Too long"),))},
        "manifest",
        "longer than prompt_limit",
    ),
    "no manifest": ({"manifest": None}, "manifest", "has none"),
}


@pytest.mark.parametrize("fault", UNSOUND)
def test_what_is_wrong_with_an_arena_is_said(fault: str) -> None:
    members, where, message = UNSOUND[fault]
    kind = type("Unsound", (Arena,), {"manifest": manifest(), **members})
    problems = check_arena(kind(), seconds=SECONDS)
    assert any(p.where == where and message in p.message for p in problems), problems
    assert len(problems) == len(set(problems))
    assert str(problems[0]).startswith(f"{problems[0].where}: ")


def test_a_coroutine_that_blocks_the_loop_is_a_problem_and_not_the_end() -> None:
    async def blocks(self: Arena, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            pass
        yield Finish()

    kind = type("Blocking", (Arena,), {"manifest": manifest(), "respond": blocks})
    problems = check_arena(kind(), seconds=0.1)
    assert Problem("arena", problems[-1].message) in problems
    assert "a coroutine may block" in problems[-1].message


@pytest.mark.anyio
async def test_a_scripted_model_follows_its_scripts() -> None:
    failing = ScriptedModel(
        "one", ["a", 0.0, Delta("b"), ProviderError(Failure.CUT)], ["c", Finish()]
    )
    provider = ScriptedProvider([failing, ScriptedModel("two", [Finish()], organization="Two")])
    one, two = provider.models()
    assert (one.provider, two.organization) == ("scripted", "Two")

    first = provider.stream(one, ASKED)
    assert [await anext(first), await anext(first)] == [Delta("a"), Delta("b")]
    with pytest.raises(ProviderError):
        await anext(first)
    for _ in range(2):
        assert [event async for event in provider.stream(one, ASKED)] == [Delta("c"), Finish()]
    assert [model.name for model, _ in provider.requests] == ["one"] * 3
    assert provider.streaming == 0


@pytest.mark.anyio
async def test_the_check_runs_beside_a_running_loop() -> None:
    assert await asyncio.to_thread(check_arena, arena(), seconds=SECONDS) == []


def test_a_scripted_model_needs_a_script() -> None:
    with pytest.raises(ValueError, match="needs a script"):
        ScriptedModel("one")
