"""The live ticker: online Elo since a snapshot, in lots from which nobody's vote can be read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import QUIET
from kit.served import scripted
from kit.voting import Cast, cast
from polyarena import Finish
from polyarena.arena import Mode
from polyarena.errors import NotFound
from polyarena.model import ModelState
from polyarena.rating import EloTicker, Outcome
from polyarena.services import Services, open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel
from polyarena.ticker import Ticker

NAMES = ("Alpha", "Beta", "Gamma")
BEFORE = (Cast("Alpha", "Beta", "a", 20), Cast("Beta", "Alpha", "a", 10))


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    given = Settings.load(data=tmp_path, demo=False, disabled_plugins=QUIET)
    models = [ScriptedModel(name, ["Hi.", Finish()]) for name in NAMES]
    async with open_services(given, scripted(*models), server=False) as services:
        await cast(services, *BEFORE)
        yield services


async def told(services: Services) -> tuple[int, dict[str, tuple[float, int]]]:
    """How many votes the ticker tells of, and by model its change and votes."""
    movement = await services.ticker.movement("text")
    return movement.votes, {one.name: (one.change, one.votes) for one in movement.movers}


@pytest.mark.anyio
async def test_there_is_nothing_to_tell_without_a_snapshot(services: Services) -> None:
    assert await told(services) == (0, {})
    assert (await services.ticker.movement("text")).snapshot == 0
    with pytest.raises(NotFound):
        await services.ticker.movement("none")


@pytest.mark.anyio
async def test_a_lot_moves_models_by_online_elo_from_the_snapshots_ratings(
    services: Services,
) -> None:
    await services.snapshots.take("text")
    board = await services.leaderboards.board("text")
    elo = EloTicker(ratings={one.label: one.rating or 0 for one in board.standings})
    start = {**elo.ratings, "Gamma": 1000.0}
    await cast(services, Cast("Beta", "Alpha", "a", 5), Cast("Gamma", "Alpha", "tie", 4))
    assert await told(services) == (0, {})
    await cast(services, Cast("Gamma", "Beta", "both_bad"))
    for pair, outcome, times in (
        (("Beta", "Alpha"), Outcome.A_WINS, 5),
        (("Gamma", "Alpha"), Outcome.TIE, 4),
        (("Gamma", "Beta"), Outcome.BOTH_BAD, 1),
    ):
        for _ in range(times):
            elo.record(*pair, outcome)
    votes, moved = await told(services)
    assert votes == 10
    assert {name: number for name, (_, number) in moved.items()} == {
        "Alpha": 9, "Beta": 6, "Gamma": 5,
    }  # fmt: skip
    for name, (change, _) in moved.items():
        assert change == pytest.approx(elo.ratings[name] - start[name], abs=0.051)
    order = [abs(change) for change, _ in moved.values()]
    assert order == sorted(order, reverse=True)


@pytest.mark.anyio
async def test_what_came_after_a_lot_waits_for_the_next(services: Services) -> None:
    await services.snapshots.take("text")
    await cast(services, Cast("Beta", "Alpha", "a", 10))
    first = await told(services)
    assert first[0] == 10
    for _ in range(9):
        await cast(services, Cast("Alpha", "Beta", "a"))
        assert await told(services) == first
    await cast(services, Cast("Alpha", "Beta", "a"))
    votes, moved = await told(services)
    assert votes == 20
    assert moved["Alpha"][1] == 20


@pytest.mark.anyio
async def test_two_voters_are_too_few_for_a_lot(services: Services) -> None:
    await services.snapshots.take("text")
    for voter in ("one", "two"):
        await cast(services, Cast("Alpha", "Beta", "a", 15, voter=voter))
        assert await told(services) == (0, {})
    await cast(services, Cast("Alpha", "Beta", "a", voter="three"))
    assert (await told(services))[0] == 31


@pytest.mark.anyio
async def test_a_model_with_two_voters_is_not_named(services: Services) -> None:
    await services.snapshots.take("text")
    await cast(services, Cast("Alpha", "Beta", "a", 10), Cast("Gamma", "Beta", "a", 2))
    await cast(services, Cast("Alpha", "Beta", "a", 8))
    votes, moved = await told(services)
    assert (votes, set(moved)) == (20, {"Alpha", "Beta"})
    await cast(services, Cast("Gamma", "Beta", "a"), Cast("Alpha", "Beta", "a", 9))
    votes, moved = await told(services)
    assert (votes, moved["Gamma"][1]) == (30, 3)


@pytest.mark.anyio
async def test_only_counted_votes_of_shown_models_move_it(services: Services) -> None:
    await services.snapshots.take("text")
    await cast(services, Cast("Alpha", "Beta", "a", 12, mode=Mode.SIDE_BY_SIDE))
    assert await told(services) == (0, {})
    await cast(services, Cast("Alpha", "Gamma", "b", 8), Cast("Alpha", "Beta", "b", 12))
    votes, moved = await told(services)
    assert (votes, set(moved)) == (20, set(NAMES))
    await services.models.set_state("Gamma", ModelState.PRIVATE)
    votes, moved = await told(services)
    assert (votes, set(moved)) == (10, {"Alpha", "Beta"})


@pytest.mark.anyio
async def test_a_new_snapshot_begins_anew(services: Services) -> None:
    await services.snapshots.take("text")
    await cast(services, Cast("Beta", "Alpha", "a", 13))
    before = await services.ticker.movement("text")
    await services.snapshots.take("text")
    after = await services.ticker.movement("text")
    assert (before.votes, after.votes, after.movers) == (10, 0, ())
    assert after.snapshot > before.snapshot
    assert after.since >= before.since
    await cast(services, Cast("Beta", "Alpha", "a", 10))
    assert (await told(services))[0] == 10


PAIRS = [(one, other) for one in NAMES for other in NAMES if one != other]
VOTES = st.lists(
    st.tuples(st.sampled_from(PAIRS), st.sampled_from(list(Outcome)), st.integers(0, 5)),
    max_size=80,
)


@given(VOTES)
@settings(deadline=None)
def test_no_step_tells_of_fewer_than_ten_votes_or_three_voters(
    votes: Sequence[tuple[tuple[str, str], Outcome, int]],
) -> None:
    ticker = Ticker({"Alpha": 1100.0, "Beta": 1000.0})
    seen, movers = 0, ticker.movers()
    for place, (pair, outcome, voter) in enumerate(votes, 1):
        ticker.add(*pair, outcome, voter)
        if ticker.votes == seen:
            assert ticker.movers() == movers
            continue
        lot = votes[seen : ticker.votes]
        assert ticker.votes == place
        assert len(lot) >= 10
        assert len({one for *_, one in lot}) >= 3
        for one in set(ticker.movers()) - set(movers):
            on_it = [given for pair, _, given in votes[:place] if one.name in pair]
            assert len(set(on_it)) >= 3
            assert one.votes == len(on_it)
        seen, movers = ticker.votes, ticker.movers()
