"""Arenas for occupations: `Occupation` holds all that one is, `Verticals` makes a plugin of it."""

from __future__ import annotations

from .marker import Marker
from .occupation import Occupation, Specialty
from .verticals import Verticals

__all__ = ["Marker", "Occupation", "Specialty", "Verticals"]
