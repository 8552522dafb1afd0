"""When boards are made again and stored: by votes and by time, as the operator set it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit import QUIET
from kit.served import scripted
from kit.voting import Cast, cast
from polyarena import Finish
from polyarena.services import Clock, Services, open_services
from polyarena.settings import Leaderboards, Settings
from polyarena.testing import ScriptedModel

pytestmark = pytest.mark.anyio

HOUR = 3600.0
SOON = 0.01
PATIENCE = 30.0
EAGER = Leaderboards(check_every_seconds=SOON)


@dataclass
class Hand:
    """A clock that moves only when it is moved."""

    now: float = 1_000_000.0

    def read(self) -> float:
        return self.now


@asynccontextmanager
async def opened(
    data: Path, rules: Leaderboards, hand: Hand | None = None, *, server: bool = False
) -> AsyncIterator[Services]:
    settings = Settings.load(
        data=data,
        demo=False,
        disabled_plugins=QUIET,
        leaderboards=rules,
    )
    models = [ScriptedModel(name, ["Hi.", Finish()]) for name in ("Alpha", "Beta", "Gamma")]
    read = (hand or Hand()).read
    clock = Clock(wall=read, steady=read)
    async with open_services(settings, scripted(*models), server=server, clock=clock) as services:
        yield services


async def votes(services: Services, number: int) -> None:
    """That many votes, three in four of them for the first."""
    await cast(
        services, *(Cast("Alpha", "Beta", "b" if i % 4 == 3 else "a") for i in range(number))
    )


async def stored(services: Services) -> list[int]:
    """The votes of each snapshot of the overall board, oldest first."""
    return [one.votes for one in await services.snapshots.history("text")]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what a task in the background brings about."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110  (what is awaited tells nobody)
            await asyncio.sleep(SOON)


async def test_the_first_votes_are_stored_at_once_and_nothing_without_any(tmp_path: Path) -> None:
    async with opened(tmp_path, Leaderboards()) as services:
        assert await services.snapshots.take_due() == 0
        await votes(services, 1)
        assert await services.snapshots.take_due() > 0
        assert await services.snapshots.take_due() == 0
        assert await stored(services) == [1]


async def test_by_votes(tmp_path: Path) -> None:
    rules = Leaderboards(
        snapshot_every_votes=10, snapshot_every_share=0.5, snapshot_pause_seconds=0
    )
    async with opened(tmp_path, rules) as services:
        for new, total in ((8, 8), (9, None), (1, 18), (9, None), (1, 28), (13, None), (1, 42)):
            await votes(services, new)
            taken = await services.snapshots.take_due()
            assert bool(taken) == (total is not None)
        assert await stored(services) == [8, 18, 28, 42]


async def test_not_sooner_than_the_pause_however_many_votes(tmp_path: Path) -> None:
    hand = Hand()
    rules = Leaderboards(snapshot_every_votes=10, snapshot_pause_seconds=60)
    async with opened(tmp_path, rules, hand) as services:
        await votes(services, 1)
        await services.snapshots.take_due()
        await votes(services, 50)
        hand.now += 59
        assert await services.snapshots.take_due() == 0
        hand.now += 1
        assert await services.snapshots.take_due() > 0
        assert await stored(services) == [1, 51]


async def test_by_time_but_only_with_a_new_vote(tmp_path: Path) -> None:
    hand = Hand()
    async with opened(tmp_path, Leaderboards(snapshot_every_seconds=HOUR), hand) as services:
        await votes(services, 5)
        await services.snapshots.take_due()
        hand.now += 10 * HOUR
        assert await services.snapshots.take_due() == 0
        await votes(services, 1)
        assert await services.snapshots.take_due() > 0
        await votes(services, 1)
        hand.now += HOUR - 1
        assert await services.snapshots.take_due() == 0
        hand.now += 1
        assert await services.snapshots.take_due() > 0
        assert await stored(services) == [5, 6, 7]
        made = [one.made for one in await services.snapshots.history("text")]
        assert [made[1] - made[0], made[2] - made[1]] == [10 * HOUR, HOUR]


async def test_a_server_goes_by_these_rules_on_its_own(tmp_path: Path) -> None:
    hand = Hand()
    async with opened(tmp_path, EAGER, hand, server=True) as services:

        async def have(*expected: int) -> None:
            async def holds() -> bool:
                return await stored(services) == [*expected]

            await until(holds)

        await votes(services, 3)
        await have(3)
        await votes(services, 2)
        hand.now += HOUR
        await have(3, 5)
        await votes(services, 100)
        hand.now += 60
        await have(3, 5, 105)


async def test_one_arenas_trouble_does_not_stop_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, EAGER, server=True) as services:
        board = services.leaderboards.board
        failed = asyncio.Event()

        async def broken(*given: str, **more: str) -> None:
            failed.set()
            raise RuntimeError("no board today")

        monkeypatch.setattr(services.leaderboards, "board", broken)
        await asyncio.wait_for(failed.wait(), PATIENCE)
        monkeypatch.setattr(services.leaderboards, "board", board)
        await votes(services, 2)

        async def holds() -> bool:
            return await stored(services) == [2]

        await until(holds)


async def test_a_large_board_is_made_again_in_the_background_after_a_rest(tmp_path: Path) -> None:
    hand = Hand()
    async with opened(tmp_path, Leaderboards(live_votes=20), hand) as services:

        async def seen() -> int:
            return (await services.leaderboards.board("text")).votes

        await votes(services, 19)
        assert await seen() == 19
        await votes(services, 1)
        assert await seen() == 20
        await votes(services, 7)
        assert [await seen() for _ in range(3)] == [20, 20, 20]
        hand.now += HOUR
        assert await seen() == 20

        async def holds() -> bool:
            return await seen() == 27

        await until(holds)


async def test_the_operator_says_how_many_votes_a_rank_needs(tmp_path: Path) -> None:
    async with opened(tmp_path, Leaderboards(minimum_votes=5)) as services:
        await votes(services, 8)
        await cast(services, Cast("Gamma", "Alpha", "a", 4))
        board = await services.leaderboards.board("text")
        assert {one.label: one.preliminary for one in board.standings} == {
            "Alpha": False, "Beta": False, "Gamma": True,
        }  # fmt: skip
        assert "fewer than 5 votes" in " ".join(board.notes)
        await services.snapshots.take("text")
    async with opened(tmp_path, Leaderboards(minimum_votes=12)) as services:
        board = await services.leaderboards.board("text")
        assert [one.label for one in board.standings if one.rank] == ["Alpha"]
        for number in await services.snapshots.ids("text"):
            assert (await services.snapshots.recompute(number)).equal
