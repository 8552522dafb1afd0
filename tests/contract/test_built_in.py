"""The arenas that come along obey the contract that everybody's must."""

from __future__ import annotations

from polyarena.loading import load
from polyarena.settings import Settings
from polyarena.testing import check_arena


def test_every_arena_that_comes_along_conforms(settings: Settings) -> None:
    arenas = load(settings).arenas
    assert "text" in arenas
    assert {id: check_arena(arena, seconds=20) for id, arena in arenas.items()} == {
        id: [] for id in arenas
    }
