"""How much personal data the screen of the occupations' arenas finds, and how often it errs.

Over the prompts of tests/kit/personal.py, all made up. Prints a table for docs/verticals.md, then
what was missed and what was taken wrongly.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from kit.personal import Sample, harmless, held, samples
from polyarena_verticals.privacy.search import find, redact


def found(sample: Sample) -> bool:
    """Whether the data is gone from what would be sent."""
    return sample.secret not in redact(sample.text) and bool(find(sample.text))


def table(drawn: list[Sample]) -> None:
    """How much of each kind was found, and what was not."""
    hits = {sample: found(sample) for sample in drawn}
    totals = Counter(sample.kind for sample in drawn)
    right = Counter(sample.kind for sample, hit in hits.items() if hit)
    print("| kind | prompts | found |\n|---|---|---|")
    for kind, total in totals.items():
        print(f"| {kind} | {total} | {100 * right[kind] / total:.0f} % |")
    print(f"| all | {len(drawn)} | {100 * sum(hits.values()) / len(drawn):.1f} % |")
    for language in dict.fromkeys(sample.language for sample in drawn):
        mine = [hit for sample, hit in hits.items() if sample.language == language]
        print(f"{language}: {sum(mine)} of {len(mine)}")
    for sample, hit in hits.items():
        if not hit:
            print("missed:", sample.language, sample.kind, repr(sample.text))


def alarms(plain: list[tuple[str, str]]) -> None:
    """How many harmless prompts were refused, and why."""
    wrong = [(language, text, find(text)) for language, text in plain if find(text)]
    print(f"false alarms: {len(wrong)} of {len(plain)} harmless prompts")
    for language, text, marks in wrong:
        print("wrong:", language, repr(text), [(one.kind.id, one.text) for one in marks])


def main() -> None:
    """Print both sets."""
    drawn = list(dict.fromkeys(samples()))
    began = time.perf_counter()
    for sample in drawn:
        redact(sample.text)
    print(f"{1e6 * (time.perf_counter() - began) / len(drawn):.0f} µs a prompt\n")
    table(drawn)
    alarms(list(harmless()))
    print("\nin free words, not used while the screen was written:\n")
    table([sample for sample in held() if sample.secret])
    alarms([(sample.language, sample.text) for sample in held() if not sample.secret])


if __name__ == "__main__":
    main()
