"""The provider `openai-images`: any server that speaks OpenAI's image generations and edits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from pydantic import Field

from polyarena import (
    ConfigError,
    Event,
    Failure,
    Finish,
    Model,
    ModelRequest,
    PictureReady,
    Provider,
    ProviderError,
)

from .beating import painting
from .canvas import SIZE, Canvas, clear_mask
from .deadline import Deadline
from .endpoint import Endpoint, checked, read_key
from .endurance import Endurance
from .faults import StatusFault
from .made import picture_of
from .pool import Pool
from .refusals import declined_in

if TYPE_CHECKING:
    import httpx

    from .connection import Connection

EDIT = "image-edit"
PAINT = "text-to-image"


class ImageEndpoint(Endpoint):
    """`sizes` says how this server calls a size that it has not: `{"1024x1536": "1024x1792"}`.

    `timeouts` overrides single fields of `Endurance`.
    """

    sizes: dict[str, str] = Field(default_factory=dict)

    def endurance(self, default: Endurance) -> Endurance:
        """The given endurance with this endpoint's overrides.

        Raises:
            ConfigError: an override is unknown or wrong.
        """
        return checked(Endurance, {**default.model_dump(), **self.timeouts}, "config.timeouts.")


class ImagesProvider(Provider):
    """Asks for one picture; `options` are fields of `Endurance`.

    A prompt with a picture goes to `/images/edits`, a second picture being its mask, any other to
    `/images/generations`. While the server paints, an empty delta comes every few seconds.

    Raises:
        ConfigError: an option is unknown or wrong; the message names it.
    """

    name = "openai-images"

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._endurance = checked(Endurance, options, "plugins.providers.openai-images.")
        self._pool = Pool()

    def check(self, model: Model) -> str | None:
        try:
            endpoint = ImageEndpoint.of(model.config)
            endpoint.endurance(self._endurance)
            read_key(endpoint.key_env)
        except ConfigError as error:
            return str(error)
        except ProviderError as error:
            return error.detail
        if not model.capabilities & {PAINT, EDIT}:
            return f"capabilities must hold {PAINT!r}, {EDIT!r} or both"
        return None

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        try:
            endpoint = ImageEndpoint.of(model.config)
            endurance = endpoint.endurance(self._endurance)
        except ConfigError as error:
            raise ProviderError(Failure.REFUSED, str(error)) from None
        key = read_key(endpoint.key_env)
        work = self._paint(endpoint, endurance, key, request)
        async with aclosing(painting(work, key)) as events:
            async for event in events:
                yield event

    async def close(self) -> None:
        await self._pool.close()

    async def _paint(
        self, endpoint: ImageEndpoint, endurance: Endurance, key: str, request: ModelRequest
    ) -> PictureReady | Finish:
        from .connection import read_whole

        connection, canvas = await self._pool.get(), Canvas.of(request)
        deadline = Deadline(endurance.patience)
        asked = await _request(connection, endpoint, endurance, key, canvas, request)
        try:
            response = await connection.send(asked, endurance.patience, deadline)
        except StatusFault as fault:
            if declined_in(fault.body):
                return Finish("refused")
            raise
        body = await read_whole(response, deadline, endurance.bytes)
        return await asyncio.to_thread(picture_of, body)


async def _request(
    connection: Connection,
    endpoint: ImageEndpoint,
    endurance: Endurance,
    key: str,
    canvas: Canvas,
    request: ModelRequest,
) -> httpx.Request:
    fields = {
        **request.parameters,
        "model": endpoint.model,
        "prompt": canvas.prompt,
        "n": 1,
    }
    if SIZE in fields:
        fields[SIZE] = endpoint.sizes.get(canvas.size, canvas.size)
    headers = {"authorization": f"Bearer {key}"} if key else {}
    if canvas.picture is None:
        url = f"{endpoint.base_url}/images/generations"
        return connection.build("POST", url, headers, endurance.patience, json=fields)
    picture = await request.load(canvas.picture)
    files = {"image": (canvas.picture.filename or "picture", picture, canvas.picture.media_type)}
    if canvas.mask is not None:
        size = (canvas.picture.width, canvas.picture.height)
        mask = await asyncio.to_thread(clear_mask, await request.load(canvas.mask), size)
        files["mask"] = ("mask.png", mask, "image/png")
    return connection.build(
        "POST",
        f"{endpoint.base_url}/images/edits",
        headers,
        endurance.patience,
        fields={name: _said(value) for name, value in fields.items()},
        files=files,
    )


def _said(value: object) -> str:
    """A parameter as a form's field."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
