"""Calling plugins while serving: nothing that one does reaches the others or the loop."""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from markupsafe import Markup

from contract.faults import FAULTS, IMPATIENT, SECONDS, dispatching, fails, faulty, patience
from contract.sample import MODEL, PROMPT, Arenas, Providers, arena, manifest, provider
from polyarena import (
    Arena,
    Category,
    Failure,
    FinishedBattle,
    Model,
    ModelRequest,
    Part,
    Prompt,
    PromptRefused,
    ProviderError,
    Text,
    Turn,
    View,
)
from polyarena.calling import HANGS_ALLOWED
from polyarena.dispatch import Dispatcher
from polyarena.errors import PluginError
from polyarena.plugins import Registry
from polyarena.testing import ScriptedProvider

pytestmark = pytest.mark.anyio
VIEW = View("sample")
PART = Text(text="red, orange, yellow")
BATTLE = FinishedBattle("sample", (PROMPT,), ())
Loaded = Callable[..., Registry]


CALLS: dict[str, tuple[Callable[[Dispatcher, Arena], Awaitable[Any]], Any]] = {
    "supports": (lambda d, a: d.supports(a, MODEL, PROMPT), False),
    "render": (lambda d, a: d.render(a, PART, VIEW), None),
    "categories": (lambda d, a: d.categories(a, BATTLE), frozenset()),
    "features": (lambda d, a: d.features(a, BATTLE), {}),
}


@pytest.mark.parametrize("method", CALLS)
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if not fault.startswith("answers")])
async def test_an_arena_that_fails_falls_back(loaded: Loaded, method: str, fault: str) -> None:
    function, message = FAULTS[fault]
    call, fallback = CALLS[method]
    made = faulty(method, function)
    dispatcher = dispatching(loaded, made, patience(fault))
    assert await call(dispatcher, made) == fallback
    [found] = dispatcher.registry.faults
    assert (found.plugin, found.where) == ("mine", f"sample.{method}")
    assert message in found.message


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("supports", "yes"),
        ("supports", None),
        ("render", "<p>text is not Markup</p>"),
        ("categories", ["long"]),
        ("categories", None),
        ("features", [("length", (1.0, 2.0))]),
    ],
)
async def test_an_answer_of_a_wrong_type_is_a_fault(
    loaded: Loaded, method: str, answer: object
) -> None:
    call, fallback = CALLS[method]
    made = faulty(method, lambda: answer)
    dispatcher = dispatching(loaded, made)
    assert await call(dispatcher, made) == fallback
    assert "is due" in dispatcher.registry.faults[0].message


async def test_what_an_arena_answers_is_passed_on(loaded: Loaded) -> None:
    class Whole(Arena):
        manifest = manifest(categories=(Category("long", "Long"),))

        def supports(self, model: Model, prompt: Prompt) -> bool:
            return prompt.text == PROMPT.text

        def validate(self, prompt: Prompt) -> str | None:
            return None if prompt.text == PROMPT.text else "Ask about rainbows."

        def render(self, part: Part, view: View) -> Markup | None:
            return Markup("<b>{}</b>").format(view.side)

        def categories(self, battle: FinishedBattle) -> frozenset[str]:
            return frozenset({"long"})

        def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
            return {"length": (1, 2.5)}

    made = Whole()
    dispatcher = dispatching(loaded, made)
    assert await dispatcher.supports(made, MODEL, PROMPT) is True
    assert await dispatcher.supports(made, MODEL, Prompt.of("other")) is False
    assert await dispatcher.validate(made, PROMPT) is None
    assert await dispatcher.validate(made, Prompt.of("other")) == "Ask about rainbows."
    assert await dispatcher.render(made, PART, VIEW) == "<b>a</b>"
    assert await dispatcher.categories(made, BATTLE) == {"long"}
    assert await dispatcher.features(made, BATTLE) == {"length": (1.0, 2.5)}
    assert not dispatcher.registry.faults


async def test_an_arena_that_overrides_nothing_has_the_defaults(loaded: Loaded) -> None:
    made = arena()
    dispatcher = dispatching(loaded, made)
    assert await dispatcher.supports(made, MODEL, PROMPT) is True
    assert await dispatcher.validate(made, PROMPT) is None
    assert await dispatcher.render(made, PART, VIEW) is None
    assert await dispatcher.categories(made, BATTLE) == frozenset()
    assert await dispatcher.features(made, BATTLE) == {}
    request = await dispatcher.prepare(made, Turn("sample", (), PROMPT), MODEL)
    assert request.prompt_text == PROMPT.text


