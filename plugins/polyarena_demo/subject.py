"""What a prompt is about, as far as counting words can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from polyarena import ModelRequest

from .arithmetic import Sum, find_sum

_WORD = re.compile(r"[^\W\d_]{2,24}")
_READ = 4000
_PLAIN_WORDS = """
about after again also because been before being below between both brief briefly can could
demo describe did does doing down each example examples explain few find for from further
give had has have having help here how improve into its just know like list long made make
many may mean means might more most much must name need new not now off once one only other
our out over own paragraph please poem question say sentence sentences short should show
simply small some such tell than that the their them then there these they thing things this
those three through too two under until use using very want was way well were what when where
which while who whom whose why will with without word words would write you your yours are
and but all any let compare between me my we us an as at be by do he if in is it no of on or
so to up going get got really explaining writing five four six haiku high table step steps style
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())


@dataclass(frozen=True, slots=True)
class Subject:
    """The last prompt of a thread: its keywords, its first sum, its length and its turn.

    `topic` is the first few keywords in a row, `aside` the keywords outside it; `turn` counts
    from 1; `earlier` is the topic of the turn before, or empty.
    """

    keywords: tuple[str, ...]
    topic: str
    aside: tuple[str, ...]
    sum: Sum | None
    words: int
    turn: int
    earlier: str = ""

    def other(self, index: int, default: str) -> str:
        """A keyword outside the topic by place, or a word to use where there are not as many."""
        return self.aside[index] if index < len(self.aside) else default


def read(request: ModelRequest) -> Subject:
    """Read the thread's last prompt."""
    asked = [message.text for message in request.messages if message.role == "user"] or [""]
    text = asked[-1][:_READ]
    keywords = tuple(dict.fromkeys(word for _, _, word in _keywords(text)))[:6]
    topic = _topic(text)
    earlier = _topic(asked[-2][:_READ]) if len(asked) > 1 else ""
    found = find_sum(text)
    return Subject(
        keywords=keywords,
        topic=topic or ("the sum" if found else "the question"),
        aside=tuple(word for word in keywords if word not in topic.split()),
        sum=found,
        words=len(asked[-1].split()),
        turn=len(asked),
        earlier=earlier,
    )


def _keywords(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in _PLAIN and (len(word) > 2 or not word.isascii()):
            yield match.start(), match.end(), word


def _topic(text: str) -> str:
    """The first keywords that stand next to each other, three at most."""
    run: list[str] = []
    last = 0
    for start, end, word in _keywords(text):
        if run and (text[last:start] != " " or len(run) == 3):
            break
        run.append(word)
        last = end
    return " ".join(run)
