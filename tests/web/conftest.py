"""Leaderboards with votes on them, shared by a module's tests."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from kit.voted import VOTES, apart, cyclic, styled, voted


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with voted(tmp_path_factory.mktemp("plain"), VOTES) as client:
        yield client


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with voted(tmp_path_factory.mktemp("planted"), [*cyclic(), *styled(), *apart()]) as client:
        yield client
