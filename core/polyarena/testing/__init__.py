"""The kit for authors of plugins: a conformance suite, scripted models, a fake sandbox.

::

    from polyarena.testing import check_arena

    def test_arena() -> None:
        assert check_arena(MyArena()) == []
"""

from __future__ import annotations

from .conformance import check_arena
from .fake_sandbox import FakeSandbox, job_result, step_result
from .problem import Problem
from .scripted import Script, ScriptedModel, ScriptedProvider, ScriptedRun

__all__ = [
    "FakeSandbox",
    "Problem",
    "Script",
    "ScriptedModel",
    "ScriptedProvider",
    "ScriptedRun",
    "check_arena",
    "job_result",
    "step_result",
]
