"""A persona: how a demo model writes, and how fast."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from . import coder, contrarian, lister, poet, professor, terse
from .subject import Subject


@dataclass(frozen=True, slots=True)
class Persona:
    """`first_token` is in seconds, `rate` in words a second."""

    name: str
    write: Callable[[Subject, random.Random], str]
    first_token: float
    rate: float


PERSONAS: Mapping[str, Persona] = MappingProxyType(
    {
        "poet": Persona("Demo Poet", poet.write, 0.7, 30),
        "lister": Persona("Demo Lister", lister.write, 0.35, 55),
        "terse": Persona("Demo Terse", terse.write, 0.2, 40),
        "professor": Persona("Demo Professor", professor.write, 0.9, 70),
        "contrarian": Persona("Demo Contrarian", contrarian.write, 0.5, 45),
        "coder": Persona("Demo Coder", coder.write, 0.4, 80),
    }
)
