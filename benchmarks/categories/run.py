"""Precision and recall of the text arena's occupational groups, and what a prompt takes."""

from __future__ import annotations

import statistics
import sys
import time
from functools import reduce
from operator import add
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from categories.labelled import Agreement, agreement, prompts
from polyarena_text.categories import classify
from polyarena_text.occupations import TAGS, TITLES


def main() -> None:
    """Print the figures of a part, the test by default."""
    part = sys.argv[1] if len(sys.argv) > 1 else "test"
    labelled = prompts(part)
    found = agreement(labelled, lambda prompt: frozenset(classify([prompt])), TAGS)
    print(f"{len(labelled)} prompts ({part})\n")
    print("| group | prompts | precision | recall |\n|---|---:|---:|---:|")
    for group, one in found.items():
        _row(TITLES[group], one)
    total = reduce(add, found.values())
    _row("**all together (micro)**", total)
    macro = [statistics.mean(getattr(one, name) for one in found.values()) for name in MEASURES]
    print(f"| **mean of the groups (macro)** | | {macro[0]:.2f} | {macro[1]:.2f} |")
    print(f"\n{_milliseconds([one.prompt for one in labelled]):.2f} ms a prompt (median)")


MEASURES = ("precision", "recall")


def _row(title: str, one: Agreement) -> None:
    print(f"| {title} | {one.right + one.missed} | {one.precision:.2f} | {one.recall:.2f} |")


def _milliseconds(texts: list[str]) -> float:
    spent = []
    for text in texts:
        began = time.perf_counter()
        classify([text])
        spent.append(time.perf_counter() - began)
    return 1000 * statistics.median(spent)


if __name__ == "__main__":
    main()
