"""Fixtures for every test."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import httpx
import pytest
from hypothesis import settings

from kit.postgres import cluster
from kit.served import scripted, served
from polyarena import Finish
from polyarena.testing import ScriptedModel

# How long an example takes says more of the machine than of the code.
# Unattended runs try the same examples each time, so that a change alone can make them fail.
settings.register_profile("polyarena", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("polyarena")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POLYARENA_CONFIG", str(tmp_path / "polyarena.toml"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Makes a new, empty PostgreSQL database and answers its URL."""
    numbers = itertools.count()
    with cluster() as url:

        def create() -> str:
            name = f"test{next(numbers)}"
            asyncio.run(_create(url, name))
            return url.removesuffix("postgres") + name

        yield create


async def _create(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()


@pytest.fixture
def postgres_url(postgres: Callable[[], str]) -> str:
    """The URL of a new PostgreSQL database."""
    return postgres()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, postgres: Callable[[], str]) -> str:
    """The URL of a new database, on each engine in turn."""
    return postgres() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[httpx.Client]:
    """A visitor's client of a server with two scripted models, Alpha and Beta."""
    models = [
        ScriptedModel("Alpha", ["I am the first answer. ", "More.", Finish()], organization="One"),
        ScriptedModel("Beta", ["The second answer.", Finish()], organization="Two"),
    ]
    with ExitStack() as stack:
        url = stack.enter_context(served(tmp_path / "data", scripted(*models)))
        yield stack.enter_context(httpx.Client(base_url=url))
