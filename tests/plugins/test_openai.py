from __future__ import annotations

import asyncio
from typing import Any

import pytest

from polyarena import (
    Code,
    ConfigError,
    Delta,
    Finish,
    Message,
    ModelRequest,
    Part,
    ProviderError,
    Table,
    Text,
)
from polyarena_providers.plugin import polyarena_register_providers

from .asking import answer, events, model, provider, request
from .upstream import (
    ANSWER,
    DONE,
    Exchange,
    delta,
    event,
    fails,
    finish,
    says,
    then_silent,
    upstream,
    usage,
)

pytestmark = pytest.mark.anyio


async def test_an_answer_with_its_token_counts() -> None:
    async with upstream(ANSWER) as server, provider() as asked:
        assert await answer(asked, model(server.url)) == ("Hello world", Finish("stop", 7, 2))


async def test_what_is_sent() -> None:
    thread = (
        Message(role="system", parts=(Text(text="Be kind."),)),
        Message(role="user", parts=(Text(text="One"), Text(text="Two"))),
        Message(role="assistant", parts=(Code(text="x = 1", language="python"),)),
        Message(role="user", parts=(Text(text="Three"),)),
    )
    parameters = {"temperature": 0.5, "max_tokens": 9, "model": "other", "stream": False}
    async with upstream(ANSWER) as server, provider() as asked:
        async for _ in asked.stream(model(server.url), ModelRequest(thread, parameters)):
            pass
        sent = server.requests[0]
    assert (sent.method, sent.path) == ("POST", "/v1/chat/completions")
    assert "authorization" not in sent.headers
    assert sent.body == {
        "model": "any-1",
        "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "One\n\nTwo"},
            {"role": "assistant", "content": "```python\nx = 1\n```"},
            {"role": "user", "content": "Three"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.5,
        "max_tokens": 9,
    }


async def test_a_part_that_is_no_text_is_not_dropped_in_silence() -> None:
    table: tuple[Part, ...] = (Table(header=("a",), rows=(("b",),)),)
    asking = ModelRequest((Message(role="user", parts=table),))
    async with upstream(ANSWER) as server, provider() as asked:
        with pytest.raises(ProviderError):
            await anext(asked.stream(model(server.url), asking))
        assert server.requests == []


@pytest.mark.parametrize(
    ("reason", "told"),
    [("stop", "stop"), ("length", "length"), ("content_filter", "refused"), ("tool_calls", "stop")],
)
async def test_finish_reasons(reason: str, told: str) -> None:
    async with upstream(says(delta("x"), finish(reason), DONE)) as server, provider() as asked:
        assert (await answer(asked, model(server.url)))[1].reason == told


async def test_reasoning_and_tool_calls_are_left_out() -> None:
    stream = (
        delta("", reasoning_content="Let me think"),
        delta("", reasoning="more"),
        event({"choices": [{"delta": {"content": None, "tool_calls": [{"id": "a"}]}}]}),
        delta("Yes"),
        finish(),
        DONE,
    )
    async with upstream(says(*stream)) as server, provider() as asked:
        assert (await answer(asked, model(server.url)))[0] == "Yes"


async def test_a_server_that_does_not_stream() -> None:
    async def whole(exchange: Exchange) -> None:
        await exchange.head(kind="application/json")
        await exchange.send(b'{"object": "chat.completion", "choices": [{"message": ')
        await exchange.send('{"content": "Grüße"}, "finish_reason": "stop"}], '.encode())
        await exchange.send(b'"usage": {"prompt_tokens": 3, "completion_tokens": 1}}')

    async with upstream(whole) as server, provider() as asked:
        assert await answer(asked, model(server.url)) == ("Grüße", Finish("stop", 3, 1))


async def test_an_encoding_nobody_asked_for_is_undone() -> None:
    import gzip

    async def packed(exchange: Exchange) -> None:
        await exchange.head(headers={"content-encoding": "gzip"})
        await exchange.send(gzip.compress(delta("packed") + finish() + DONE))

    async with upstream(packed) as server, provider() as asked:
        assert (await answer(asked, model(server.url)))[0] == "packed"
        assert server.requests[0].headers["accept-encoding"] == "identity"


async def test_pieces_cut_inside_a_character_arrive_whole_and_in_time() -> None:
    stream = delta("🌍 ") + delta("世界") + finish() + DONE
    pieces = says(*(bytes([byte]) for byte in stream))
    async with upstream(pieces) as server, provider() as asked:
        assert (await answer(asked, model(server.url)))[0] == "🌍 世界"


@pytest.mark.parametrize("chunks", [(finish(),), (finish(), DONE), (finish(), usage(1, 1), DONE)])
async def test_a_finished_answer_does_not_wait_for_the_connection(
    chunks: tuple[bytes, ...],
) -> None:
    server_stays = then_silent(delta("All"), *chunks)
    async with upstream(server_stays) as server, provider(between_tokens=0.3) as asked:
        assert (await answer(asked, model(server.url)))[0] == "All"
        await server.disconnected.wait()


async def test_a_refused_stream_option_is_left_out_from_then_on() -> None:
    refusal = fails(400, "Unrecognized request argument supplied: stream_options")
    async with upstream(refusal, ANSWER) as server, provider() as asked:
        assert (await answer(asked, model(server.url)))[0] == "Hello world"
        assert (await answer(asked, model(server.url)))[0] == "Hello world"
        sent = ["stream_options" in each.body for each in server.requests]
    assert sent == [True, False, False]


async def test_closing_the_stream_closes_the_connection() -> None:
    async with upstream(then_silent(delta("Once"))) as server, provider() as asked:
        stream = asked.stream(model(server.url), request())
        assert await anext(stream) == Delta("Once")
        await stream.aclose()
        await asyncio.wait_for(server.disconnected.wait(), 2)


@pytest.mark.parametrize("chunks", [(), (delta("Once"),)])
async def test_cancelling_closes_the_connection(chunks: tuple[bytes, ...]) -> None:
    async with upstream(then_silent(*chunks)) as server, provider() as asked:
        task = asyncio.create_task(events(asked, model(server.url)))
        await server.asked.wait()
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(server.disconnected.wait(), 2)


async def test_connections_are_used_again() -> None:
    async with upstream(ANSWER) as server, provider() as asked:
        for _ in range(5):
            await answer(asked, model(server.url))
        assert len(server.requests) == 5
        assert server.opened == 1


async def test_many_at_once() -> None:
    async with upstream(ANSWER) as server, provider() as asked:
        answers = await asyncio.gather(*(answer(asked, model(server.url)) for _ in range(150)))
    assert {text for text, _ in answers} == {"Hello world"}


async def test_time_spent_by_the_reader_is_not_the_models() -> None:
    async with upstream(ANSWER) as server, provider(between_tokens=0.2, first_token=0.5) as asked:
        stream = asked.stream(model(server.url), request())
        said = [await anext(stream)]
        await asyncio.sleep(0.6)
        said += [each async for each in stream]
    assert isinstance(said[-1], Finish)


async def test_a_model_may_have_patience_of_its_own() -> None:
    async with upstream(then_silent()) as server, provider(first_token=60) as asked:
        hasty = model(server.url, timeouts={"first_token": 0.1})
        with pytest.raises(ProviderError) as caught:
            await events(asked, hasty)
    assert caught.value.failure == "silent"


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ({"base_url": "localhost:11434"}, "config.base_url"),
        ({"base_url": "ftp://host/v1"}, "config.base_url"),
        ({"base_url": "http:///v1"}, "config.base_url"),
        ({"model": ""}, "config.model"),
        ({"modle": "x"}, "config.modle"),
        ({"key": "sk-123"}, "config.key"),
        ({"timeouts": {"first": 1}}, "config.timeouts.first"),
        ({"timeouts": {"total": -1}}, "config.timeouts.total"),
        ({"key_env": "NOT_SET_ANYWHERE"}, "NOT_SET_ANYWHERE"),
    ],
)
async def test_a_wrong_configuration_is_named(config: dict[str, Any], named: str) -> None:
    async with provider() as asked:
        wrong = model("http://127.0.0.1:9/v1", **config)
        message = asked.check(wrong)
        assert message is not None
        assert named in message
        assert "sk-123" not in message
        with pytest.raises(ProviderError):
            await events(asked, wrong)


async def test_a_right_configuration_passes() -> None:
    async with provider() as asked:
        assert asked.check(model("https://host.example/v1/", timeouts={"total": 5})) is None


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"openai": {"connect": 0}}, r"plugins\.providers\.openai\.connect"),
        ({"openai": {"speed": 1}}, r"plugins\.providers\.openai\.speed"),
        ({"openai": 5}, r"plugins\.providers\.openai"),
        ({"opanai": {}}, "opanai"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        polyarena_register_providers(options)


async def test_a_closed_provider_opens_anew() -> None:
    async with upstream(ANSWER) as server, provider() as asked:
        await answer(asked, model(server.url))
        await asked.close()
        await asked.close()
        assert (await answer(asked, model(server.url)))[0] == "Hello world"
