"""Screens prompts; options `patterns` (regular expressions) and `secrets` (true by default)."""

from __future__ import annotations

from polyarena import Objection, PluginOptions, Prompt, hookimpl


@hookimpl
def polyarena_screen_prompt(prompt: Prompt, options: PluginOptions) -> Objection | None:
    from .screen import Screen

    return Screen.of(options).objection(prompt)
