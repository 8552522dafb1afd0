"""The kit for authors of plugins: a conformance suite and models that follow a script.

::

    from polyarena.testing import check_arena

    def test_arena() -> None:
        assert check_arena(MyArena()) == []
"""

from __future__ import annotations

from .conformance import check_arena
from .problem import Problem
from .scripted import Script, ScriptedModel, ScriptedProvider, ScriptedRun

__all__ = [
    "Problem",
    "Script",
    "ScriptedModel",
    "ScriptedProvider",
    "ScriptedRun",
    "check_arena",
]
