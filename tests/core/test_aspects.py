"""Boards by aspect and the composite board: what they rate, and what snapshots keep of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, text

from kit.judging import ASPECTS, BOARDS, NAMES, Judged, opened, some_votes
from kit.voting import Cast, cast
from polyarena import Aspect, Ballot
from polyarena.errors import NotFound, StorageError
from polyarena.rating import BradleyTerry, Comparisons, composite
from polyarena.services import Services
from polyarena.testing import check_arena

pytestmark = pytest.mark.anyio


@pytest.fixture
async def services(database: str, tmp_path: Path) -> AsyncIterator[Services]:
    async with opened(tmp_path, database) as services:
        yield services


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[Services]:
    async with opened(tmp_path) as services:
        yield services


def comparisons(votes: list[Cast], aspect: str) -> Comparisons:
    said = [one for one in votes if aspect in one.aspects]
    return Comparisons.from_names(
        [one.left for one in said],
        [one.right for one in said],
        [one.aspects[aspect] for one in said],
        voter=[one.voter for one in said],
    )


async def test_a_board_by_aspect_is_that_of_the_votes_that_judge_it(local: Services) -> None:
    votes = some_votes(1, 200)
    await cast(local, *votes)
    for aspect in BOARDS[:3]:
        expected = comparisons(votes, aspect)
        board = await local.leaderboards.board("judged", aspect=aspect)
        assert board.votes == len(expected)
        fitted = BradleyTerry(few_votes=0).fit(expected)
        ratings = dict(zip(fitted.names, fitted.rating.tolist(), strict=True))
        assert {one.label: one.rating for one in board.standings} == pytest.approx(ratings)
        said = [note for note in board.notes if note.startswith("aspects: ")]
        label = next(one.label for one in ASPECTS if one.id == aspect)
        assert said == [f"aspects: {len(expected)} of 200 votes judge “{label}”"]
    looks = await local.leaderboards.board("judged", aspect="looks")
    works = await local.leaderboards.board("judged", aspect="works")
    assert [one.label for one in looks.standings] == list(NAMES)
    assert [one.label for one in works.standings] == list(NAMES)[::-1]


async def test_the_composite_is_the_weighted_mean_of_the_aspects(local: Services) -> None:
    votes = some_votes(2, 200)
    await cast(local, *votes)
    parts = {name: BradleyTerry(few_votes=0).fit(comparisons(votes, name)) for name in BOARDS[:3]}
    expected = composite(parts, {one.id: one.weight for one in ASPECTS})
    board = await local.leaderboards.board("judged", aspect="composite")
    found = {one.label: (one.rating, one.lower, one.upper) for one in board.standings}
    columns = np.column_stack([expected.rating, expected.lower, expected.upper])
    for name, figures in zip(expected.names, columns.tolist(), strict=True):
        assert found[name] == pytest.approx(figures), name
    assert board.votes == sum(bool(one.aspects) for one in votes)
    said = "composite: the mean of the ratings by Looks 25%, Works 50%, Fits the prompt 25%; "
    assert f"{said}intervals are at their widest" in board.notes


async def test_what_nobody_judges_is_said(local: Services) -> None:
    empty = await local.leaderboards.board("judged", aspect="looks")
    assert (empty.votes, empty.notes, empty.standings) == (0, (), ())
    await cast(local, Cast("Alpha", "Beta", "a", arena="judged", aspects={"looks": "b"}))
    works = await local.leaderboards.board("judged", aspect="works")
    assert (works.votes, works.notes) == (0, ("aspects: no vote here judges “Works” yet",))
    whole = await local.leaderboards.board("judged", aspect="composite")
    assert whole.votes == 0
    assert whole.notes[0] == "aspects: no vote here judges “Works” yet"
    looks = await local.leaderboards.board("judged", aspect="looks")
    assert [one.label for one in looks.standings] == ["Beta", "Alpha"]
    for arena, aspect in (("judged", "smell"), ("text", "composite"), ("text", "looks")):
        with pytest.raises(NotFound, match="has no aspect"):
            await local.leaderboards.board(arena, aspect=aspect)


async def test_a_board_that_grew_is_the_one_made_at_once(services: Services) -> None:
    votes = some_votes(3, 160)
    for part in (votes[:50], votes[50:51], votes[51:]):
        await cast(services, *part)
        await services.leaderboards.board("judged", aspect="fits")
    board = await services.leaderboards.board("judged", aspect="fits")
    fitted = BradleyTerry(few_votes=0).fit(comparisons(votes, "fits"))
    ratings = dict(zip(fitted.names, fitted.rating.tolist(), strict=True))
    assert {one.label: one.rating for one in board.standings} == pytest.approx(ratings)


async def test_snapshots_of_every_board_are_recomputed(services: Services) -> None:
    await cast(services, *some_votes(4, 150))
    # With and without control of style: two categories by the choice, all votes by four more.
    assert await services.snapshots.take("judged") == 12
    await cast(services, *some_votes(5, 40))
    for aspect in ("", *BOARDS):
        for control in ("", "style"):
            (one,) = await services.snapshots.history("judged", None, control, aspect)
            assert (one.aspect, one.control) == (aspect, control)
            again = await services.snapshots.recompute(one.id)
            assert again.equal, (aspect, control, again.difference, again.counts_match)
    (one,) = await services.snapshots.history("judged", aspect="composite")
    assert one.parameters["system"] == "composite of bradley-terry"
    assert one.parameters["criteria"]["works"]["weight"] == 2.0
    assert (await services.snapshots.newest("judged")).aspect == ""  # type: ignore[union-attr]


async def test_snapshots_still_never_change(services: Services) -> None:
    await cast(services, *some_votes(6, 40))
    assert await services.snapshots.take("judged")

    def change(connection: Connection) -> None:
        connection.execute(text("UPDATE snapshots SET votes = 0"))

    with pytest.raises(StorageError):
        await services.store.write(change)


def test_the_conformance_suite_knows_aspects() -> None:
    assert check_arena(Judged()) == []
    wrong = (
        (Aspect("looks", "Looks"), "there are two aspect ids 'looks'"),
        (Aspect("So Nice", "Nice"), "the aspect id 'So Nice' must match"),
        (Aspect("nice", " "), "the aspect 'nice' has no label"),
        (Aspect("nice", "Nice", weight=0), "the weight of the aspect 'nice' is no number above 0"),
        (Aspect("composite", "All"), "that of the board of all aspects"),
    )
    for aspect, said in wrong:
        arena = Judged()
        ballot = Ballot(aspects=(ASPECTS[0], aspect))
        arena.manifest = replace(Judged.manifest, ballot=ballot)
        assert any(said in str(problem) for problem in check_arena(arena)), said
