"""Programs to ask for, in different languages; some bring their input or their tests along."""

from __future__ import annotations

from polyarena import Starter

_SUMS = (
    "2\\n3 -> 5\n"
    "999\\n1 -> 1000\n"
    "0\\n0 -> 0\n"
    "99999999999999999999\\n1 -> 100000000000000000000\n"
    "123456789012345678901234567890\\n987654321098765432109876543210 -> "
    "1111111110111111111011111111100"
)
_TIDE = (
    "The sea was calm. The gulls were loud, and the boats were slow; slow as the tide.\n"
    "At noon the wind rose, the sea rose with it, and the gulls fell silent."
)
_MEDIAN = """\
import pytest
from median import median


def test_odd():
    assert median([3, 1, 2]) == 2


def test_even():
    assert median([4, 1, 3, 2]) == 2.5


def test_the_list_stays_as_it_was():
    given = [3, 1, 2]
    median(given)
    assert given == [3, 1, 2]


def test_nothing_has_no_median():
    with pytest.raises(ValueError):
        median([])
"""

STARTERS = (
    Starter(
        "Plot random walks (Python)",
        "Write a Python program that simulates three random walks of 500 steps with a fixed seed "
        "and plots them in one chart with a legend. Save the chart as walks.png and print where "
        "each walk ends.",
    ),
    Starter(
        "Add huge numbers (C++)",
        "Write a C++ program that reads two non-negative integers of up to 500 digits, one a "
        "line, and prints their sum.",
        {"language": "cpp", "tests": _SUMS},
    ),
    Starter(
        "Count words (JavaScript)",
        "Write a JavaScript program that reads a text from standard input, counts its words "
        "without regard to case, and prints the five most frequent with a bar of # signs for "
        "each.",
        {"language": "javascript", "stdin": _TIDE},
    ),
    Starter(
        "Report sales (SQL)",
        "Write SQL for SQLite: create a table of book sales with title, genre, price and date, "
        "fill it with a dozen rows, and show for each genre how many were sold, the revenue, and "
        "its share of the total in percent, the largest first.",
    ),
    Starter(
        "Summarise logs (Bash)",
        "Write a Bash script that first makes a folder with five small log files of lines like "
        "`2024-05-01 12:00:03 ERROR disk full`, and then prints a table of how many lines each "
        "level has in each file, with totals.",
    ),
    Starter(
        "Solve eight queens (Go)",
        "Write a Go program that places eight queens on a chessboard so that none attacks "
        "another. Print the number of solutions and draw the first one.",
    ),
    Starter(
        "Debug a median (Python)",
        "This function fails some of its tests. Find every bug and hand in a version that "
        "passes them all.\n\n"
        "```python\n"
        "def median(numbers):\n"
        "    numbers.sort\n"
        "    middle = len(numbers) // 2\n"
        "    if len(numbers) % 2:\n"
        "        return numbers[middle]\n"
        "    return (numbers[middle] + numbers[middle + 1]) / 2\n"
        "```",
        {"tests": _MEDIAN},
    ),
    Starter(
        "Simulate a queue (Rust)",
        "Write a Rust program without crates that simulates a shop with one till for 1,000 "
        "customers, with a small random generator of its own, and prints the mean and the longest "
        "wait and a histogram of the waits.",
    ),
)
