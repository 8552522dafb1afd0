"""The kit for authors of plugins: conformance, scripted models, a running arena, a fake sandbox.

::

    from polyarena.testing import check_arena

    def test_arena() -> None:
        assert check_arena(MyArena()) == []

`polyarena.testing.fixtures` is a pytest plugin, loaded wherever Polyarena is installed, with
`serve_arena`, `scripted_run`, `fake_sandbox` and `part_snapshots`.
"""

from __future__ import annotations

from .conformance import check_arena
from .failing import FAILURES, failing
from .fake_apps import built_result, seen_result
from .fake_sandbox import FakeSandbox, job_result, step_result
from .fake_server import FakeConnection, FakeRunningApp, FakeServer
from .page import Page
from .problem import Problem
from .scripted import Script, ScriptedModel, ScriptedProvider, ScriptedRun
from .serving import ArenaPlugin, ProviderPlugin, serve
from .snapshots import PartSnapshots
from .visiting import PlayedBattle, Refused, Visitor

__all__ = [
    "FAILURES",
    "ArenaPlugin",
    "FakeConnection",
    "FakeRunningApp",
    "FakeSandbox",
    "FakeServer",
    "Page",
    "PartSnapshots",
    "PlayedBattle",
    "Problem",
    "ProviderPlugin",
    "Refused",
    "Script",
    "ScriptedModel",
    "ScriptedProvider",
    "ScriptedRun",
    "Visitor",
    "built_result",
    "check_arena",
    "failing",
    "job_result",
    "seen_result",
    "serve",
    "step_result",
]
