"""From a file to votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .aspects import find_aspects, judged
from .assembly import assemble
from .attached import find_attached
from .checking import Checking
from .columns import Columns, Wanted, find_columns
from .errors import VoteFileError
from .faults import Faults
from .features import Feature, Measuring, find_features
from .gathering import Condition, Gathered, Gathering, Progress
from .table import Table, known_column, open_table
from .votes import Votes
from .winners import AMBIGUOUS, MISSING, Outcomes, is_set, of_flags, of_labels


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be read of a file, and how.

    `where`: by column, the texts it may hold, whatever their case. `category`: a column of
    categories, several in a cell joined by semicolons. `style`: take every pair of columns that
    looks like a feature; `features`: only these. `labels`: outcomes of winner labels, in lower
    case. `skip_bad`: leave out the rows that are no votes, and count them. `measuring`: what is
    made of features. `shares`: by stratum, its part of the population. `aspects`: those to read,
    NAME or NAME=COLUMN; all whose columns look like one if empty, none if None. `attached`: the
    columns of what stands beside a vote; those of an export if empty, none if None.
    """

    columns: Wanted = field(default_factory=Wanted)
    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    category: str | None = None
    style: bool = False
    features: Sequence[str | Feature] = ()
    labels: Mapping[str, int] = field(default_factory=dict)
    skip_bad: bool = False
    measuring: Measuring = Measuring.STRICT
    shares: Mapping[str, float] = field(default_factory=dict)
    aspects: Sequence[str] | None = None
    attached: Mapping[str, str] | None = None


def read_votes(path: Path, reading: Reading, progress: Progress | None = None) -> Votes:
    """Read the votes of a CSV, JSON or Parquet file in one pass.

    Raises:
        VoteFileError: the file, its columns or some of its rows are not what they should be.
    """
    table = open_table(path)
    columns = find_columns(table, reading.columns)
    features = _features(table, columns, reading)
    conditions = [
        Condition(known_column(table, column), frozenset(text.casefold() for text in texts))
        for column, texts in reading.where.items()
    ]
    faults = Faults()
    aspects = find_aspects(table, reading.aspects)
    attached = find_attached(table, reading.attached)
    gathering = Gathering(table, columns, conditions, reading.category, features, aspects, attached)
    gathered = gathering.read(faults, progress)
    checking = Checking(gathered, _outcomes(gathered, reading.labels), faults)
    checking.votes()
    checking.propensities()
    checking.strata(reading.shares)
    checking.aspects(judged(gathered, reading.labels))
    checking.attached()
    checking.features(features, reading.measuring)
    if not reading.skip_bad:
        faults.refuse()
    if checking.unmeasured and not checking.fine.any():
        raise VoteFileError("style: no vote here carries measures of style")
    if not checking.fine.any():
        raise VoteFileError("every row is bad: " + "; ".join(faults.notes()))
    return assemble(gathered, checking, columns, features, reading.measuring, reading.shares)


def _features(table: Table, columns: Columns, reading: Reading) -> tuple[Feature, ...]:
    if reading.style or reading.features:
        return find_features(table, columns, reading.features, reading.measuring)
    return ()


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