async def test_a_provider_is_asked_whether_it_can_ask(loaded: Loaded) -> None:
    class Picky(ScriptedProvider):
        def supports(self, model: Model, prompt: Prompt) -> bool:
            if not prompt.text:
                raise RuntimeError("an empty prompt")
            return prompt.text == PROMPT.text

    plain, picky = provider("plain"), Picky([])
    dispatcher = Dispatcher(loaded(a=Providers(plain), b=Providers(picky)), SECONDS)
    assert await dispatcher.provides(plain, MODEL, PROMPT) is True
    assert await dispatcher.provides(picky, MODEL, PROMPT) is True
    assert await dispatcher.provides(picky, MODEL, Prompt.of("other")) is False
    assert not dispatcher.registry.faults
    assert await dispatcher.provides(picky, MODEL, Prompt.of("")) is False
    [found] = dispatcher.registry.faults
    assert (found.plugin, found.where) == ("b", "scripted.supports")


async def test_unknown_categories_and_features_that_are_no_numbers_are_dropped(
    loaded: Loaded,
) -> None:
    odd = {
        "good": (1, 2),
        "nan": (math.nan, 1.0),
        "infinite": (1.0, math.inf),
        "huge": (10**400, 1),
        "one": (1.0,),
        "text": ("1", "2"),
        3: (1.0, 2.0),
    }
    sorts = faulty("categories", lambda: {"long", "short", 3})
    dispatcher = dispatching(loaded, sorts)
    assert await dispatcher.categories(sorts, BATTLE) == {"long"}
    assert "'short' is not a category" in dispatcher.registry.faults[0].message

    measures = faulty("features", lambda: odd)
    dispatcher = dispatching(loaded, measures)
    assert await dispatcher.features(measures, BATTLE) == {"good": (1.0, 2.0)}
    assert len(dispatcher.registry.faults) == len(odd) - 1


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "answers text"])
async def test_a_prompt_that_cannot_be_validated_is_refused(loaded: Loaded, fault: str) -> None:
    made = faulty("validate", FAULTS[fault][0])
    refused = await dispatching(loaded, made, patience(fault)).validate(made, PROMPT)
    assert refused is not None
    assert "could not be checked just now" in refused


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_turn_that_cannot_be_prepared_names_the_plugin(loaded: Loaded, fault: str) -> None:
    made = faulty("prepare", FAULTS[fault][0])
    dispatcher = dispatching(loaded, made, patience(fault))
    with pytest.raises(PluginError) as raised:
        await dispatcher.prepare(made, Turn("sample", (), PROMPT), MODEL)
    assert raised.value.plugin == "mine"
    assert dispatcher.registry.faults[0].where == "sample.prepare"


async def test_prepare_may_refuse_as_a_provider_would(loaded: Loaded) -> None:
    class Refusing(Arena):
        manifest = manifest()

        async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
            raise ProviderError(Failure.REFUSED)

    made = Refusing()
    dispatcher = dispatching(loaded, made)
    with pytest.raises(ProviderError):
        await dispatcher.prepare(made, Turn("sample", (), PROMPT), MODEL)
    assert not dispatcher.registry.faults


async def test_a_plugin_that_hangs_again_and_again_is_switched_off(loaded: Loaded) -> None:
    calls: list[int] = []

    def hang() -> None:
        calls.append(1)
        time.sleep(4)

    made, well = faulty("render", hang), arena("well")
    dispatcher = Dispatcher(loaded(mine=Arenas(made), other=Arenas(well)), IMPATIENT)
    for _ in range(HANGS_ALLOWED):
        assert dispatcher.problem(made) is None
        assert await dispatcher.render(made, PART, VIEW) is None
    assert await dispatcher.render(made, PART, VIEW) is None

    assert len(calls) == HANGS_ALLOWED
    assert dispatcher.quarantined("mine")
    assert "switched off until the server restarts" in (dispatcher.problem(made) or "")
    with pytest.raises(PromptRefused, match="The Sample arena is switched off"):
        await dispatcher.screen("sample", PROMPT)
    assert any("switched off" in found.message for found in dispatcher.registry.faults)

    assert dispatcher.problem(well) is None
    await dispatcher.screen("well", PROMPT)
    assert await dispatcher.supports(well, MODEL, PROMPT) is True


async def test_repeated_faults_are_counted_and_the_list_is_bounded(loaded: Loaded) -> None:
    count = iter(range(10_000))

    def different() -> None:
        raise RuntimeError(f"fault {next(count)}")

    made = faulty("render", different)
    dispatcher = dispatching(loaded, made)
    for _ in range(300):
        await dispatcher.render(made, PART, VIEW)
    assert len(dispatcher.registry.faults) == 200
    assert dispatcher.registry.faults[-1].message == "RuntimeError: fault 299"

    same = faulty("render", fails)
    dispatcher = dispatching(loaded, same)
    for _ in range(5):
        await dispatcher.render(same, PART, VIEW)
    [found] = dispatcher.registry.faults
    assert found.times == 5
    assert "in fails" in found.detail
