"""Pictures on their way to an OpenAI-compatible server, and to one that others wrote."""

from __future__ import annotations

from base64 import b64decode

import pytest
from llmock.simulation import MockResponseSettings
from llmock.testing import LLMockServer

from kit.pictures import drawing, encoded
from polyarena import (
    Delta,
    File,
    Finish,
    Image,
    Message,
    ModelRequest,
    NotFound,
    Part,
    Text,
)

from .asking import model, provider
from .upstream import ANSWER, upstream

pytestmark = pytest.mark.anyio

DATA = encoded(drawing(), "PNG")
PICTURE = Image(artifact="a" * 64, media_type="image/png", width=320, height=200, filename="a.png")


async def load(part: Image | File) -> bytes:
    if part.artifact != PICTURE.artifact:
        raise NotFound("There is no such file, or it was deleted.")
    return DATA


def asking(*parts: Part) -> ModelRequest:
    return ModelRequest((Message(role="user", parts=parts),), load=load)


async def test_words_and_pictures_keep_their_order() -> None:
    parts = (Text(text="Compare"), PICTURE, Text(text=""), Text(text="with"), PICTURE)
    async with upstream(ANSWER) as server, provider() as asked:
        async for _ in asked.stream(model(server.url), asking(*parts)):
            pass
        (message,) = server.requests[0].body["messages"]
    first, second, third, fourth = message["content"]
    assert first == {"type": "text", "text": "Compare"}
    assert third == {"type": "text", "text": "with"}
    assert second == fourth
    head, _, data = second["image_url"]["url"].partition(",")
    assert (second["type"], head) == ("image_url", "data:image/png;base64")
    assert b64decode(data) == DATA


async def test_a_picture_that_was_deleted_is_said_and_nothing_is_sent() -> None:
    gone = PICTURE.model_copy(update={"artifact": "b" * 64})
    async with upstream(ANSWER) as server, provider() as asked:
        with pytest.raises(NotFound):
            await anext(asked.stream(model(server.url), asking(Text(text="Look"), gone)))
        assert server.requests == []


async def test_a_server_of_others_makes_out_the_picture() -> None:
    echo = MockResponseSettings(response_style="echo")
    with LLMockServer(responses=echo) as server:
        async with provider() as asked:
            request = asking(Text(text="Before"), PICTURE, Text(text="after"))
            of = model(server.base_url())
            events = [event async for event in asked.stream(of, request)]
    said = "".join(event.text for event in events if isinstance(event, Delta))
    assert said == "Hello! You said: Before [image input] after"
    assert isinstance(events[-1], Finish)
    assert events[-1].reason == "stop"
