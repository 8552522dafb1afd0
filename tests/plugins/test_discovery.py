from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from polyarena import ConfigError, Failure, ProviderError

from .asking import provider
from .upstream import Behaviour, Exchange, hangs_up, upstream

pytestmark = pytest.mark.anyio


def offers(pages: Mapping[str, object]) -> Behaviour:
    """Answer these paths with JSON, any other with 404."""

    async def behave(exchange: Exchange) -> None:
        page = pages.get(exchange.received.path)
        if isinstance(page, int) or page is None:
            await exchange.head(page or 404, "text/plain")
        else:
            await exchange.head(kind="application/json")
            await exchange.send(page if isinstance(page, bytes) else json.dumps(page).encode())

    return behave


LIST = {"object": "list", "data": [{"id": "llama3:8b"}, {"id": "meta-llama/Llama-3.1-8B"}]}


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/"])
async def test_a_server_with_v1(path: str) -> None:
    async with upstream(offers({"/v1/models": LIST})) as server, provider() as asked:
        root = server.url.removesuffix("/v1")
        found = await asked.discover(root + path)
        assert [model.name for model in found] == ["llama3:8b", "Llama-3.1-8B"]
        assert [model.config for model in found] == [
            {"base_url": server.url, "model": "llama3:8b"},
            {"base_url": server.url, "model": "meta-llama/Llama-3.1-8B"},
        ]
        assert all(asked.check(model) is None for model in found)


async def test_a_server_whose_address_does_not_end_in_v1() -> None:
    async with upstream(offers({"/openai/models": LIST})) as server, provider() as asked:
        base = server.url.replace("/v1", "/openai")
        assert (await asked.discover(base))[0].config["base_url"] == base


async def test_ollamas_own_list() -> None:
    tags = {"models": [{"name": "qwen2.5:7b", "size": 5}]}
    async with upstream(offers({"/api/tags": tags})) as server, provider() as asked:
        for url in (server.url, server.url.removesuffix("/v1")):
            (found,) = await asked.discover(url)
            assert found.config == {"base_url": server.url, "model": "qwen2.5:7b"}


async def test_a_bare_list_and_odd_rows() -> None:
    rows = [{"id": "a"}, {"id": "a"}, {"id": 5}, "b", {}, {"id": "x/c@1"}, {"id": "y/c@1"}]
    async with upstream(offers({"/v1/models": rows})) as server, provider() as asked:
        names = [model.name for model in await asked.discover(server.url)]
    assert names == ["a", "x-c-1", "y-c-1"]


async def test_the_key_is_sent_and_named_but_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_KEY", "sk-secret")
    async with upstream(offers({"/v1/models": LIST})) as server, provider() as asked:
        found = await asked.discover(server.url, "THE_KEY")
        assert server.requests[0].headers["authorization"] == "Bearer sk-secret"
    assert found[0].config["key_env"] == "THE_KEY"
    assert "sk-secret" not in repr(found)


@pytest.mark.parametrize(
    ("pages", "failure"),
    [
        ({}, Failure.REFUSED),
        ({"/v1/models": 401}, Failure.UNAUTHORISED),
        ({"/v1/models": b"<html>"}, Failure.MALFORMED),
        ({"/v1/models": {"data": 5}}, Failure.MALFORMED),
    ],
)
async def test_a_server_that_offers_no_list(pages: Mapping[str, object], failure: Failure) -> None:
    async with upstream(offers(pages)) as server, provider() as asked:
        with pytest.raises(ProviderError) as caught:
            await asked.discover(server.url)
    assert caught.value.failure is failure


async def test_a_server_that_is_not_there_is_asked_once() -> None:
    async with upstream(hangs_up) as server, provider() as asked:
        with pytest.raises(ProviderError) as caught:
            await asked.discover(server.url)
        assert caught.value.failure is Failure.UNREACHABLE
        assert len(server.requests) <= 2


async def test_an_address_that_is_none() -> None:
    async with provider() as asked:
        with pytest.raises(ConfigError, match="base_url"):
            await asked.discover("localhost:11434")
