"""A median in Python, to be debugged."""

from __future__ import annotations

from .source import Piece, Source

_GOOD = '''
def median(numbers):
    """The middle of the numbers, or the mean of the two in the middle."""
    # A copy is sorted, so that the caller's list stays as it was.
    ordered = sorted(numbers)
    if not ordered:
        raise ValueError("nothing has no median")
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
'''

_PLAIN = """
def median(numbers):
    # sorted() makes a new list.
    numbers = sorted(numbers)
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return (numbers[middle - 1] + numbers[middle]) / 2
"""

_FLAWED = """
def median(numbers):
    # The brackets were missing.
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return (numbers[middle] + numbers[middle - 1]) / 2
"""

PIECE = Piece(
    frozenset({"median", "bug", "tests", "function", "fails"}),
    Source(
        "python",
        _GOOD,
        "There were three bugs: `sort` was never called, the pair in the middle was off by one, "
        "and an empty list was not refused. Sorting a copy keeps the caller's list.",
    ),
    Source(
        "python", _PLAIN, "There were two bugs: `sort` was not called, and an index was off by one."
    ),
    Source("python", _FLAWED, "`sort` was not called, for want of two brackets."),
)
