"""Screens prompts and pictures.

Options: `patterns` (regular expressions) and `secrets` (true by default) for prompts;
`blocked_pictures` (a file) and `picture_distance` (6 by default) for pictures.
"""

from __future__ import annotations

from polyarena import Objection, Picture, PluginOptions, Prompt, hookimpl


@hookimpl
def polyarena_screen_prompt(prompt: Prompt, options: PluginOptions) -> Objection | None:
    from .screen import Screen

    return Screen.of(options).objection(prompt)


@hookimpl
def polyarena_screen_image(picture: Picture, options: PluginOptions) -> Objection | None:
    from .blocklist import Blocklist

    return Blocklist.of(options).objection(picture)
