"""Prompts to begin with."""

from __future__ import annotations

from polyarena import Starter

STARTERS: tuple[Starter, ...] = ()
