"""A leaderboard as a value: the standings, and what they were made of."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..arena import Column
from ..model import Model, ModelState
from ..plain import finite

if TYPE_CHECKING:
    from ..leaderboard import Rated
    from ..rating import Coefficient, PairCounts
    from ..tally import Figures


@dataclass(frozen=True, slots=True)
class Standing:
    """One model's place; ratings in points (400 to tenfold odds), None where not determined.

    `label` is the model's name, or its entry where two entries of one name are shown. `shift` is
    what control of style adds to its rating. `preliminary`: it has no rank yet. `figures` are what
    the arena's columns come to, by id, None where nothing is known.
    """

    model: Model
    label: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    rating: float | None
    lower: float | None
    upper: float | None
    votes: int
    preliminary: bool
    shift: float | None = None
    figures: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Leaderboard:
    """The standings of an arena, or of one of its categories, best first.

    `control` is empty or `style`; `aspect` is empty, an aspect or `composite`; `voters` says whose
    votes it is of, and is empty for everybody's. `counts` and `rated` are on the labels of the
    standings, None without votes, and a composite has no counts; `digest` is that of the counts by
    entry id, `first_seq` and `last_seq` the keys of the oldest and the newest vote, `as_of` when
    the newest was cast, `corrected` the key of the newest correction of categories that was known.
    `seconds` is what making it took. `columns` are the arena's own, made of evidence.
    """

    arena: str
    category: str | None
    control: str
    aspect: str = ""
    voters: str = ""
    standings: tuple[Standing, ...] = ()
    votes: int = 0
    notes: tuple[str, ...] = ()
    effects: tuple[Coefficient, ...] = ()
    counts: PairCounts | None = None
    rated: Rated | None = None
    digest: str = ""
    first_seq: int = 0
    last_seq: int = 0
    as_of: float = 0.0
    corrected: int = 0
    seconds: float = 0.0
    columns: tuple[Column, ...] = ()

    def standing(self, label: str) -> Standing | None:
        """The standing of the model of this label."""
        return next((one for one in self.standings if one.label == label), None)


def aggregates(columns: Sequence[Column]) -> dict[str, str]:
    """How each column is worked out, by id."""
    return {column.id: column.aggregate for column in columns}


def labels(models: Mapping[str, Model]) -> dict[str, str]:
    """By entry: the model's name, or the entry where several of one name are shown."""
    names = Counter(model.name for model in models.values())
    return {
        entry: model.name if names[model.name] == 1 else entry for entry, model in models.items()
    }


def standings(rated: Rated, models: Mapping[str, Model], figures: Figures) -> tuple[Standing, ...]:
    """The standings of these ratings, `models` and `figures` by label."""
    found = rated.ratings
    made = []
    for i, label in enumerate(found.names):
        rating = finite(found.rating[i])
        plain = finite(rated.plain.rating[i]) if rated.plain else None
        named = models[label].state is ModelState.PRELIMINARY
        ranked = bool(found.rank[i]) and not named
        made.append(
            Standing(
                models[label],
                label,
                int(found.rank[i]) if ranked else None,
                int(found.rank_low[i]) if ranked else None,
                int(found.rank_high[i]) if ranked else None,
                rating,
                finite(found.lower[i]),
                finite(found.upper[i]),
                int(found.votes[i]),
                preliminary=named or bool(found.votes[i] < rated.parameters.minimum_votes),
                shift=None if rating is None or plain is None else rating - plain,
                figures=figures[label],
            )
        )
    return tuple(sorted(made, key=_order))


def _order(standing: Standing) -> tuple[bool, float, str]:
    rating = standing.rating
    worst = math.inf if rating is None else -rating
    return (standing.preliminary, worst, standing.label)
