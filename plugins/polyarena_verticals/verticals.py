"""Occupations as a plugin."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Arena, hookimpl

from .occupation import Occupation


class Verticals:
    """A plugin that brings an arena for each of these occupations.

    ::

        # the entry point: dentistry = "polyarena_dentistry:plugin"
        plugin = Verticals(DENTISTRY)
    """

    def __init__(self, *occupations: Occupation) -> None:
        self.occupations = occupations

    @hookimpl
    def polyarena_register_arenas(self) -> Sequence[Arena]:
        from .arena import VerticalArena

        return [VerticalArena(occupation) for occupation in self.occupations]
