"""From a file to votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..rating import Comparisons
from .cells import LIST_SEPARATOR, Codebook
from .columns import Columns, Wanted, find_columns
from .errors import VoteFileError
from .faults import SHOWN_EXAMPLES, Faults
from .features import Feature, differences, find_features
from .gathering import Condition, Gathered, Gathering, Progress
from .table import known_column, open_table
from .votes import Categories, Votes
from .winners import AMBIGUOUS, MISSING, UNKNOWN, Outcomes, is_set, of_flags, of_labels

NOT_CLEAR = {
    MISSING: "no winner",
    UNKNOWN: "an unknown winner",
    AMBIGUOUS: "an ambiguous winner",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be read of a file, and how.

    `where`: by column, the texts it may hold, whatever their case. `category`: a column of
    categories, several in a cell joined by semicolons. `style`: take every pair of columns that
    looks like a feature; `features`: only these. `labels`: outcomes of winner labels, in lower
    case. `skip_bad`: leave out the rows that are no votes, and count them.
    """

    columns: Wanted = field(default_factory=Wanted)
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    category: str | None = None
    style: bool = False
    features: Sequence[str] = ()
    labels: Mapping[str, int] = field(default_factory=dict)
    skip_bad: bool = False


def read_votes(path: Path, reading: Reading, progress: Progress | None = None) -> Votes:
    """Read the votes of a CSV, JSON or Parquet file in one pass.

    Raises:
        VoteFileError: the file, its columns or some of its rows are not what they should be.
    """
    table = open_table(path)
    columns = find_columns(table, reading.columns)
    wanted = reading.style or bool(reading.features)
    features = find_features(table, columns, reading.features) if wanted else ()
    conditions = [
        Condition(known_column(table, column), frozenset(text.casefold() for text in texts))
        for column, texts in reading.where.items()
    ]
    faults = Faults()
    gathering = Gathering(table, columns, conditions, reading.category, features)
    gathered = gathering.read(faults, progress)
    outcome = _outcomes(gathered, reading.labels)
    fine = _checked(gathered, outcome, features, faults)
    if not reading.skip_bad:
        faults.refuse()
    if not fine.any():
        raise VoteFileError("every row is bad: " + "; ".join(faults.notes()))
    return _votes(gathered, outcome, fine, columns, features, faults)


def _outcomes(gathered: Gathered, labels: Mapping[str, int]) -> Outcomes:
    codes = gathered.codes
    if len(gathered.winner) > 1:
        flags = [codes[f"winner{place}"] for place in range(len(gathered.winner))]
        return of_flags(gathered.winner, flags)
    book = gathered.winner[0]
    outcome = of_labels(book, codes["winner0"], gathered.models, codes["a"], codes["b"], labels)
    if gathered.equal is not None:
        raised = is_set(gathered.equal)[codes["equal"]] > 0
        outcome[raised & (outcome != MISSING)] = AMBIGUOUS
        outcome[raised & (outcome == MISSING)] = 2
    return outcome


def _checked(
    gathered: Gathered, outcome: Outcomes, features: Sequence[Feature], faults: Faults
) -> NDArray[np.bool_]:
    """(n,) which rows are votes; the others go to `faults`, each under its first fault."""
    first, second = gathered.codes["a"], gathered.codes["b"]
    empty = gathered.models.empty()
    fine = np.ones(len(first), dtype=np.bool_)

    def refuse(kind: str, bad: Any, said: Codebook | None = None) -> None:
        found = np.flatnonzero(fine & bad)
        examples: list[str] = []
        if said is not None:
            labels = dict.fromkeys(gathered.codes["winner0"][found].tolist())
            examples = [said.texts[label] for label in list(labels)[:SHOWN_EXAMPLES]]
        faults.add(kind, gathered.row[found].tolist(), examples)
        fine[found] = False

    refuse("no model", empty[first] | empty[second])
    refuse("a model against itself", first == second)
    labelled = gathered.winner[0] if len(gathered.winner) == 1 else None
    for code, kind in NOT_CLEAR.items():
        refuse(kind, outcome == code, None if code == MISSING else labelled)
    for place, feature in enumerate(features):
        sides = gathered.features[:, 2 * place : 2 * place + 2]
        refuse(f"no number for {feature.name}", ~np.isfinite(sides).all(axis=1))
    return fine


def _votes(
    gathered: Gathered,
    outcome: Outcomes,
    fine: NDArray[np.bool_],
    columns: Columns,
    features: Sequence[Feature],
    faults: Faults,
) -> Votes:
    notes = [columns.note]
    if features:
        named = ", ".join(f"{one.name} ({one.a}, {one.b})" for one in features)
        notes.append(f"features: {named}")
    if gathered.excluded:
        notes.append(f"excluded: {gathered.excluded:,} votes that the file says do not count")
    first, second = gathered.codes["a"][fine], gathered.codes["b"][fine]
    names, places = _sorted_names(gathered.models, first, second)
    voter, voters, told = _voters(gathered, fine)
    measured = {
        one.name: differences(
            one, gathered.features[fine, 2 * place], gathered.features[fine, 2 * place + 1]
        )
        for place, one in enumerate(features)
    }
    comparisons = Comparisons(names, places[first], places[second], outcome[fine], voter=voter)
    return Votes(
        comparisons=comparisons.described(measured) if measured else comparisons,
        row=gathered.row[fine],
        voters=voters,
        categories=_categories(gathered, fine),
        skipped=faults.counts,
        notes=(*notes, *told, *faults.notes()),
        columns=columns,
    )


def _sorted_names(
    book: Codebook, first: NDArray[np.int32], second: NDArray[np.int32]
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The names that are met, sorted, and (k,) the place of each code among them."""
    met = np.bincount(first, minlength=len(book.texts)) > 0
    met |= np.bincount(second, minlength=len(book.texts)) > 0
    order = sorted(np.flatnonzero(met).tolist(), key=book.texts.__getitem__)
    places = np.full(len(book.texts), -1, dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return tuple(book.texts[code] for code in order), places


def _voters(
    gathered: Gathered, fine: NDArray[np.bool_]
) -> tuple[NDArray[np.int64] | None, tuple[str, ...], tuple[str, ...]]:
    """(n,) voter numbers, -1 for none; their texts; and a note where they say nothing."""
    if gathered.voter is None:
        return None, (), ()
    codes = gathered.codes["voter"][fine].astype(np.int64)
    codes[gathered.voter.empty()[codes]] = -1
    if len(np.unique(codes[codes >= 0])) < 2:
        name = gathered.voter.column
        return None, (), (f"voters: {name} tells fewer than two apart, so votes stand alone",)
    return codes, tuple(gathered.voter.texts), ()


def _categories(gathered: Gathered, fine: NDArray[np.bool_]) -> Categories | None:
    if gathered.category is None:
        return None
    groups = tuple(
        tuple(part.strip() for part in text.split(LIST_SEPARATOR) if part.strip())
        for text in gathered.category.texts
    )
    return Categories(gathered.codes["category"][fine], groups)
