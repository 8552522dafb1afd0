"""Fixtures for the sandbox's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.warden import compiled


@pytest.fixture(scope="session")
def warden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warden's program, compiled once."""
    return compiled(tmp_path_factory.mktemp("warden"))
