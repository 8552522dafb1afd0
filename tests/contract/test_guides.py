"""The guides' examples work as they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from polyarena import Arena
from polyarena.settings import Settings
from polyarena.testing import Visitor, check_arena

ROOT = Path(__file__).resolve().parents[2]


def blocks(path: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / path).read_text(), re.DOTALL)


@pytest.mark.parametrize("path", ["README.md", "docs/writing-an-arena.md"])
def test_the_example_arena_conforms(path: str) -> None:
    (source,) = (block for block in blocks(path, "python") if "hookimpl" in block)
    module: dict[str, Any] = {"__name__": "example"}
    exec(compile(source, path, "exec"), module)
    arenas: list[Arena] = module["polyarena_register_arenas"]()
    assert [check_arena(arena) for arena in arenas] == [[]]


def test_the_example_test_passes(serve_arena: Callable[..., Visitor]) -> None:
    blocks_of_guide = blocks("docs/writing-an-arena.md", "python")
    module: dict[str, Any] = {"__name__": "example"}
    for source in blocks_of_guide:
        if "hookimpl" in source or "serve_arena" in source:
            exec(compile(source, "docs/writing-an-arena.md", "exec"), module)
    module["test_a_battle"](serve_arena)


def test_the_example_occupation_conforms() -> None:
    (source,) = blocks("docs/verticals.md", "python")
    module: dict[str, Any] = {"__name__": "example"}
    exec(compile(source, "docs/verticals.md", "exec"), module)
    arenas: list[Arena] = module["plugin"].polyarena_register_arenas()
    assert [check_arena(arena) for arena in arenas] == [[]]


def test_the_example_configuration_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in blocks("docs/operating.md", "toml"):
        config = tmp_path / "polyarena.toml"
        config.write_text(source)
        monkeypatch.setenv("POLYARENA_CONFIG", str(config))
        settings = Settings.load()
        assert set(tomllib.loads(source)) <= set(Settings.model_fields)
        assert settings.title


def test_links_between_guides_lead_somewhere() -> None:
    for guide in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", guide.read_text()):
            assert (guide.parent / target).exists(), f"{guide.name} links to {target}"
