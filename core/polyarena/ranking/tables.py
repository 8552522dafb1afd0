"""What an arena's pages show beside a board, made of votes of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..agreement import AGREEMENT, agreement_rows, measured
from ..ballot import COMPOSITE
from ..pair_record import CALIBRATION, PAIRS, Row, calibration_rows, pair_records, pair_rows
from ..rating import PairCounts, RatingError
from ..votefiles import VoteFileError, Votes
from .boards import find_anchor, fitted
from .options import OptionClash, RankOptions, Table


@dataclass(frozen=True, slots=True)
class MadeTable:
    """Named columns and rows of plain values; None where nothing is known."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...]


def make_table(table: Table, votes: Votes, options: RankOptions) -> MadeTable:
    """A table of all the votes.

    Agreement goes by the main choice, between those who voted as experts and the others.

    Raises:
        OptionClash: the options do not go with the table.
        VoteFileError: the votes cannot be rated.
    """
    if options.aspect == COMPOSITE or (options.aspect and table is Table.AGREEMENT):
        raise OptionClash(f"--table {table.value} does not go with --aspect {options.aspect}")
    if table is Table.AGREEMENT:
        experts = np.array(votes.attached["expert"].each(lambda text: text.casefold() == "true"))
        rows = agreement_rows(measured(votes.comparisons, experts, ~experts))
        return MadeTable(AGREEMENT, rows, votes.notes)
    try:
        anchor = find_anchor(options.anchor, votes.comparisons.names)
        fit = fitted(votes, options, anchor)
    except RatingError as error:
        raise VoteFileError(f"these votes cannot be rated: {error}") from None
    found = pair_records(PairCounts.of(fit.votes), fit.ratings)
    made = pair_rows(found) if table is Table.PAIRS else calibration_rows(found)
    columns = PAIRS if table is Table.PAIRS else CALIBRATION
    return MadeTable(columns, made, (*votes.notes, *fit.notes))
