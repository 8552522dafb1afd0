"""How each persona hands in a program: how well it does, and what it says around it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from . import addition, logs, median, queens, queue, sales, walks, words
from .sketch import flawed_sketch, sketch
from .source import Piece, Source
from .wanted import Wanted

FLAWED, PLAIN, GOOD = range(3)
PIECES = tuple(
    module.PIECE for module in (walks, addition, words, sales, logs, queens, median, queue)
)
_KNOWN_BY = 3
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Hand:
    """`skill` is one of three; a hand without `comments` leaves them out."""

    skill: int
    comments: bool
    before: tuple[str, ...]
    after: tuple[str, ...]

    def write(self, wanted: Wanted, rng: random.Random) -> str:
        """A program with words around it; from the second turn on it is done better."""
        skill = min(GOOD, self.skill + wanted.turn - 1)
        source = _source(wanted, skill, rng)
        code = source.text.strip() if self.comments else source.bare
        before = rng.choice(self.before).format(topic=wanted.subject.topic)
        if wanted.subject.earlier:
            before = f"Once more, after {wanted.subject.earlier}.\n\n{before}"
        after = rng.choice(self.after).format(remark=source.remark)
        return f"{before}\n\n```{source.language}\n{code}\n```\n\n{after}".strip()


def _source(wanted: Wanted, skill: int, rng: random.Random) -> Source:
    if piece := _known(wanted):
        return (piece.flawed, piece.plain, piece.good)[skill]
    names = wanted.subject.keywords or ("input", "work", "output")
    names = tuple(name for name in names if name.isascii()) or ("one", "two", "three")
    numbers = [rng.randint(2, 9) for _ in names]
    language = wanted.language or "python"
    if skill == FLAWED:
        return flawed_sketch(language, names, numbers)
    return sketch(language, names, numbers, plot=wanted.plot)


def _known(wanted: Wanted) -> Piece | None:
    """The piece whose words the thread holds, if its language is not another."""
    best = max(PIECES, key=lambda piece: len(piece.words & wanted.words))
    due = _NAMED if wanted.language == best.good.language else _KNOWN_BY
    other = wanted.language not in ("", best.good.language)
    return None if other or len(best.words & wanted.words) < due else best


HANDS: Mapping[str, Hand] = MappingProxyType(
    {
        "poet": Hand(
            FLAWED,
            True,
            ("A small machine for *{topic}*, wound up and set on the table:",),
            ("{remark} Let it hum.", "It wants no more than this. {remark}"),
        ),
        "lister": Hand(
            PLAIN,
            True,
            ("Here is the program:", "The program, ready to run:"),
            ("- {remark}\n- It needs nothing to be installed.\n- Change what you like.",),
        ),
        "terse": Hand(PLAIN, False, ("Program:", "This:"), ("{remark}",)),
        "professor": Hand(
            GOOD,
            True,
            ("### On {topic}\n\nThe program below is complete; its comments say why.",),
            ("**Remark.** {remark} The reader may wish to check the boundary cases.",),
        ),
        "contrarian": Hand(
            FLAWED,
            False,
            ("Everybody makes too much of {topic}. This will do:",),
            ("{remark} Anything longer is vanity.",),
        ),
        "coder": Hand(
            GOOD,
            False,
            ("This does it:", "Ready to run:"),
            ("{remark}",),
        ),
    }
)
