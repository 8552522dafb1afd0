"""Requests for an app with a server, passed on to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any

import httpcore
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from ...services.servers import Shown
from ...settings import Limits
from .policy import LeadsElsewhere, Pairs, across, answered, asked, preflight
from .shim import Shim

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WAITS = {"connect": 10.0, "pool": 20.0, "read": 120.0, "write": 30.0}
FRAMES = ("iframe", "frame", "document", "")
FAILED = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)

_START = {"type": "http.response.start"}
_END: Mapping[str, Any] = {"type": "http.response.body", "body": b"", "more_body": False}
_UNKEPT = {"cache-control": "no-store"}


class _Left(Exception):
    """Who asked has gone, or sends too much."""


class _Body:
    """The body of a request, piece by piece; `over` is set once all of it came."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self._left = most
        self.over = asyncio.Event()

    async def pieces(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise _Left
            piece = message.get("body", b"")
            self._left -= len(piece)
            if self._left < 0:
                raise _Left
            more = message.get("more_body", False)
            if piece:
                yield piece
        self.over.set()

    async def left(self) -> None:
        """Wait until who asked is gone."""
        await self.over.wait()
        while (await self.receive())["type"] != "http.disconnect":
            pass


class AppRequests:
    """Passes requests on to the app that `shown` is, and its answers back, within `limits`."""

    def __init__(self, shown: Shown, host: str, limits: Limits) -> None:
        self._shown = shown
        self._host = host
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if scope["method"] not in METHODS:
            refusal = PlainTextResponse("This method is not passed on.", 405, _UNKEPT)
            await refusal(scope, receive, send)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await Response(status_code=204, headers=preflight(headers))(scope, receive, send)
        else:
            await self._pass(scope, headers, receive, send)

    async def _pass(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        body = _Body(receive, self._limits.upload_bytes)
        self._shown.touch()
        self._shown.open += 1
        answering = asyncio.create_task(self._answer(scope, headers, body, send))
        leaving = asyncio.create_task(body.left())
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            answering.cancel()
            with suppress(asyncio.CancelledError):
                await answering
        finally:
            self._shown.open -= 1
            for task in (answering, leaving):
                task.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)

    async def _answer(self, scope: Scope, headers: Headers, body: _Body, send: Send) -> None:
        begun = False
        said = "The app did not answer as a server does."
        try:
            async with self._asked(scope, headers, body) as response:
                self._shown.cookies.take(response.headers)
                found = answered(response.headers, self._host) | dict(across(headers))
                shim = _shim_for(scope, headers, found)
                if scope["method"] != "HEAD":
                    # What is cut short could not be ended in order, were its length told.
                    found.pop("content-length", None)
                await send({**_START, "status": response.status, "headers": _raw(found)})
                begun = True
                await self._carry(response, shim, send)
        except LeadsElsewhere:
            said = "The app wanted to lead to another host, which no app may."
        except (*FAILED, _Left):
            pass
        else:
            return
        if begun:
            await send({**_END})
        else:
            refusal = PlainTextResponse(said, 502, {**_UNKEPT, **across(headers)})
            await refusal(scope, body.receive, send)

    def _asked(
        self, scope: Scope, headers: Headers, body: _Body
    ) -> AbstractAsyncContextManager[httpcore.Response]:
        target = scope["raw_path"]
        if query := scope["query_string"]:
            target += b"?" + query
        url = httpcore.URL(scheme=b"http", host=b"app", port=80, target=target)
        passed = asked(headers, self._host, scope["scheme"], self._shown.cookies.header)
        return self._shown.pool.stream(
            scope["method"],
            url,
            headers=passed + _length(headers),
            content=body.pieces(),
            extensions={"timeout": WAITS},
        )

    async def _carry(self, response: httpcore.Response, shim: Shim | None, send: Send) -> None:
        size = 0
        async for piece in response.aiter_stream():
            size += len(piece)
            if size > self._limits.bundle_bytes:
                break
            if data := shim.feed(piece) if shim else piece:
                await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({**_END, "body": shim.end() if shim else b""})


def _length(headers: Headers) -> Pairs:
    """How a request's body is told of: by its length, in chunks, or there is none."""
    length = headers.get("content-length", "")
    if length.isdecimal():
        return [(b"content-length", length.encode())]
    if "transfer-encoding" in headers:
        return [(b"transfer-encoding", b"chunked")]
    return [(b"content-length", b"0")]


def _shim_for(scope: Scope, headers: Headers, found: Mapping[str, str]) -> Shim | None:
    """What goes into the answer, if it is a page that is shown."""
    is_page = found.get("content-type", "").lower().startswith("text/html")
    plain = found.get("content-encoding", "identity") == "identity"
    shown = headers.get("sec-fetch-dest", "") in FRAMES and scope["method"] != "HEAD"
    return Shim() if is_page and plain and shown else None


def _raw(headers: Mapping[str, str]) -> Pairs:
    return [(k.encode("latin-1"), v.encode("latin-1")) for k, v in headers.items()]
