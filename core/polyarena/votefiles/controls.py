"""Which measures of style an arena takes over from a file, and which it goes without."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import orjson
from numpy.typing import NDArray

from .errors import VoteFileError
from .votes import Votes

SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class Controls:
    """Measures by vote, as an arena stores them, and what is to be said about them.

    `stored` has one JSON object a vote, of both sides' numbers by name; None for a vote without
    any. `columns` are those of each measure that is taken; `missing` the measures of the arena
    that the file does not have.
    """

    stored: tuple[str | None, ...]
    columns: dict[str, tuple[str, str]]
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def summary(self) -> str:
        """A sentence on what is controlled and what is not; empty where the arena has no style."""
        if not self.columns and not self.missing:
            return ""
        parts = [f"controlled: {', '.join(self.columns)}"] if self.columns else []
        parts += [f"not controlled: {', '.join(self.missing)}"] if self.missing else []
        return f"Style {'; '.join(parts)}."


def find_controls(votes: Votes, measured: Collection[str]) -> Controls:
    """Take the features of a file that an arena measures itself.

    Raises:
        VoteFileError: a feature that was asked for by name is none that the arena measures.
    """
    features = () if votes.measures is None else votes.measures.features
    for one in features:
        if one.asked and one.name not in measured:
            known = ", ".join(sorted(measured)) or "nothing"
            raise VoteFileError(f"the arena does not measure {one.name}; it measures {known}")
    places = [place for place, one in enumerate(features) if one.name in measured]
    taken = {features[place].name: (features[place].a, features[place].b) for place in places}
    others = [one.name for one in features if one.name not in measured]
    missing = tuple(name for name in measured if name not in taken)
    notes = _notes(votes, places, missing, others)
    return Controls(_stored(votes, places), taken, missing, notes)


def _stored(votes: Votes, places: list[int]) -> tuple[str | None, ...]:
    if votes.measures is None:
        return (None,) * len(votes)
    names = [votes.measures.features[place].name for place in places]
    rows = zip(votes.measures.sides[:, places].tolist(), _told(votes)[:, places], strict=True)
    return tuple(
        orjson.dumps(
            {name: pair for name, pair, yes in zip(names, row, known, strict=True) if yes}
        ).decode()
        if known.any()
        else None
        for row, known in rows
    )


def _told(votes: Votes) -> NDArray[np.bool_]:
    """(n, q) which votes have a number for which feature, on both sides."""
    assert votes.measures is not None
    return np.asarray(np.isfinite(votes.measures.sides).all(axis=2))


def _notes(
    votes: Votes, places: list[int], missing: Sequence[str], others: Sequence[str]
) -> tuple[str, ...]:
    notes = []
    for place in places:
        assert votes.measures is not None
        without = ~_told(votes)[:, place]
        if count := int(without.sum()):
            name = votes.measures.features[place].name
            rows = ", ".join(map(str, votes.row[without][:SHOWN_ROWS].tolist()))
            more = ", ..." if count > SHOWN_ROWS else ""
            notes.append(f"style: {name} has no number in {count:,} votes (rows {rows}{more})")
    if missing:
        when = " once other votes of the arena have them" if places else ""
        notes.append(
            f"style: the file has no columns of {', '.join(missing)}; --feature "
            f"{missing[0]}=COLUMN names them. A board at equal style leaves these votes out{when}"
        )
    if others:
        notes.append(f"style: left out, as the arena does not measure it: {', '.join(others)}")
    return tuple(notes)
