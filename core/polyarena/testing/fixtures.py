"""The pytest plugin `polyarena`: fixtures for the tests of arenas and providers.

It is loaded wherever Polyarena is installed, so it imports nothing before a fixture is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..sandbox import Sandbox
    from . import FakeSandbox, PartSnapshots, ScriptedRun, Visitor

UPDATE = "--update-part-snapshots"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("polyarena")
    group.addoption(
        UPDATE, action="store_true", default=False, help="write part_snapshots' files anew"
    )


@pytest.fixture
def serve_arena(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Visitor]]:
    """Serves what it is given, as `serve` does, and answers a visitor of it."""
    import httpx

    from .serving import serve
    from .visiting import Visitor

    monkeypatch.setenv("POLYARENA_CONFIG", str(tmp_path / "polyarena.toml"))
    with ExitStack() as stack:

        def start(*brought: object, **settings: Any) -> Visitor:
            url = stack.enter_context(serve(tmp_path / "data", *brought, **settings))
            client = httpx.Client(base_url=url, timeout=60)
            return Visitor(stack.enter_context(client))

        yield start


@pytest.fixture
def fake_sandbox() -> FakeSandbox:
    """A sandbox that runs nothing, for an arena that needs one."""
    from .fake_sandbox import FakeSandbox

    return FakeSandbox()


@pytest.fixture
def scripted_run() -> Callable[..., ScriptedRun]:
    """Makes what `Arena.respond` is given of a script, and of a sandbox if one is given."""
    from .scripted import ScriptedModel, ScriptedRun

    def make(*script: Any, sandbox: Sandbox | None = None, **model: Any) -> ScriptedRun:
        return ScriptedRun(ScriptedModel("Scripted", script, **model), sandbox)

    return make


@pytest.fixture
def part_snapshots(request: pytest.FixtureRequest) -> PartSnapshots:
    """Compares parts with files in the folder `snapshots` beside the test."""
    from .snapshots import PartSnapshots

    folder = request.path.parent / "snapshots"
    return PartSnapshots(folder, update=bool(request.config.getoption(UPDATE)))
