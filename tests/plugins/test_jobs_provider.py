"""Painters behind an API of jobs, as a configuration describes it."""

from __future__ import annotations

import asyncio
import base64
import tomllib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from kit.pictures import decoded
from polyarena import (
    ConfigError,
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
from polyarena_providers.jobs import JobsProvider

from .easel import PNG, answers, refuses
from .test_images_provider import half, stored
from .upstream import Behaviour, Upstream, fails, then_silent, upstream

pytestmark = pytest.mark.anyio
F = Failure
FILES = {"a": PNG, "b": half("L")}
API = """
base_url = "{url}"
key_env = "JOBS_KEY"
key_header = "x-key"
key_prefix = ""
headers = {{ x-version = "3" }}
submit = {{ path = "/jobs", body = {{ input = {{ prompt = "{{prompt}}", width = "{{width}}", \
height = "{{height}}", note = "for {{model}}" }}, model = "{{model}}" }} }}
edit = {{ path = "/edits", body = {{ prompt = "{{prompt}}", images = ["{{picture}}"], \
mask = "{{mask}}" }} }}
job = "/job/id"
poll = {{ path = "/jobs/{{job}}" }}
every = 0.05
status = "/job/state"
done = ["ready", "done"]
failed = ["error"]
refused = ["moderated"]
fetch = {{ path = "/jobs/{{job}}/result" }}
picture = "/output/0/image"
cancel = {{ path = "/jobs/{{job}}/cancel" }}
"""
SUBMITTED = answers({"job": {"id": "j/7"}})
BUSY = answers({"job": {"state": "painting"}})
READY = answers({"job": {"state": "ready"}})
RESULT = answers({"output": [{"image": base64.b64encode(PNG).decode()}]})
MODERATED = answers({"job": {"state": "moderated"}})
GOOD = (SUBMITTED, BUSY, READY, RESULT)


async def load(part: Image | File) -> bytes:
    return FILES[part.artifact[0]]


def request(prompt: str = "A cat", *pictures: Image, **parameters: Any) -> ModelRequest:
    parts = (Text(text=prompt), *pictures)
    return ModelRequest((Message(role="user", parts=parts),), parameters, load=load)


def model(api: str = "acme", can: tuple[str, ...] = ("text-to-image", "image-edit")) -> Model:
    config = {"api": api, "model": "dev"}
    return Model(name="Painter", provider="jobs", config=config, capabilities=frozenset(can))


def table(url: str, **changed: Any) -> dict[str, Any]:
    read = tomllib.loads(API.format(url=url.removesuffix("/v1"))) | changed
    return {name: value for name, value in read.items() if value is not None}


@asynccontextmanager
async def asking(
    monkeypatch: pytest.MonkeyPatch, *behaviours: Behaviour, total: float = 5, **changed: Any
) -> AsyncGenerator[tuple[JobsProvider, Upstream]]:
    """A provider and the server that its API describes."""
    monkeypatch.setenv("JOBS_KEY", "k-secret-1234567")
    async with upstream(*behaviours) as server:
        options = {"total": total, "connect": 2, "retries": 0}
        made = JobsProvider({**options, "apis": {"acme": table(server.url, **changed)}})
        try:
            yield made, server
        finally:
            await made.close()


async def events(asked: JobsProvider, what: ModelRequest) -> list[Event]:
    return [event async for event in asked.stream(model(), what)]


async def test_a_job_is_submitted_polled_and_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    async with asking(monkeypatch, *GOOD) as (asked, server):
        found = await events(asked, request(size="1536x1024", steps=20))
    assert found == [PictureReady(PNG), Finish()]
    sent = [(one.method, one.path) for one in server.requests]
    assert sent == [
        ("POST", "/jobs"),
        ("GET", "/jobs/j%2F7"),
        ("GET", "/jobs/j%2F7"),
        ("GET", "/jobs/j%2F7/result"),
    ]
    assert server.requests[0].body == {
        "input": {"prompt": "A cat", "width": 1536, "height": 1024, "note": "for dev"},
        "model": "dev",
        "steps": 20,
    }
    for one in server.requests:
        assert one.headers["x-key"] == "k-secret-1234567"
        assert one.headers["x-version"] == "3"


async def test_the_picture_may_lie_in_the_last_poll_and_at_an_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready = answers({"job": {"state": "done"}, "output": [{"image": "https://x.example/p.png"}]})
    async with asking(monkeypatch, SUBMITTED, ready, fetch=None) as (asked, _):
        found = await events(asked, request())
    assert found == [PictureReady(url="https://x.example/p.png"), Finish()]


@pytest.mark.parametrize("pictures", ["data", "base64"])
async def test_an_edit_carries_the_pictures(monkeypatch: pytest.MonkeyPatch, pictures: str) -> None:
    async with asking(monkeypatch, *GOOD, *GOOD, pictures=pictures) as (asked, server):
        await events(asked, request("Bluer", stored("a")))
        await events(asked, request("Bluer", stored("a"), stored("b")))
        sent = [one.body for one in server.requests if one.path == "/edits"]
    head = "data:image/png;base64," if pictures == "data" else ""
    written = head + base64.b64encode(PNG).decode()
    assert sent[0] == {"prompt": "Bluer", "images": [written]}
    assert sent[1]["images"] == [written]
    mask = decoded(base64.b64decode(sent[1]["mask"].removeprefix(head)))
    assert (mask.mode, mask.getpixel((10, 20)), mask.getpixel((50, 20))) == ("L", 0, 255)


@pytest.mark.parametrize(
    "behaviours",
    [
        pytest.param((SUBMITTED, MODERATED), id="status"),
        pytest.param((refuses("content_policy_violation"),), id="on submission"),
        pytest.param(
            (
                SUBMITTED,
                answers({"job": {"state": "error"}, "error": {"code": "content_moderation"}}),
            ),
            id="error code",
        ),
    ],
)
async def test_a_refusal(
    monkeypatch: pytest.MonkeyPatch, behaviours: tuple[Behaviour, ...]
) -> None:
    async with asking(monkeypatch, *behaviours) as (asked, _):
        assert await events(asked, request()) == [Finish("refused")]


@pytest.mark.parametrize(
    ("behaviours", "failure"),
    [
        pytest.param((fails(401),), F.UNAUTHORISED, id="401"),
        pytest.param((fails(429, retry_after="30"),), F.RATE_LIMITED, id="429"),
        pytest.param((SUBMITTED, fails(500)), F.SERVER_ERROR, id="poll 500"),
        pytest.param((answers({"id": 3}),), F.MALFORMED, id="no id"),
        pytest.param((SUBMITTED, answers({"job": {}})), F.MALFORMED, id="no status"),
        pytest.param((SUBMITTED, answers(b"<html>")), F.MALFORMED, id="HTML"),
        pytest.param(
            (SUBMITTED, answers({"job": {"state": "error"}})), F.SERVER_ERROR, id="failed"
        ),
        pytest.param((SUBMITTED, READY, answers({"output": []})), F.EMPTY, id="no picture"),
        pytest.param(
            (SUBMITTED, READY, answers({"output": [{"image": 5}]})), F.MALFORMED, id="a number"
        ),
    ],
)
async def test_failure(
    monkeypatch: pytest.MonkeyPatch, behaviours: tuple[Behaviour, ...], failure: Failure
) -> None:
    async with asking(monkeypatch, *behaviours) as (asked, _):
        with pytest.raises(ProviderError) as caught:
            await events(asked, request())
    assert caught.value.failure is failure
    assert "k-secret" not in caught.value.detail


async def test_a_job_that_nobody_waits_for_any_more_is_cancelled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with asking(monkeypatch, SUBMITTED, BUSY, total=0.4) as (asked, server):
        with pytest.raises(ProviderError) as caught:
            await events(asked, request())
        assert server.requests[-1].path == "/jobs/j%2F7/cancel"
    assert caught.value.failure is Failure.ENDLESS
    async with asking(monkeypatch, SUBMITTED, then_silent(), answers({})) as (asked, server):
        waiting = asyncio.create_task(events(asked, request()))
        while len(server.requests) < 2:  # noqa: ASYNC110  (it says when it was first asked only)
            await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert (server.requests[-1].method, server.requests[-1].path) == (
            "POST",
            "/jobs/j%2F7/cancel",
        )


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"submit": None}, "acme.submit"),
        ({"submit": {"path": "jobs"}}, "acme.submit.path"),
        ({"submit": {"path": "/jobs", "body": {"p": "{promt}"}}}, "promt"),
        ({"poll": {"path": "/jobs"}}, "job"),
        ({"base_url": "ftp://x"}, "acme.base_url"),
        ({"picture": "output"}, "acme.picture"),
        ({"done": []}, "acme.done"),
        ({"evry": 1}, "acme.evry"),
    ],
)
def test_a_wrong_description_is_named(changed: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        JobsProvider({"apis": {"acme": table("http://x.example/v1", **changed)}})


def test_a_model_must_name_an_api_that_can_do_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBS_KEY", "k")
    made = JobsProvider({"apis": {"acme": table("http://x.example/v1", edit=None)}})
    assert made.check(model(can=("text-to-image",))) is None
    assert "no edit" in (made.check(model()) or "")
    assert "apis.other" in (made.check(model("other")) or "")
    assert "capabilities" in (made.check(model(can=("text",))) or "")
    monkeypatch.delenv("JOBS_KEY")
    assert "JOBS_KEY" in (made.check(model(can=("text-to-image",))) or "")
