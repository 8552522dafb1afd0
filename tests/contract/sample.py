"""Small plugins to build faulty ones from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from polyarena import Arena, ArenaManifest, Model, Prompt, hookimpl
from polyarena.testing import ScriptedModel, ScriptedProvider


def manifest(id: str = "sample", **given: Any) -> ArenaManifest:
    return ArenaManifest(id=id, title=id.title(), summary="An arena to test with.", **given)


def arena(id: str = "sample", **given: Any) -> Arena:
    """An arena that overrides nothing."""
    made = Arena()
    made.manifest = manifest(id, **given)
    return made


class Arenas:
    """A plugin that registers what it is given as arenas."""

    def __init__(self, *arenas: Any) -> None:
        self.arenas = arenas

    @hookimpl
    def polyarena_register_arenas(self) -> Sequence[Arena]:
        return self.arenas


class Providers:
    """A plugin that registers what it is given as providers."""

    def __init__(self, *providers: Any) -> None:
        self.providers = providers

    @hookimpl
    def polyarena_register_providers(self) -> Sequence[Any]:
        return self.providers


def provider(name: str = "scripted") -> ScriptedProvider:
    kind = type("Named", (ScriptedProvider,), {"name": name})
    made: ScriptedProvider = kind([ScriptedModel("one", ["hello"])])
    return made


MODEL = Model(name="one", provider="scripted")
PROMPT = Prompt.of("What is a rainbow?")
