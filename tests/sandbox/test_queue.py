"""Whose turn it is."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena import SandboxBusy
from polyarena_sandbox.queue import FairQueue, Turn


def _drain(queue: FairQueue, running: list[Turn], waiting: list[Turn]) -> str:
    """The owners in the order in which they get their turns."""
    order = ""
    while waiting:
        running.pop(0).leave()
        for turn in [turn for turn in waiting if turn.place == 0]:
            waiting.remove(turn)
            running.append(turn)
            order += turn.owner
    return order


def test_as_many_run_as_may_and_the_next_waits() -> None:
    queue = FairQueue(running=2, waiting=8)
    turns = [queue.join("a") for _ in range(3)]
    assert [turn.place for turn in turns] == [0, 0, 1]
    turns[0].leave()
    assert turns[2].place == 0


def test_owners_alternate() -> None:
    queue = FairQueue(running=1, waiting=64)
    running = [queue.join("a")]
    waiting = [queue.join(owner) for owner in "aaaabbc"]
    assert [turn.place for turn in waiting] == [1, 4, 6, 7, 2, 5, 3]
    assert _drain(queue, running, waiting) == "abcabaa"


@given(owners=st.text("abcd", max_size=24), running=st.integers(1, 4))
def test_places_tell_the_order_in_which_turns_come(owners: str, running: int) -> None:
    queue = FairQueue(running, waiting=1000)
    turns = [queue.join(owner) for owner in owners]
    waiting = [turn for turn in turns if turn.place]
    told = "".join(turn.owner for turn in sorted(waiting, key=lambda turn: turn.place))
    assert sorted(turn.place for turn in waiting) == list(range(1, len(waiting) + 1))
    assert _drain(queue, [turn for turn in turns if not turn.place], waiting) == told


def test_who_leaves_early_frees_the_place() -> None:
    queue = FairQueue(running=1, waiting=8)
    first, second, third = (queue.join(owner) for owner in "abc")
    second.leave()
    second.leave()
    assert third.place == 1
    first.leave()
    assert third.place == 0


def test_nobody_fills_the_queue_alone() -> None:
    queue = FairQueue(running=1, waiting=8)
    queue.join("greedy")
    for _ in range(4):
        queue.join("greedy")
    with pytest.raises(SandboxBusy, match="try again"):
        queue.join("greedy")
    assert queue.join("other").place == 2


def test_a_full_queue_takes_nobody_until_there_is_room() -> None:
    queue = FairQueue(running=1, waiting=1)
    running, waiting = queue.join("a"), queue.join("b")
    with pytest.raises(SandboxBusy):
        queue.join("c")
    running.leave()
    assert waiting.place == 0
    assert queue.join("c").place == 1


@pytest.mark.anyio
async def test_a_change_of_place_is_told_and_waiting_is_bounded() -> None:
    queue = FairQueue(running=1, waiting=8)
    first, second = queue.join("a"), queue.join("b")
    await second.change(1, 0.01)
    assert second.place == 1
    waiting = asyncio.create_task(second.change(1, 3600))
    await asyncio.sleep(0)
    first.leave()
    await waiting
    assert second.place == 0
    await second.change(1, 3600)


def test_the_queue_is_idle_while_nothing_runs() -> None:
    queue = FairQueue(running=1, waiting=8)
    assert queue.idle.is_set()
    turn = queue.join("a")
    assert not queue.idle.is_set()
    turn.leave()
    assert queue.idle.is_set()
