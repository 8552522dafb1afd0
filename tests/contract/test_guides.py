"""The guides' examples work as they stand, and their links lead somewhere."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command

import polyarena
from polyarena import Arena, hookspecs
from polyarena.cli.extensions import add_plugin_commands
from polyarena.cli.main import app
from polyarena.plugins import Registry
from polyarena.settings import Settings
from polyarena.testing import Visitor, check_arena

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
PACKAGES = sorted((ROOT / "examples").glob("*/README.md"))
BLOCK = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TUTORIAL = ROOT / "docs" / "tutorial.md"
Loaded = Callable[..., Registry]


def name(guide: Path) -> str:
    return str(guide.relative_to(ROOT))


def blocks(guide: Path | str, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall((ROOT / guide).read_text()) if kind == language]


def with_blocks(language: str, *but: Path) -> list[Any]:
    return [
        pytest.param(guide, id=name(guide))
        for guide in GUIDES
        if guide not in but and blocks(guide, language)
    ]


def run(guide: Path) -> dict[str, Any]:
    """The names that a guide's Python defines; where it awaits outside a function, its imports."""
    module: dict[str, Any] = {n: getattr(polyarena, n) for n in polyarena.__all__}
    module["__name__"] = "example"
    for source in blocks(guide, "python"):
        tree = ast.parse(source)
        code = compile(tree, name(guide), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
        if code.co_flags & inspect.CO_COROUTINE:
            body: list[ast.stmt] = [
                one for one in tree.body if isinstance(one, (ast.Import, ast.ImportFrom))
            ]
            code = compile(ast.Module(body, []), name(guide), "exec", dont_inherit=True)
        exec(code, module)
    return module


@pytest.mark.parametrize("guide", with_blocks("python", TUTORIAL))
def test_the_examples_run(guide: Path, loaded: Loaded, serve_arena: Callable[..., Visitor]) -> None:
    module = run(guide)
    hooks = {n: module[n] for n in module if n.startswith("polyarena_")}
    if hooks:
        plugin = type("Guide", (), {n: staticmethod(hook) for n, hook in hooks.items()})
        registry = loaded(guide=plugin())
        assert [(r.status, r.reason) for r in registry.plugins] == [("ok", "")]
        assert set(registry.plugins[0].hooks) == set(hooks)
        assert [check_arena(arena) for arena in registry.arenas.values()] == [[]] * len(
            registry.arenas
        )
    for test in [each for n, each in module.items() if n.startswith("test_")]:
        if list(inspect.signature(test).parameters) == ["serve_arena"]:
            test(serve_arena)


@pytest.mark.parametrize("guide", with_blocks("toml"))
def test_the_example_configurations_are_valid(
    guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "polyarena.toml"
    monkeypatch.setenv("POLYARENA_CONFIG", str(config))
    for source in blocks(guide, "toml"):
        if "project" in (given := tomllib.loads(source)):
            continue
        config.write_text(source)
        assert Settings.load().title
        assert set(given) <= set(Settings.model_fields)


def commands() -> Sequence[Any]:
    found = []
    for guide in [*GUIDES, *PACKAGES]:
        for kind, text in re.findall(r"^```(console)?\n(.*?)^```$", guide.read_text(), re.S | re.M):
            for line in text.replace("\\\n", " ").splitlines():
                if line.startswith("polyarena ") and (kind or "…" not in line):
                    found.append(pytest.param(line, id=f"{name(guide)}: {line[10:50]}"))
    return found


@pytest.fixture(scope="module")
def command() -> Any:
    add_plugin_commands(app)
    return get_command(app)


@pytest.mark.parametrize("line", commands())
def test_the_commands_exist_and_take_these_options(command: Any, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    while isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
        found = command.commands.get(words[0])
        assert found is not None, f"{line}: there is no {words[0]!r}"
        command, words = found, words[1:]
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert options <= known | {"--help"}, line


@pytest.mark.parametrize("guide", [*GUIDES, *PACKAGES], ids=name)
def test_links_lead_somewhere(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", guide.read_text()):
        assert (guide.parent / target).exists(), f"{name(guide)} links to {target}"


def test_every_guide_is_part_of_the_site() -> None:
    index = (ROOT / "docs" / "index.md").read_text()
    listed = set(re.findall(r"^([a-z-]+(?:/[a-z-]+)?)$", index, re.MULTILINE))
    guides = {name(guide).removeprefix("docs/").removesuffix(".md") for guide in GUIDES}
    assert guides - {"README", "index"} == listed, "name each in a toctree of docs/index.md"


def test_the_hooks_are_documented_with_their_signatures() -> None:
    told = [text.strip() for text in blocks("docs/reference/hooks.md", "hookspec")]
    hooks = [n for n in vars(hookspecs) if n.startswith("polyarena_")]
    assert sorted(told) == sorted(
        n + str(inspect.signature(getattr(hookspecs, n))).replace("'", "") for n in hooks
    )


def test_every_method_of_an_arena_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "writing-an-arena.md").read_text()
    methods = [n for n, _ in inspect.getmembers(Arena, inspect.isfunction) if n[0] != "_"]
    for method in methods:
        assert re.search(rf"^\| `{method}\(", guide, re.MULTILINE), method
