"""Sources at the end of an answer, where a professional asks for them.

Demo models know nothing of any trade: the sources exist, or are plainly none, and only show what
an arena does with them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from polyarena import ModelRequest


@dataclass(frozen=True, slots=True)
class Shelf:
    """Sources of a trade that exist, and one whose form is wrong."""

    sound: tuple[str, ...]
    odd: str


_SHELVES: Mapping[str, Shelf] = {
    "health": Shelf(
        (
            "the PRISMA statement on systematic reviews, doi:10.1136/bmj.n71",
            "the Declaration of Helsinki, doi:10.1001/jama.2013.281053",
            "the DAPA-HF trial of dapagliflozin, NCT03036124",
        ),
        "a trial that has no such number, NCT0123",
    ),
    "legal": Shelf(
        (
            "Brown v. Board of Education, 347 U.S. 483 (1954)",
            "42 U.S.C. § 1983",
            "Regulation (EU) 2016/679, and on it ECLI:EU:C:2014:317",
        ),
        "Doe v. Roe, 999 F.3d 12 (9th Cir. 1985)",
    ),
    "finance": Shelf(
        (
            "IFRS 15 on revenue, and its neighbour ASC 606",
            "Markowitz on portfolios, doi:10.1111/j.1540-6261.1952.tb01525.x",
            "Black and Scholes on options, doi:10.1086/260062",
        ),
        "IFRS 99, which nobody has written",
    ),
    "marketing": Shelf(
        (
            "Keller on brand equity, doi:10.1177/002224299305700101",
            "Regulation (EU) 2016/679 for everything that has an address on it",
        ),
        "doi:10.1/demo, which is no DOI",
    ),
}


def shelf_of(request: ModelRequest) -> Shelf | None:
    """The sources of the trade whose professional is said to ask, or None."""
    told = " ".join(message.text for message in request.messages if message.role == "system")
    found = (s for trade, s in _SHELVES.items() if f"asked by a {trade} professional" in told)
    return next(found, None)


def without_context(request: ModelRequest) -> ModelRequest:
    """The request with the questions alone, without what describes a case before them."""
    messages = (
        message.model_copy(update={"parts": message.parts[-1:]}) for message in request.messages
    )
    return replace(request, messages=tuple(messages))


def with_sources(answer: str, shelf: Shelf, number: int, odd: bool, rng: random.Random) -> str:
    """An answer with so many sources, and at the end one whose form is wrong, if wanted."""
    chosen = rng.sample(shelf.sound, min(number, len(shelf.sound)))
    chosen += [shelf.odd] if odd else []
    if not chosen:
        return answer
    listed = "\n".join(f"- {source}" for source in chosen)
    return f"{answer}\n\nSources, to show how they look in an answer:\n\n{listed}"
