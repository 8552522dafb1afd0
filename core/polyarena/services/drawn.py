"""The votes that a board is made of, and the board made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ..ballot import COMPOSITE, Aspect
from ..criteria import choose, counts_of, digest, notes, rate
from ..leaderboard import Control
from ..model import Model
from ..tally import Figures, Tally
from .standings import Leaderboard, aggregates, labels, standings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..criteria import Votes
    from ..store.snapshots import Snapshot

NO_STYLE = "style: no vote here carries measures of style yet"
VAGUE_STYLE = "style: the votes do not yet tell the effects of style from the models' strengths"


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A board before it is rated, its votes if there are any, and by label the figures of them.

    The votes of a composite board are by criterion, which are its `aspects`.
    """

    board: Leaderboard
    votes: Votes | None = None
    figures: Figures = field(default_factory=dict)
    aspects: Sequence[Aspect] = ()


def drawn(
    tally: Tally,
    models: Mapping[str, Model],
    upto: int | None,
    board: Leaderboard,
    aspects: Sequence[Aspect],
) -> Drawn:
    """The votes of a board between these models, and the board with what is known of them."""
    rows = tally.voting(tally.rows(list(models), board.category, upto), board.voters)
    if not len(rows):
        return Drawn(board)
    counted = rows
    if board.control:
        counted = tally.measured_rows(rows)
        if not len(counted):
            return Drawn(replace(board, notes=(NO_STYLE,)))
        if len(counted) < len(rows):
            said = f"style: {len(counted):,} of {len(rows):,} votes carry measures of style"
            board = replace(board, notes=(said,))
    judged = [one for one in aspects if board.aspect in (one.id, COMPOSITE)] if board.aspect else []
    by_aspect = judging(tally, counted, [one.id for one in judged] or [""])
    if judged:
        board = _judged(board, judged, by_aspect, len(counted))
        if not all(len(one) for one in by_aspect.values()):
            return Drawn(board)
        rows = counted = np.unique(np.concatenate(list(by_aspect.values())))
    named = labels(models)
    votes = made(tally, by_aspect, named, board)
    board = replace(
        board,
        votes=len(counted),
        first_seq=int(tally.seq[rows[0]]),
        last_seq=int(tally.seq[rows[-1]]),
        as_of=float(tally.at[rows[-1]]),
        corrected=tally.corrected,
    )
    figures = tally.figures(counted, aggregates(board.columns))
    return Drawn(
        board,
        votes,
        {named[one]: figures[one] for one in figures if one in named},
        aspects,
    )


def judging(
    tally: Tally, rows: NDArray[np.int64], aspects: Sequence[str]
) -> dict[str, NDArray[np.int64]]:
    """By aspect the rows among these that judge it; under an empty one, all of them."""
    return {name: tally.judging(rows, name) if name else rows for name in aspects}


def made(
    tally: Tally,
    rows: Mapping[str, NDArray[np.int64]],
    named: Mapping[str, str],
    board: Leaderboard | Snapshot,
) -> Votes:
    """The votes of a board in these rows, by aspect; a composite board's by criterion."""
    make = tally.controlled if board.control else tally.comparisons
    votes = {name: make(part, named, name) for name, part in rows.items()}
    return votes if board.aspect == COMPOSITE else next(iter(votes.values()))


def rated(votes: Votes, drawn: Drawn, models: Mapping[str, Model], few: int) -> Leaderboard:
    """The board of these votes; models with a `few` votes or more are ranked."""
    from ..rating import RatingError

    board, named = drawn.board, labels(models)
    entry = {label: key for key, label in named.items()}

    counts = counts_of(votes)
    board = replace(board, digest=digest(counts, entry))
    if not isinstance(counts, Mapping):
        board = replace(board, counts=counts)
    control: Control = "style" if board.control else ""
    try:
        weights = {one.id: one.weight for one in drawn.aspects}
        found = rate(votes, choose(votes, few, control, weights))
    except RatingError as error:
        said = VAGUE_STYLE if control else f"not rated: {error}"
        return replace(board, notes=(*board.notes, said))
    by_label = {label: models[key] for label, key in entry.items()}
    return replace(
        board,
        rated=found,
        standings=standings(found, by_label, drawn.figures),
        notes=(*board.notes, *notes(votes, found, {one.id: one.label for one in drawn.aspects})),
        effects=found.ratings.coefficients,
    )


def _judged(
    board: Leaderboard,
    judged: Sequence[Aspect],
    rows: Mapping[str, NDArray[np.int64]],
    votes: int,
) -> Leaderboard:
    """The board with how many of these votes judge its aspects."""
    said = []
    for one in judged:
        if not len(rows[one.id]):
            said.append(f"aspects: no vote here judges “{one.label}” yet")
        elif len(rows[one.id]) < votes:
            said.append(f"aspects: {len(rows[one.id]):,} of {votes:,} votes judge “{one.label}”")
    return replace(board, notes=(*board.notes, *said))
