"""Which columns hold what: as named, or guessed from the spellings of public data sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .errors import VoteFileError
from .table import Table, known_column, listed

PAIRS = (
    ("model_a", "model_b"),
    ("model_a_name", "model_b_name"),
    ("left", "right"),
    ("model_left", "model_right"),
    ("left_model", "right_model"),
    ("model_1", "model_2"),
    ("model1", "model2"),
    ("model_x", "model_y"),
    ("player_a", "player_b"),
    ("item_a", "item_b"),
    ("agent_a", "agent_b"),
    ("tool_a_id", "tool_b_id"),
    ("a", "b"),
)
WINNERS = (
    "winner",
    "choice",
    "chosen_model_name",
    "chosen_model",
    "chosen",
    "outcome",
    "verdict",
    "preference",
    "vote",
    "result",
)
FLAGS = (
    ("winner_model_a", "winner_model_b", "winner_tie", "winner_both_bad"),
    ("winner_model_a", "winner_model_b", "winner_tie"),
)
EQUAL = "both_equal"
VOTERS = (
    "voter",
    "voter_id",
    "judge",
    "judge_hash",
    "worker",
    "worker_id",
    "annotator",
    "annotator_id",
    "rater",
    "visitor_id",
    "user_id",
    "user",
    "evaluation_session_id",
    "session_hash",
)
EXCLUDED = "excluded"
PROPENSITY = "propensity"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Columns as a person names them; None is guessed, and an empty voter is none at all.

    `winner` may name three or four columns, joined by commas, one a choice: a, b, tie, both bad.
    `propensity` and `strata` are for weights, and not read unless they are wanted: None is no
    such column, and an empty propensity is guessed.
    """

    a: str | None = None
    b: str | None = None
    winner: str | None = None
    voter: str | None = None
    propensity: str | None = None
    strata: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file that hold votes.

    `winner` has one column of labels, or three or four of flags; `equal` is a flag that says tie
    where there is no label; `excluded` says why a vote does not count; `propensity` has the
    probability with which the pair was drawn, `strata` the stratum of the voter.
    """

    a: str
    b: str
    winner: tuple[str, ...]
    equal: str | None
    voter: str | None
    excluded: str | None
    propensity: str | None = None
    strata: str | None = None

    @property
    def note(self) -> str:
        """What was read as what."""
        winner = " and ".join(self.winner if self.equal is None else (*self.winner, self.equal))
        voter = f", the voter from {self.voter}" if self.voter else ", no voters"
        more = f", propensities from {self.propensity}" if self.propensity else ""
        more += f", strata from {self.strata}" if self.strata else ""
        return f"columns: models from {self.a} and {self.b}, the winner from {winner}{voter}{more}"


def find_columns(table: Table, wanted: Wanted) -> Columns:
    """The columns as wanted, the others guessed.

    Raises:
        VoteFileError: a column that is not there, or no guess for one that must be.
    """
    met = {name.casefold(): name for name in reversed(table.header)}
    if (wanted.a is None) != (wanted.b is None):
        raise VoteFileError("--a and --b go together")
    if wanted.a is not None and wanted.b is not None:
        a, b = known_column(table, wanted.a), known_column(table, wanted.b)
    else:
        a, b = _pair(table, met)
    winner = _winner(table, met, wanted.winner, {a, b})
    equal = met.get(EQUAL) if wanted.winner is None and len(winner) == 1 else None
    voter = wanted.voter
    if voter is None:
        voter = next((met[name] for name in VOTERS if name in met), None)
    elif voter:
        known_column(table, voter)
    excluded = met.get(EXCLUDED)
    propensity = wanted.propensity
    if propensity is not None:
        propensity = known_column(table, propensity or met.get(PROPENSITY, PROPENSITY))
    strata = None if wanted.strata is None else known_column(table, wanted.strata)
    return Columns(a, b, winner, equal, voter or None, excluded, propensity, strata)


def _pair(table: Table, met: dict[str, str]) -> tuple[str, str]:
    for a, b in PAIRS:
        if a in met and b in met:
            return met[a], met[b]
    raise VoteFileError(
        "no two columns look like the models; name them with --a and --b: the columns are "
        f"{listed(table.header)}"
    )


def _winner(
    table: Table, met: dict[str, str], wanted: str | None, taken: set[str]
) -> tuple[str, ...]:
    if wanted is not None:
        names = (wanted,) if wanted in table.header else tuple(wanted.split(","))
        if len(names) not in (1, 3, 4):
            raise VoteFileError("--winner names one column, or three or four: a, b, tie, both bad")
        return tuple(known_column(table, name.strip()) for name in names)
    guess = _guessed_winner(met, taken)
    if not guess:
        raise VoteFileError(
            "no column looks like the winner; name it with --winner: the columns are "
            f"{listed(table.header)}"
        )
    return guess


def _guessed_winner(met: dict[str, str], taken: set[str]) -> tuple[str, ...]:
    if WINNERS[0] in met:
        return (met[WINNERS[0]],)
    for flags in FLAGS:
        if all(name in met for name in flags):
            return tuple(met[name] for name in flags)
    labels: Sequence[str] = [met[name] for name in WINNERS if name in met]
    return tuple(name for name in labels if name not in taken)[:1]
