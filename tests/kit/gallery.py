"""An arena of pictures, a server with it, and ways to send it some."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from kit.answering import Answering, answering
from kit.battles import finish
from kit.pictures import drawing, with_exif
from kit.served import ArenaPlugin, scripted, served
from polyarena import (
    Arena,
    ArenaManifest,
    Delta,
    Event,
    Finish,
    Image,
    ModelRequest,
    PartReady,
    PictureRefused,
    Run,
    Uploads,
)
from polyarena.testing import ScriptedModel

MODELS = [
    ScriptedModel(name, ["x", Finish()], capabilities=frozenset({"text", "image", "file"}))
    for name in ("One", "Two")
]
PHOTO = with_exif(drawing(900, 600), "JPEG", orientation=6)


class Gallery(Arena):
    """Takes pictures, and answers with what is put in `made` and what lies at `url`."""

    manifest = ArenaManifest(
        id="gallery",
        title="Gallery",
        summary="Pictures in, pictures out.",
        accepts=frozenset({"text", "image"}),
        uploads=Uploads(count=3, total_bytes=10_000_000),
    )

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}
        self.url = ""

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        asked = [part for part in request.messages[-1].parts if isinstance(part, Image)]
        yield Delta(f"Got {len(asked)}: {', '.join(part.alt for part in asked)}.")
        try:
            for name, data in self.made.items():
                yield PartReady(await run.keep(data, name))
            if self.url:
                yield PartReady(await run.fetch(self.url))
        except PictureRefused as refused:
            yield Delta(f" Refused: {refused}")
        yield Finish()


@contextmanager
def opened(data: Path, gallery: Gallery | None = None, **given: Any) -> Iterator[httpx.Client]:
    plugins = {**scripted(*MODELS), "gallery": ArenaPlugin(gallery or Gallery())}
    plugins |= given.pop("brought", {})
    with served(data, plugins, **given) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


@contextmanager
def elsewhere(**answers: bytes) -> Iterator[Answering]:
    """A web server in a thread of its own."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    made: list[Answering] = []

    async def serve() -> None:
        async with answering("127.0.0.1", **answers) as server:
            made.append(server)
            ready.set()
            await stop.wait()

    stop = asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield made[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


def upload(client: httpx.Client, data: bytes, name: str, **fields: str) -> httpx.Response:
    return client.post("/api/v1/artifacts", files={"file": (name, data)}, data=fields)


def refusal(response: httpx.Response) -> str:
    assert response.status_code == 422, response.text
    error = response.json()["error"]
    assert error["code"] == "picture_refused"
    return str(error["message"])


def named(part: Mapping[str, Any]) -> dict[str, str]:
    return {"type": "image", "artifact": part["artifact"], "filename": part["filename"]}


def ask(client: httpx.Client, *parts: Mapping[str, str]) -> httpx.Response:
    body = {"prompt": [{"type": "text", "text": "Look"}, *parts]}
    return client.post("/api/v1/arenas/gallery/battles", json=body)


def answer(client: httpx.Client, battle: str) -> Sequence[dict[str, Any]]:
    finish(client, battle)
    shown = client.get(f"/api/v1/battles/{battle}").json()
    parts: Sequence[dict[str, Any]] = shown["turns"][0]["answers"]["a"]["parts"]
    return parts
