"""Every way in which a model server can fail, and what becomes of it."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from polyarena import Failure, ProviderError

from .asking import events, model, provider
from .upstream import (
    ANSWER,
    DONE,
    Behaviour,
    breaks_off,
    delta,
    endless,
    event,
    fails,
    finish,
    hangs_up,
    says,
    then_silent,
    upstream,
)

pytestmark = pytest.mark.anyio

SHORT: dict[str, Any] = {"first_token": 0.3, "between_tokens": 0.3}
F = Failure


async def fault(*behaviours: Behaviour, **options: Any) -> ProviderError:
    async with upstream(*behaviours) as server, provider(**options) as asked:
        with pytest.raises(ProviderError) as caught:
            await events(asked, model(server.url))
        await asyncio.sleep(0)
        return caught.value


@pytest.mark.parametrize(
    ("behaviour", "options", "failure"),
    [
        pytest.param(fails(401), {}, F.UNAUTHORISED, id="401"),
        pytest.param(fails(403), {}, F.UNAUTHORISED, id="403"),
        pytest.param(fails(429), {}, F.RATE_LIMITED, id="429"),
        pytest.param(fails(500), {}, F.SERVER_ERROR, id="500"),
        pytest.param(fails(501), {}, F.SERVER_ERROR, id="501"),
        pytest.param(fails(400), {}, F.REFUSED, id="400"),
        pytest.param(fails(404), {}, F.REFUSED, id="404"),
        pytest.param(fails(302, location="http://127.0.0.1/"), {}, F.REFUSED, id="redirect"),
        pytest.param(hangs_up, {}, F.UNREACHABLE, id="hangs up"),
        pytest.param(says(b"data: {oops\n\n"), {}, F.MALFORMED, id="broken JSON"),
        pytest.param(says(b"data: [1]\n\n"), {}, F.MALFORMED, id="no object"),
        pytest.param(says(b"data: \xff\n\n"), {}, F.MALFORMED, id="no UTF-8"),
        pytest.param(says(event({"choices": 5})), {}, F.MALFORMED, id="choices a number"),
        pytest.param(says(event({"choices": {"a": 1}})), {}, F.MALFORMED, id="choices a map"),
        pytest.param(says(event({"choices": ["x"]})), {}, F.MALFORMED, id="choice a text"),
        pytest.param(
            says(event({"choices": [{"delta": {"content": ["x"]}}]})), {}, F.MALFORMED, id="content"
        ),
        pytest.param(says(b"data: " + b"[" * 1100 + b"\n\n"), {}, F.MALFORMED, id="deep"),
        pytest.param(
            says(delta("x"), event({"error": {"message": "overloaded"}})),
            {},
            F.SERVER_ERROR,
            id="error in the stream",
        ),
        pytest.param(says(b'{"error": {"message": "x"}}'), {}, F.SERVER_ERROR, id="error document"),
        pytest.param(says(delta("Once")), {}, F.CUT, id="no finish"),
        pytest.param(says(delta("Once"), DONE), {}, F.CUT, id="done without finish"),
        pytest.param(says(delta("Once"), chunked=False), {}, F.CUT, id="closed"),
        pytest.param(says(delta("Once"), b'data: {"cho'), {}, F.CUT, id="inside an event"),
        pytest.param(breaks_off, {}, F.CUT, id="inside a chunk"),
        pytest.param(says(), {}, F.CUT, id="no body"),
        pytest.param(says(b"<html>Hello</html>"), {}, F.CUT, id="HTML"),
        pytest.param(then_silent(), SHORT, F.SILENT, id="silence"),
        pytest.param(then_silent(delta("Once")), SHORT, F.SILENT, id="silence after a token"),
        pytest.param(endless(b": alive\n\n", 0.02), SHORT, F.SILENT, id="only comments"),
        pytest.param(endless(delta(""), 0.02), SHORT, F.SILENT, id="only empty deltas"),
        pytest.param(endless(delta("x" * 99)), {"answer": 1000}, F.ENDLESS, id="too long"),
        pytest.param(endless(delta("x"), 0.02), {"total": 0.4}, F.ENDLESS, id="too slow"),
        pytest.param(
            endless(delta("", reasoning_content="hm"), 0.02),
            {"total": 0.4},
            F.ENDLESS,
            id="thinks for ever",
        ),
        pytest.param(endless(b"data: " + b"x" * 100_000), {}, F.ENDLESS, id="one line"),
        pytest.param(endless(b"{" + b" " * 100_000), {}, F.ENDLESS, id="one document"),
        pytest.param(says(finish(), DONE), {}, F.EMPTY, id="empty"),
        pytest.param(says(delta(" \n\t"), finish(), DONE), {}, F.EMPTY, id="only white space"),
        pytest.param(
            says(delta("", reasoning_content="hm"), finish(), DONE), {}, F.EMPTY, id="only thoughts"
        ),
    ],
)
async def test_failure(behaviour: Behaviour, options: dict[str, Any], failure: Failure) -> None:
    error = await fault(behaviour, **options)
    assert error.failure is failure
    assert error.detail
    assert str(error) == failure.value


async def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        async with provider() as asked:
            with pytest.raises(ProviderError) as caught:
                await events(asked, model(url))
    assert caught.value.failure is Failure.UNREACHABLE


async def test_no_such_host() -> None:
    async with provider() as asked:
        with pytest.raises(ProviderError) as caught:
            await events(asked, model("http://no-such-host.invalid/v1"))
    assert caught.value.failure is Failure.UNREACHABLE


async def test_no_http() -> None:
    async def gibberish(exchange: Any) -> None:
        exchange.writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")

    assert (await fault(gibberish)).failure in (Failure.UNREACHABLE, Failure.MALFORMED)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("17", 17), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", None), ("-5", 0), ("1e999", None)],
)
async def test_retry_after_is_handed_on(header: str, seconds: float | None) -> None:
    assert (await fault(fails(429, retry_after=header))).retry_after == seconds


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_what_passes_is_asked_again(status: int) -> None:
    async with upstream(fails(status), hangs_up, ANSWER) as server, provider(retries=2) as asked:
        assert await events(asked, model(server.url))
        assert len(server.requests) == 3


async def test_a_short_retry_after_is_waited_for_and_a_long_one_is_not() -> None:
    short = fails(429, retry_after="0")
    async with upstream(short, ANSWER) as server, provider(retries=1) as asked:
        assert await events(asked, model(server.url))
    long = fails(429, retry_after="60")
    async with upstream(long, ANSWER) as server, provider(retries=1) as asked:
        with pytest.raises(ProviderError):
            await events(asked, model(server.url))
        assert len(server.requests) == 1


@pytest.mark.parametrize(
    "behaviour",
    [fails(401), fails(400), fails(501), says(delta("Once")), says(finish()), breaks_off],
)
async def test_what_lasts_or_has_begun_is_not_asked_again(behaviour: Behaviour) -> None:
    async with upstream(behaviour, ANSWER) as server, provider(retries=2) as asked:
        with pytest.raises(ProviderError):
            await events(asked, model(server.url))
        assert len(server.requests) == 1


async def test_retries_end() -> None:
    async with upstream(fails(503)) as server, provider(retries=1) as asked:
        with pytest.raises(ProviderError):
            await events(asked, model(server.url))
        assert len(server.requests) == 2


async def test_the_key_is_nowhere_in_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-very-secret-0123456789"
    monkeypatch.setenv("THE_KEY", key)
    for behaviour in (
        fails(401, f"Incorrect key {key}. " * 50),
        fails(500, key),
        says(f"data: {key}\n\n".encode()),
        says(event({"error": f"bad {key}"})),
    ):
        async with upstream(behaviour) as server, provider() as asked:
            with pytest.raises(ProviderError) as caught:
                await events(asked, model(server.url, key_env="THE_KEY"))
            assert server.requests[0].headers["authorization"] == f"Bearer {key}"
        assert "secret" not in caught.value.detail
        assert "[key]" in caught.value.detail
        assert len(caught.value.detail) <= 500


@pytest.mark.parametrize("value", ["", "  ", "two words", "line\nbreak", "schlüssel"])
async def test_a_key_that_cannot_be_sent(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_KEY", value)
    async with upstream(ANSWER) as server, provider() as asked:
        contestant = model(server.url, key_env="THE_KEY")
        assert "THE_KEY" in (asked.check(contestant) or "")
        with pytest.raises(ProviderError) as caught:
            await events(asked, contestant)
        assert server.requests == []
    assert caught.value.failure is Failure.UNAUTHORISED
    assert "THE_KEY" in caught.value.detail
