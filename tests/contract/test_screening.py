"""Screening prompts: the first objection wins, and a screen that fails refuses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import pytest

from contract.faults import FAULTS, IMPATIENT, SECONDS, patience, sleeps
from contract.sample import PROMPT, Arenas, arena
from polyarena import Objection, Prompt, PromptRefused, hookimpl
from polyarena.calling import HANGS_ALLOWED
from polyarena.dispatch import Dispatcher
from polyarena.plugins import Registry

pytestmark = pytest.mark.anyio
Loaded = Callable[..., Registry]


class Screen:
    """A plugin that screens prompts with the function it is given."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.asked = 0

    @hookimpl
    def polyarena_screen_prompt(self) -> Objection | Awaitable[Objection | None] | None:
        self.asked += 1
        answer: Objection | Awaitable[Objection | None] | None = self.function()
        return answer


class Everything:
    """A plugin that is given all that a screening hook may take."""

    def __init__(self) -> None:
        self.seen: tuple[object, ...] = ()

    @hookimpl
    async def polyarena_screen_prompt(
        self, arena: str, prompt: Prompt, options: Mapping[str, Any]
    ) -> None:
        self.seen = (arena, prompt, options)


@pytest.fixture
async def beats() -> AsyncIterator[list[float]]:
    """Counts the event loop's turns, so that a test can see that it went on."""
    ticks: list[float] = []

    async def beat() -> None:
        while True:
            ticks.append(time.monotonic())
            await asyncio.sleep(0.005)

    task = asyncio.create_task(beat())
    yield ticks
    task.cancel()


async def test_no_screen_and_no_objection_let_a_prompt_pass(loaded: Loaded) -> None:
    await Dispatcher(loaded(one=Arenas(arena())), SECONDS).screen("sample", PROMPT)
    passing = loaded(one=Screen(lambda: None), two=Everything())
    await Dispatcher(passing, SECONDS).screen("sample", PROMPT)
    assert not passing.faults


async def test_the_first_objection_wins(loaded: Loaded) -> None:
    first, second = Screen(lambda: Objection("Not this.")), Screen(lambda: Objection("Nor this."))
    dispatcher = Dispatcher(loaded(a=first, b=second), SECONDS)
    with pytest.raises(PromptRefused, match=r"^Not this\.$"):
        await dispatcher.screen("sample", PROMPT)
    assert second.asked == 0
    assert not dispatcher.registry.faults


async def test_a_coroutine_may_object(loaded: Loaded) -> None:
    async def objects() -> Objection:
        await asyncio.sleep(0)
        return Objection("Not this.")

    with pytest.raises(PromptRefused, match="Not this"):
        await Dispatcher(loaded(a=Screen(objects)), SECONDS).screen("sample", PROMPT)


async def test_a_screen_is_given_what_it_declares(loaded: Loaded) -> None:
    everything = Everything()
    await Dispatcher(loaded(a=everything), SECONDS).screen("sample", PROMPT)
    assert everything.seen == ("sample", PROMPT, {})


@pytest.mark.parametrize("fault", FAULTS)
async def test_screening_fails_closed(loaded: Loaded, beats: list[float], fault: str) -> None:
    function, message = FAULTS[fault]
    dispatcher = Dispatcher(loaded(guard=Screen(function)), patience(fault))
    with pytest.raises(PromptRefused, match="could not be checked just now") as refused:
        await dispatcher.screen("sample", PROMPT)
    assert "operator has been told" in str(refused.value)
    assert "word list" not in str(refused.value)
    [found] = dispatcher.registry.faults
    assert (found.plugin, found.where, found.times) == ("guard", "polyarena_screen_prompt", 1)
    assert message in found.message


@pytest.mark.parametrize("fault", ["sleeps", "spins", "waits"])
async def test_the_loop_goes_on_while_a_hook_hangs(
    loaded: Loaded, beats: list[float], fault: str
) -> None:
    dispatcher = Dispatcher(loaded(guard=Screen(FAULTS[fault][0])), IMPATIENT)
    await asyncio.sleep(0)
    before = len(beats)
    with pytest.raises(PromptRefused):
        await dispatcher.screen("sample", PROMPT)
    assert len(beats) - before > 1


async def test_a_screen_that_is_switched_off_still_refuses(loaded: Loaded) -> None:
    guard = Screen(sleeps)
    dispatcher = Dispatcher(loaded(guard=guard), IMPATIENT)
    for _ in range(HANGS_ALLOWED + 2):
        with pytest.raises(PromptRefused, match="could not be checked"):
            await dispatcher.screen("sample", PROMPT)
    assert guard.asked == HANGS_ALLOWED
