"""An environment into which plugins are installed, as an author would."""

from __future__ import annotations

import pytest

from kit.installed import Environment


@pytest.fixture(scope="package")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("author"))
