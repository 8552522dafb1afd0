"""Occupations as a plugin."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Arena, Credential, Objection, PluginOptions, Prompt, hookimpl

from .occupation import Occupation


class Verticals:
    """A plugin that brings an arena for each of these occupations.

    Prompts in them are screened for personal data; the plugin's option `allow` lists the kinds
    that are let through, and `registers` are those in which people's numbers can be looked up.

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

    @hookimpl
    def polyarena_register_credentials(self, options: PluginOptions) -> Sequence[Credential]:
        from .credentials import registered

        return list(registered(self.occupations, options))

    @hookimpl
    def polyarena_screen_prompt(
        self, arena: str, prompt: Prompt, options: PluginOptions
    ) -> Objection | None:
        from .privacy.screen import Screen

        if all(arena != occupation.id for occupation in self.occupations):
            return None
        return Screen.of(options).objection(prompt)
