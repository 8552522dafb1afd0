"""The threads that plugins run in: few, shared, and watched fairly."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest
import uvloop
from markupsafe import Markup

from contract.faults import IMPATIENT, dispatching, faulty
from polyarena import Text, View
from polyarena.plugins import Registry

VIEW = View("sample")
PART = Text(text="red, orange, yellow")
Loaded = Callable[..., Registry]


@pytest.mark.anyio
async def test_many_calls_at_once_share_a_few_threads_and_all_are_answered(loaded: Loaded) -> None:
    def slow() -> Markup:
        time.sleep(0.001)
        return Markup("<p>done</p>")

    made = faulty("render", slow)
    dispatcher = dispatching(loaded, made)
    found = await asyncio.gather(*(dispatcher.render(made, PART, VIEW) for _ in range(100)))
    assert set(found) == {Markup("<p>done</p>")}


@pytest.mark.anyio
async def test_a_caller_that_goes_away_leaves_the_worker_usable(loaded: Loaded) -> None:
    def slow() -> Markup:
        time.sleep(0.02)
        return Markup("<p>done</p>")

    made = faulty("render", slow)
    dispatcher = dispatching(loaded, made)
    for _ in range(20):
        gone = asyncio.create_task(dispatcher.render(made, PART, VIEW))
        await asyncio.sleep(0)
        gone.cancel()
    assert await dispatcher.render(made, PART, VIEW) == "<p>done</p>"


@pytest.mark.parametrize("factory", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_a_loop_that_was_held_up_is_not_put_to_the_plugin(
    loaded: Loaded, factory: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    answered = threading.Event()

    def render() -> Markup:
        answered.set()
        return Markup("<p>done</p>")

    made = faulty("render", render)
    dispatcher = dispatching(loaded, made, IMPATIENT)

    def block_the_loop() -> None:
        answered.wait()
        time.sleep(2 * IMPATIENT)

    async def held_up() -> Markup | None:
        asked = asyncio.create_task(dispatcher.render(made, PART, VIEW))
        await asyncio.sleep(0)
        block_the_loop()
        return await asked

    with asyncio.Runner(loop_factory=factory) as runner:
        assert runner.run(held_up()) == "<p>done</p>"
    assert not dispatcher.registry.faults
