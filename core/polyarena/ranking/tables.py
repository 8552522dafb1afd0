"""What an arena's pages show beside a board, made of votes of a file."""

from __future__ import annotations

import numpy as np

from ..agreement import AGREEMENT, agreement_rows, measured
from ..ballot import COMPOSITE
from ..data_table import DataTable
from ..pair_record import CALIBRATION, PAIRS, calibration_rows, pair_records, pair_rows
from ..rating import PairCounts
from ..votefiles import Votes
from ..votefiles.attached import EXPERT, expert_of
from .boards import fitted
from .options import OptionClash, RankOptions, Table


def make_table(
    table: Table, votes: Votes, options: RankOptions
) -> tuple[DataTable, tuple[str, ...]]:
    """A table of all the votes, and notes.

    Agreement goes by the main choice, between those who voted as experts and the others.

    Raises:
        OptionClash: the options do not go with the table.
        VoteFileError: the votes cannot be rated.
    """
    if options.aspect == COMPOSITE or (options.aspect and table is Table.AGREEMENT):
        raise OptionClash(f"--table {table.value} does not go with --aspect {options.aspect}")
    if table is Table.AGREEMENT:
        experts = np.array(votes.attached[EXPERT].each(expert_of))
        rows = agreement_rows(measured(votes.comparisons, experts, ~experts))
        return DataTable(table.value, AGREEMENT, rows), votes.notes
    fit = fitted(votes, options)
    found = pair_records(PairCounts.of(fit.votes), fit.ratings)
    if table is Table.PAIRS:
        made = DataTable(table.value, PAIRS, pair_rows(found))
    else:
        made = DataTable(table.value, CALIBRATION, calibration_rows(found))
    return made, (*votes.notes, *fit.notes)
