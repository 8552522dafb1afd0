"""From counted votes to a board: ratings, ranks, effects of style, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from .rating import Comparisons, PairCounts, Ratings

Control = Literal["", "style"]

PRIOR_VOTES = 1.0
VOTERS_FOR_CLUSTERS = 20
CYCLES_LEVEL = 0.01
CYCLES_DRAWS = 199
NAMED = 6
PRIOR_NOTE = (
    "provisional: the votes do not yet rank every model against every other, so the ratings rest "
    "on a prior of one tie a model against an average one"
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A part of a composite board: its weight, and what decides its ratings, as in `Parameters`."""

    weight: float
    prior_votes: float
    by_voter: bool


@dataclass(frozen=True, slots=True)
class Parameters:
    """What decides a board, beside its votes: with these and the votes it can be made again.

    `by_voter`: votes of one voter are taken to stick together when intervals are made.
    `prior_votes` is that of `BradleyTerry`. Models with fewer than `minimum_votes` get no rank.
    `criteria` are those of a composite board, which has them instead of the two.
    """

    minimum_votes: int
    control: Control = ""
    prior_votes: float = 0.0
    by_voter: bool = True
    criteria: Mapping[str, Criterion] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Parameters:
        """Read stored parameters."""
        known = {name: fields[name] for name in cls.__dataclass_fields__ if name in fields}
        told = known.get("criteria", {}).items()
        return cls(**known | {"criteria": {name: Criterion(**one) for name, one in told}})

    def fields(self) -> dict[str, Any]:
        """As they are stored, with the names of system and scale."""
        system = "contextual" if self.control else "bradley-terry"
        if self.criteria:
            system = f"composite of {system}"
        return {"system": system, "level": 0.95, "origin": 1000.0, **asdict(self)}


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """Ratings with the ranks of the models that have enough votes; 0 is no rank.

    `plain` are the ratings of the same votes without control of style, where there is control.
    """

    ratings: Ratings
    parameters: Parameters
    plain: Ratings | None = None


def engine() -> str:
    """The engine and its version, as snapshots name it."""
    return f"polyarena.rating {version('polyarena')}"


def choose(votes: Comparisons, minimum_votes: int, control: Control = "") -> Parameters:
    """The parameters that fit these votes.

    Where the votes alone do not rate every model that has `minimum_votes` (or none has), all
    ratings rest on a prior of `PRIOR_VOTES`. Intervals go by voter where there are voters enough
    for the theory of clusters.
    """
    from .rating import BradleyTerry

    assert votes.voter is not None
    by_voter = np.count_nonzero(np.bincount(votes.voter)) >= VOTERS_FOR_CLUSTERS
    if control:
        return Parameters(minimum_votes, control, by_voter=bool(by_voter))
    bare = BradleyTerry().fit(replace(votes, voter=None))
    enough = bare.votes >= minimum_votes
    unknown = np.isnan(bare.rating) | (bare.component != 0)
    prior = PRIOR_VOTES if not enough.any() or (unknown & enough).any() else 0.0
    return Parameters(minimum_votes, prior_votes=prior, by_voter=bool(by_voter))


def rate(votes: Comparisons, parameters: Parameters) -> Rated:
    """Rate votes by these parameters, such as those of `choose`.

    Raises:
        RatingError: control of style was asked for, and the votes do not determine its effects.
    """
    from .rating import BradleyTerry, Contextual

    if not parameters.by_voter:
        votes = replace(votes, voter=None)
    few = parameters.minimum_votes
    if parameters.control:
        found = Contextual(position=True, few_votes=few).fit(votes)
        plain = BradleyTerry(few_votes=few).fit(votes)
        return Rated(ranked(found, parameters), parameters, plain)
    found = BradleyTerry(prior_votes=parameters.prior_votes, few_votes=few).fit(votes)
    return Rated(ranked(found, parameters), parameters)


def ranked(ratings: Ratings, parameters: Parameters) -> Ratings:
    """Ranks among the models with enough votes; the spread holds for all of them at once.

    Without a covariance it is that of the intervals one by one.
    """
    from .rating import simultaneous_ranks
    from .rating.system import ranks

    enough = np.flatnonzero(ratings.votes >= parameters.minimum_votes)
    rank, low, high = (np.zeros(len(ratings), dtype=np.int64) for _ in range(3))
    if len(enough):
        covariance = ratings.covariance
        part = replace(
            ratings,
            names=tuple(ratings.names[i] for i in enough),
            covariance=None if covariance is None else covariance[np.ix_(enough, enough)],
            **{f: getattr(ratings, f)[enough] for f in ("rating", "lower", "upper", "component")},
        )
        best, worst = ranks(part.lower, part.upper, part.component)
        spread = replace(part, rank_low=best, rank_high=worst)
        if covariance is not None:
            spread = simultaneous_ranks(spread)
        rank[enough], low[enough], high[enough] = best, spread.rank_low, spread.rank_high
    return replace(ratings, rank=rank, rank_low=low, rank_high=high)


def notes(votes: Comparisons | PairCounts, rated: Rated) -> tuple[str, ...]:
    """What the board does not know, each sentence led by a word for its kind."""
    from .rating import BradleyTerry

    ratings, parameters = rated.ratings, rated.parameters
    found = list(ratings.notes)
    if parameters.prior_votes:
        bare = BradleyTerry(few_votes=0).fit(votes).notes
        found = [PRIOR_NOTE, *bare, *(note for note in found if not note.startswith("prior"))]
    found = [note for note in found if not note.startswith(("few votes", "ridge"))]
    return tuple(dict.fromkeys((*found, *shared_notes(rated))))


def shared_notes(rated: Rated) -> tuple[str, ...]:
    """What no board knows, whatever it was rated by: few voters, few votes, a tie for first."""
    ratings, parameters = rated.ratings, rated.parameters
    found = []
    if not parameters.by_voter:
        found.append(
            f"few voters: fewer than {VOTERS_FOR_CLUSTERS} people voted; intervals take every vote "
            "for one of its own and may be too narrow"
        )
    few = int((ratings.votes < parameters.minimum_votes).sum())
    if few:
        models = f"{few} models have" if few > 1 else "one model has"
        found.append(
            f"few votes: {models} fewer than {parameters.minimum_votes} votes: shown apart, "
            "without a rank"
        )
    return (*found, *_tie(ratings))


def _tie(ratings: Ratings) -> tuple[str, ...]:
    leaders = [i for i in ratings.order() if ratings.component[i] == 0 and ratings.rank_low[i] == 1]
    if len(leaders) < 2:
        return ()
    names = [ratings.names[i] for i in leaders]
    if len(names) > NAMED:
        listed = f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    else:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return (f"tie for first: {listed} may each be first; the votes do not tell them apart",)


def cyclic_note(votes: Comparisons | PairCounts) -> tuple[str, ...]:
    """A sentence on cyclic preferences, if there are surely some; costs some 200 small fits."""
    from .rating import RatingError, cycles, cyclic_share

    try:
        share = cyclic_share(votes, CYCLES_DRAWS)
    except RatingError:
        return ()
    if share.p_value > CYCLES_LEVEL or share.excess <= 0:
        return ()
    said = (
        f"cyclic: about {100 * share.excess:.0f} % of the preferences go round in circles "
        f"(p = {share.p_value:.3f}), which no order of the models can express"
    )
    found = cycles(votes)
    if found:
        one, two, three = found[0].models
        said += f"; clearest: {one} beats {two}, {two} beats {three}, {three} beats {one}"
    return (said,)
