"""What the rating engine raises on purpose.

::

    ValueError
    └── RatingError
        ├── ComparisonError     the votes handed over are not votes; carries the rows
        └── ConvergenceError    a fit did not settle; the message says where it stood
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SHOWN_ROWS = 10


class RatingError(ValueError):
    """Base of every error of the rating engine."""


class ComparisonError(RatingError):
    """Some rows are not comparisons.

    `rows` holds the first few offending row numbers, counted from 0; `count` how many there are.
    """

    def __init__(self, message: str, rows: tuple[int, ...] = (), count: int = 0) -> None:
        super().__init__(message)
        self.rows = rows
        self.count = count

    @classmethod
    def at(cls, what: str, bad: NDArray[np.bool_]) -> ComparisonError:
        """An error for the rows where `bad` is set; `what` says what is wrong with them."""
        where = np.flatnonzero(bad)
        rows = tuple(int(row) for row in where[:SHOWN_ROWS])
        listed = ", ".join(map(str, rows)) + (", ..." if len(where) > len(rows) else "")
        noun = "row" if len(where) == 1 else "rows"
        return cls(f"{what} ({len(where)} {noun}: {listed})", rows, len(where))


class ConvergenceError(RatingError):
    """A fit did not settle within its iterations."""
