"""A persona: how a demo model writes, how it programs, and how fast."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from . import coder, contrarian, lister, poet, professor, terse
from .programs.hand import HANDS, Hand
from .subject import Subject


@dataclass(frozen=True, slots=True)
class Persona:
    """`first_token` is in seconds, `rate` in words a second.

    A professional is given so many `sources`, and one more that is `odd`.
    """

    name: str
    write: Callable[[Subject, random.Random], str]
    first_token: float
    rate: float
    hand: Hand
    sources: int = 0
    odd: bool = False


PERSONAS: Mapping[str, Persona] = MappingProxyType(
    {
        "poet": Persona("Demo Poet", poet.write, 0.7, 30, HANDS["poet"]),
        "lister": Persona("Demo Lister", lister.write, 0.35, 55, HANDS["lister"], 2),
        "terse": Persona("Demo Terse", terse.write, 0.2, 40, HANDS["terse"], 1),
        "professor": Persona("Demo Professor", professor.write, 0.9, 70, HANDS["professor"], 3),
        "contrarian": Persona(
            "Demo Contrarian", contrarian.write, 0.5, 45, HANDS["contrarian"], 1, odd=True
        ),
        "coder": Persona("Demo Coder", coder.write, 0.4, 80, HANDS["coder"]),
    }
)
