"""Models that answer from a script."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from ..bundle import Bundle
from ..content import File, Image
from ..errors import NotFound, PictureRefused, SandboxUnavailable
from ..model import Model
from ..painted import with_stored
from ..provider import Delta, Event, ModelRequest, Provider
from ..sandbox import Sandbox

PNG = b"\x89PNG\r\n\x1a\n"
Script = Sequence[Event | str | float | BaseException]
"""What happens in turn: an event, a text to stream, seconds to wait, an error to raise."""


class ScriptedModel:
    """A model whose n-th request is answered by the n-th script; the last one repeats.

    `given` are further fields of `Model`, such as `capabilities` or `organization`.
    """

    def __init__(self, name: str, *scripts: Script, **given: Any) -> None:
        if not scripts:
            raise ValueError("a scripted model needs a script")
        self.scripts = scripts
        self.model = Model(name=name, provider=ScriptedProvider.name, **given)


class ScriptedProvider(Provider):
    """Brings scripted models.

    `requests` holds what was asked, in order, with the model; `streaming` is the number of
    streams that are open.
    """

    name = "scripted"

    def __init__(self, models: Iterable[ScriptedModel]) -> None:
        self._scripted = {scripted.model.name: scripted for scripted in models}
        self._asked: Counter[str] = Counter()
        self.requests: list[tuple[Model, ModelRequest]] = []
        self.streaming = 0

    def models(self) -> Sequence[Model]:
        return tuple(scripted.model for scripted in self._scripted.values())

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        scripts = self._scripted[model.name].scripts
        script = scripts[min(self._asked[model.name], len(scripts) - 1)]
        self._asked[model.name] += 1
        self.requests.append((model, request))
        self.streaming += 1
        try:
            for step in script:
                if isinstance(step, BaseException):
                    raise step
                if isinstance(step, (int, float)):
                    await asyncio.sleep(step)
                else:
                    yield Delta(step) if isinstance(step, str) else step
        finally:
            self.streaming -= 1


class ScriptedRun:
    """What `Arena.respond` is given, over one scripted model.

    What the arena keeps is in `kept`, by artifact; without a `sandbox`, asking for it raises. It
    may fetch what is put in `web`, PNGs by their addresses. An error that is put in `faults` by the
    name of a method (`keep`, `fetch`, `keep_bundle`, `load`, `rendition`) is raised by it.
    """

    owner = "somebody"

    def __init__(self, scripted: ScriptedModel, sandbox: Sandbox | None = None) -> None:
        self.model = scripted.model
        self.provider = ScriptedProvider([scripted])
        self.kept: dict[str, bytes] = {}
        self.web: dict[str, bytes] = {}
        self.faults: dict[str, Exception] = {}
        self._sandbox = sandbox

    @property
    def sandbox(self) -> Sandbox:
        """The sandbox that was given."""
        if self._sandbox is None:
            raise SandboxUnavailable("No sandbox is installed here.")
        return self._sandbox

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Keep bytes in memory; a PNG becomes an `Image`."""
        self._fail("keep")
        digest = hashlib.sha256(data).hexdigest()
        self.kept[digest] = data
        if data.startswith(PNG):
            width, height = (int.from_bytes(data[at : at + 4], "big") or 1 for at in (16, 20))
            return Image(
                artifact=digest,
                media_type="image/png",
                width=width,
                height=height,
                filename=filename,
            )
        return File(artifact=digest, filename=filename, size=len(data))

    async def fetch(self, url: str) -> Image:
        """Keep what is said to lie at an address."""
        self._fail("fetch")
        if url not in self.web:
            raise PictureRefused("The address cannot be reached.")
        kept = await self.keep(self.web[url], url.rpartition("/")[2])
        if not isinstance(kept, Image):
            raise PictureRefused("The file is no picture.")
        return kept

    async def keep_bundle(self, files: Mapping[str, bytes]) -> str:
        """Keep an app's files in memory, and their manifest."""
        self._fail("keep_bundle")
        bundle = Bundle.of(files)
        for data in (*files.values(), bundle.manifest):
            await self.keep(data, "")
        return bundle.digest

    async def load(self, part: Image | File) -> bytes:
        """Bytes that were kept."""
        self._fail("load")
        if part.artifact not in self.kept:
            raise NotFound("There is no such file, or it was deleted.")
        return self.kept[part.artifact]

    async def rendition(self, picture: Image, width: int, height: int) -> Image:
        """A picture of that size, in which nothing can be seen."""
        self._fail("rendition")
        drawn = f"{width} x {height} ".encode() + await self.load(picture)
        digest = hashlib.sha256(drawn).hexdigest()
        self.kept[digest] = drawn
        return Image(
            artifact=digest,
            media_type="image/jpeg",
            width=width,
            height=height,
            filename="picture.jpg",
            alt=picture.alt,
        )

    def _fail(self, method: str) -> None:
        if fault := self.faults.get(method):
            raise fault

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Event]:
        """Stream the script, what it makes kept."""
        asked = replace(request, load=self.load)
        async with aclosing(self.provider.stream(self.model, asked)) as events:
            async for event in events:
                yield await with_stored(event, self)
