"""Array types and the grouping of integer codes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

DENSE_CELLS = 1 << 23


def group(codes: Codes, size: int) -> tuple[Ints, Ints]:
    """The distinct codes in ascending order, and for every code its place among them.

    Args:
        codes: (n,) integers in [0, size).
        size: how many codes there could be; small tables are counted instead of sorted.
    """
    if size > max(DENSE_CELLS, 4 * len(codes)):
        found, inverse = np.unique(codes, return_inverse=True)
        return found.astype(np.int64), inverse.astype(np.int64)
    present = np.zeros(size, dtype=np.bool_)
    present[codes] = True
    distinct = np.flatnonzero(present)
    place = np.empty(size, dtype=np.int64)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[codes]


def counted(codes: Codes, size: int) -> tuple[Ints, Codes, Ints]:
    """What `group` finds, and how often each code is there.

    Places are in 16 bits where they fit, in which numpy sorts by radix, in linear time.
    """
    if size > max(DENSE_CELLS, 4 * len(codes)):
        distinct, place = group(codes, size)
        return distinct, place, np.bincount(place, minlength=len(distinct))
    count: Ints = np.bincount(codes, minlength=size)
    distinct = np.flatnonzero(count)
    kind = np.uint16 if len(distinct) <= 1 << 16 else np.int64
    table: Codes = np.empty(size, dtype=kind)
    table[distinct] = np.arange(len(distinct))
    return distinct, table[codes], count[distinct]


def sums(codes: Codes, weight: Floats, size: int) -> Floats:
    """(size,) sums of (n,) `weight` by (n,) integer `codes` in [0, size)."""
    return np.asarray(np.bincount(codes, weight, size), dtype=np.float64)


def across(table: NDArray[Any]) -> Floats:
    """(n,) sums of the rows of a narrow (n, j) table; numpy's own sum is slow on short rows."""
    return np.asarray(table @ np.ones(table.shape[1]), dtype=np.float64)


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The same data behind a view that cannot be written to."""
    view = array.view()
    view.flags.writeable = False
    return view
