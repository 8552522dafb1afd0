"""Painting by OpenAI's protocol: what is sent, what comes back, and what can go wrong."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from llmock.scenarios import Fail
from llmock.testing import LLMockServer
from PIL import Image as Pillow
from PIL import ImageDraw

from kit.pictures import decoded, encoded
from polyarena import (
    ConfigError,
    Delta,
    Event,
    Failure,
    File,
    Finish,
    Image,
    Message,
    Model,
    ModelRequest,
    PictureReady,
    ProviderError,
    Text,
)
from polyarena_providers import beating
from polyarena_providers.images import ImagesProvider

from .easel import PNG, answers, paints, refuses
from .upstream import Behaviour, breaks_off, fails, hangs_up, then_silent, upstream

pytestmark = pytest.mark.anyio
F = Failure


def stored(letter: str, size: tuple[int, int] = (64, 48)) -> Image:
    width, height = size
    return Image(
        artifact=letter * 64,
        media_type="image/png",
        width=width,
        height=height,
        filename=f"{letter}.png",
    )


def half(mode: str) -> bytes:
    """A mask whose right half may change: white, or transparent."""
    made = Pillow.new(mode, (64, 48), (0, 0, 0, 255) if mode == "RGBA" else 0)
    ImageDraw.Draw(made).rectangle((32, 0, 64, 48), fill=(0, 0, 0, 0) if mode == "RGBA" else 255)
    return encoded(made, "PNG")


FILES = {"a": PNG, "b": half("L"), "c": half("RGBA")}


async def load(part: Image | File) -> bytes:
    return FILES[part.artifact[0]]


def request(prompt: str = "A cat", *pictures: Image, **parameters: Any) -> ModelRequest:
    parts = (Text(text=prompt), *pictures)
    return ModelRequest((Message(role="user", parts=parts),), parameters, load=load)


def model(url: str, **config: Any) -> Model:
    return Model(
        name="Painter",
        provider="openai-images",
        config={"base_url": url, "model": "paint-1", **config},
        capabilities=frozenset({"text-to-image"}),
    )


@asynccontextmanager
async def provider(**options: Any) -> AsyncGenerator[ImagesProvider]:
    made = ImagesProvider({"connect": 2, "total": 5, "retries": 0, **options})
    try:
        yield made
    finally:
        await made.close()


async def events(asked: ImagesProvider, of: Model, what: ModelRequest) -> list[Event]:
    return [event async for event in asked.stream(of, what)]


async def fault(*behaviours: Behaviour, **options: Any) -> ProviderError:
    async with upstream(*behaviours) as server, provider(**options) as asked:
        with pytest.raises(ProviderError) as caught:
            await events(asked, model(server.url), request())
        return caught.value


async def test_a_prompt_becomes_a_picture() -> None:
    async with upstream(paints()) as server, provider() as asked:
        made, last = await events(
            asked, model(server.url), request(size="1024x1536", quality="high")
        )
        (received,) = server.requests
    assert made == PictureReady(PNG)
    assert last == Finish()
    assert received.body == {
        "model": "paint-1",
        "prompt": "A cat",
        "n": 1,
        "size": "1024x1536",
        "quality": "high",
    }


async def test_a_server_may_call_a_size_otherwise() -> None:
    sizes = {"1024x1536": "1536x1024"}
    async with upstream(paints()) as server, provider() as asked:
        await events(asked, model(server.url, sizes=sizes), request(size="1024x1536"))
        assert server.requests[0].body["size"] == "1536x1024"


@pytest.mark.parametrize("mask", ["", "b", "c"], ids=["no mask", "white mask", "clear mask"])
async def test_an_edit_sends_picture_and_mask(mask: str) -> None:
    pictures = [stored("a"), *([stored(mask)] if mask else [])]
    async with upstream(paints()) as server, provider() as asked:
        made, _ = await events(asked, model(server.url), request("Bluer", *pictures))
        body = server.requests[0].body
    assert made == PictureReady(PNG)
    assert body["image"] == ("a.png", "image/png", PNG)
    if mask:
        clear = decoded(body["mask"][2]).getchannel("A")
        assert (clear.getpixel((10, 20)), clear.getpixel((50, 20))) == (255, 0)


async def test_an_edit_is_sent_again_whole() -> None:
    async with upstream(fails(503), paints()) as server, provider(retries=1) as asked:
        made, _ = await events(asked, model(server.url), request("Bluer", stored("a")))
        first, second = server.requests
    assert first.body["image"] == second.body["image"]
    assert isinstance(made, PictureReady)


async def test_an_address_is_handed_on_to_be_fetched() -> None:
    address = "https://files.example.com/x.png?sig=1"
    async with upstream(paints(url=address)) as server, provider() as asked:
        made, _ = await events(asked, model(server.url), request())
    assert made == PictureReady(url=address)


@pytest.mark.parametrize("code", ["content_policy_violation", "moderation_blocked"])
async def test_a_moderation_that_steps_in_is_a_refusal(code: str) -> None:
    async with upstream(refuses(code)) as server, provider() as asked:
        assert await events(asked, model(server.url), request()) == [Finish("refused")]
    async with upstream(refuses(code, 200)) as server, provider() as asked:
        assert await events(asked, model(server.url), request()) == [Finish("refused")]


@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [
        pytest.param(fails(401), F.UNAUTHORISED, id="401"),
        pytest.param(fails(403), F.UNAUTHORISED, id="403"),
        pytest.param(fails(429, retry_after="17"), F.RATE_LIMITED, id="429"),
        pytest.param(fails(500), F.SERVER_ERROR, id="500"),
        pytest.param(fails(400), F.REFUSED, id="400"),
        pytest.param(refuses("invalid_value"), F.REFUSED, id="invalid value"),
        pytest.param(refuses("server_error", 200), F.SERVER_ERROR, id="error with 200"),
        pytest.param(hangs_up, F.UNREACHABLE, id="hangs up"),
        pytest.param(breaks_off, F.CUT, id="breaks off"),
        pytest.param(answers(b"<html>"), F.MALFORMED, id="HTML"),
        pytest.param(answers([1]), F.MALFORMED, id="no object"),
        pytest.param(answers({"data": "x"}), F.MALFORMED, id="no list"),
        pytest.param(answers({"data": [3]}), F.MALFORMED, id="no item"),
        pytest.param(answers({"data": [{"b64_json": "&&&"}]}), F.MALFORMED, id="no base64"),
        pytest.param(answers({"data": [{"url": 5}]}), F.MALFORMED, id="a number"),
        pytest.param(answers({"data": []}), F.EMPTY, id="no picture"),
        pytest.param(answers({"data": [{"revised_prompt": "x"}]}), F.EMPTY, id="words alone"),
    ],
)
async def test_failure(behaviour: Behaviour, failure: Failure) -> None:
    error = await fault(behaviour)
    assert error.failure is failure
    assert error.detail
    assert error.retry_after == (17 if failure is F.RATE_LIMITED else None)


async def test_what_takes_too_long_or_is_too_much_ends() -> None:
    assert (await fault(then_silent(), total=0.3)).failure is Failure.ENDLESS
    assert (await fault(paints(PNG * 20), bytes=1000)).failure is Failure.ENDLESS


async def test_it_says_that_it_is_at_work_and_lets_go_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(beating, "BEAT", 0.02)
    async with upstream(then_silent()) as server, provider() as asked:
        stream = asked.stream(model(server.url), request())
        assert [await anext(stream) for _ in range(3)] == [Delta("")] * 3
        await server.asked.wait()
        await stream.aclose()
        await asyncio.wait_for(server.disconnected.wait(), 2)


async def test_the_key_is_sent_and_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-very-secret-0123456789"
    monkeypatch.setenv("THE_KEY", key)
    async with upstream(fails(400, f"bad key {key}")) as server, provider() as asked:
        with pytest.raises(ProviderError) as caught:
            await events(asked, model(server.url, key_env="THE_KEY"), request())
        assert server.requests[0].headers["authorization"] == f"Bearer {key}"
    assert key not in caught.value.detail


async def test_a_server_that_others_wrote_understands_what_is_asked() -> None:
    with LLMockServer() as server:
        async with provider() as asked:
            of = model(server.base_url())
            what = request("A red door", size="1536x1024", response_format="b64_json")
            made, last = await events(asked, of, what)
            assert isinstance(made, PictureReady)
            linked, _ = await events(asked, of, request("A red door", size="1536x1024"))
            server.state.scenarios.add(Fail(400, code="content_policy_violation"))
            declined = await events(asked, of, request())
            server.state.scenarios.add(Fail(429, retry_after=9))
            with pytest.raises(ProviderError) as busy:
                await events(asked, of, request())
    assert last == Finish()
    assert made == linked
    assert b"A red door" in made.data
    assert b"1536" in made.data
    assert declined == [Finish("refused")]
    assert (busy.value.failure, busy.value.retry_after) == (Failure.RATE_LIMITED, 9)


@pytest.mark.parametrize(
    ("options", "named"),
    [({"totl": 3}, "totl"), ({"total": -1}, "total"), ({"bytes": "x"}, "bytes")],
)
def test_a_wrong_option_is_named(options: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError, match=f"openai-images.{named}"):
        ImagesProvider(options)


def test_a_wrong_configuration_is_told() -> None:
    made = ImagesProvider({})
    assert made.check(model("https://x.example/v1")) is None
    assert "base_url" in (made.check(model("nowhere")) or "")
    assert "totl" in (made.check(model("https://x.example", timeouts={"totl": 1})) or "")
    text = model("https://x.example/v1").model_copy(update={"capabilities": frozenset({"text"})})
    assert "text-to-image" in (made.check(text) or "")


def test_a_data_address_is_a_picture_too() -> None:
    from polyarena_providers.made import picture_in

    assert picture_in("data:image/png;base64,iVBO Rw0K").data == b64decode("iVBORw0K")
