"""One job at an API of jobs, from its submission to its picture."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from typing import Any

from polyarena import Failure, Finish, Image, ModelRequest, PictureReady, ProviderError

from .canvas import SIZE, Canvas, clear_mask, white_mask
from .connection import Connection, read_start, read_whole
from .deadline import Deadline
from .endurance import Endurance
from .faults import StatusFault
from .filling import filled, filled_path, pointed
from .job_api import Call, JobApi
from .made import document_of, picture_in
from .refusals import declined, declined_in

CANCEL_SECONDS = 5.0
_SHOWN = 300


class Job:
    """Asks an API of jobs for one picture; the key goes into the header that the API names."""

    def __init__(self, connection: Connection, api: JobApi, key: str, endurance: Endurance) -> None:
        self._connection = connection
        self._api = api
        self._endurance = endurance
        self._patience = endurance.patience
        self._deadline = Deadline(self._patience)
        given = {api.key_header: f"{api.key_prefix}{key}"} if key else {}
        self._headers = {**api.headers, **given}

    async def paint(
        self, model: str, sizes: Mapping[str, str], request: ModelRequest
    ) -> PictureReady | Finish:
        """Submit, poll, fetch.

        Raises:
            ProviderError: the server failed, or the job did.
        """
        canvas = Canvas.of(request)
        try:
            answer = await self._submit(canvas, model, sizes, request)
        except StatusFault as fault:
            if declined_in(fault.body):
                return Finish("refused")
            raise
        job = {"job": _text_at(answer, self._api.job, "the id of the job")}
        try:
            last = await self._settled(job)
        except asyncio.CancelledError:
            await self._cancel(job)
            raise
        except ProviderError as error:
            if error.failure is Failure.ENDLESS:
                await self._cancel(job)
            raise
        if isinstance(last, Finish):
            return last
        if self._api.fetch is not None:
            last = await self._call(self._api.fetch, job)
        found = pointed(last, self._api.picture)
        if found is None:
            raise ProviderError(Failure.EMPTY, f"nothing at {self._api.picture}: {_short(last)}")
        return await asyncio.to_thread(picture_in, found)

    async def _submit(
        self, canvas: Canvas, model: str, sizes: Mapping[str, str], request: ModelRequest
    ) -> Any:
        width, height = canvas.extent
        values: dict[str, Any] = {
            "prompt": canvas.prompt,
            "model": model or None,
            "size": sizes.get(canvas.size, canvas.size) or None,
            "width": width,
            "height": height,
        }
        call = self._api.submit
        if canvas.picture is not None:
            if self._api.edit is None:
                raise ProviderError(Failure.REFUSED, "this API takes no picture")
            call = self._api.edit
            values |= await self._pictures(canvas.picture, canvas.mask, request)
        own = {name: value for name, value in request.parameters.items() if name != SIZE}
        return await self._call(call, values, own)

    async def _pictures(
        self, picture: Image, mask: Image | None, request: ModelRequest
    ) -> dict[str, str]:
        given = {"picture": self._written(await request.load(picture), picture.media_type)}
        if mask is not None:
            make = white_mask if self._api.mask == "white" else clear_mask
            size = (picture.width, picture.height)
            made = await asyncio.to_thread(make, await request.load(mask), size)
            given["mask"] = self._written(made, "image/png")
        return given

    def _written(self, data: bytes, media_type: str) -> str:
        text = base64.b64encode(data).decode()
        return text if self._api.pictures == "base64" else f"data:{media_type};base64,{text}"

    async def _settled(self, job: Mapping[str, str]) -> Any:
        """What the last poll answered, or that the model declined."""
        while True:
            await self._wait()
            answer = await self._call(self._api.poll, job)
            state = _text_at(answer, self._api.status, "the job's status")
            if state in self._api.done:
                return answer
            failed = state in self._api.failed
            if state in self._api.refused or (failed and declined(answer.get("error"))):
                return Finish("refused")
            if failed:
                raise ProviderError(Failure.SERVER_ERROR, f"the job failed: {_short(answer)}")

    async def _wait(self) -> None:
        if self._deadline.left <= self._api.every:
            raise ProviderError(Failure.ENDLESS, "the job took longer than the total time")
        await asyncio.sleep(self._api.every)

    async def _call(
        self, call: Call, values: Mapping[str, Any], own: Mapping[str, Any] | None = None
    ) -> Any:
        request = self._connection.build(
            call.method,
            self._api.base_url + filled_path(call.path, values),
            self._headers,
            self._patience,
            json=None if call.body is None else {**(own or {}), **filled(call.body, values)},
        )
        response = await self._connection.send(request, self._patience, self._deadline)
        body = await read_whole(response, self._deadline, self._endurance.bytes)
        return await asyncio.to_thread(document_of, body)

    async def _cancel(self, job: Mapping[str, str]) -> None:
        """Tell the server that nobody waits any more; whether it listens is its own affair."""
        if (call := self._api.cancel) is None:
            return
        patience = self._patience.model_copy(
            update={"first_token": CANCEL_SECONDS, "total": CANCEL_SECONDS, "retries": 0}
        )
        deadline = Deadline(patience)
        request = self._connection.build(
            call.method,
            self._api.base_url + filled_path(call.path, job),
            self._headers,
            patience,
            json=None if call.body is None else filled(call.body, job),
        )
        try:
            response = await self._connection.send(request, patience, deadline)
            await read_start(response, deadline, _SHOWN)
        except ProviderError:
            return


def _text_at(document: Any, pointer: str, what: str) -> str:
    found = pointed(document, pointer)
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise ProviderError(Failure.MALFORMED, f"{what} is not at {pointer}: {_short(document)}")
    return str(found)


def _short(document: Any) -> str:
    return repr(document)[:_SHOWN]
