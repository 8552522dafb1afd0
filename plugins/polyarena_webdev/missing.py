"""Libraries that apps asked for and that are not installed, counted over stored answers."""

from __future__ import annotations

from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass, field

from polyarena import App
from polyarena.stored import StoredAnswer

JAVASCRIPT, PYTHON = "JavaScript", "Python"


@dataclass(slots=True)
class Missing:
    """A library of an ecosystem: the kinds of app and the battles that it was asked for in.

    `answers` counts those that asked for it, `last` is when the newest of their battles began,
    in Unix seconds.
    """

    library: str
    ecosystem: str
    answers: int = 0
    last: float = 0.0
    kinds: set[str] = field(default_factory=set)
    battles: set[str] = field(default_factory=set)


async def counted(answers: AsyncIterable[StoredAnswer]) -> Sequence[Missing]:
    """The libraries that these answers' apps miss, the one most asked for first."""
    found: dict[tuple[str, str], Missing] = {}
    async for answer in answers:
        asked = {
            (name, PYTHON if app.server else JAVASCRIPT): app.kind
            for app in answer.parts
            if isinstance(app, App)
            for name in app.missing
        }
        for key, kind in asked.items():
            one = found.setdefault(key, Missing(*key))
            one.answers += 1
            one.last = max(one.last, answer.began)
            one.kinds.add(kind)
            one.battles.add(answer.battle)
    return sorted(found.values(), key=lambda one: (-one.answers, -one.last, one.library))
