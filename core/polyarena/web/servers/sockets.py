"""WebSockets of an app with a server: its page's on one side, its server's on the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from ...errors import AppGone
from ...sandbox import Connection
from ...services.servers import Shown
from .policy import ASKED_FRONT, OF_PROXIES

MESSAGE_BYTES = 16 << 20
SHAKE_SECONDS = 20.0
GONE, REFUSED = 1012, 1008


class AppSockets:
    """Passes a WebSocket on to the app that `shown` is, of which `most` may be open."""

    def __init__(self, shown: Shown, host: str, most: int) -> None:
        self._shown = shown
        self._host = host
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        if self._shown.sockets >= self._most:
            await send({"type": "websocket.close", "code": REFUSED})
            return
        self._shown.sockets += 1
        self._shown.open += 1
        try:
            await self._pass(scope, receive, send)
        finally:
            self._shown.open -= 1
            self._shown.sockets -= 1

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            connection = await self._shown.app.open()
        except AppGone:
            await send({"type": "websocket.close", "code": GONE})
            return
        line = _Line(connection, scope, self._host, self._shown.cookies.header)
        try:
            async with asyncio.timeout(SHAKE_SECONDS):
                shaken = await line.shake()
        except (TimeoutError, AppGone):
            shaken = False
        if not shaken:
            connection.close()
            await send({"type": "websocket.close", "code": REFUSED})
            return
        await send({"type": "websocket.accept", "subprotocol": line.subprotocol})
        ways = [
            asyncio.create_task(self._upwards(line, receive)),
            asyncio.create_task(_downwards(line, send)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            connection.close()

    async def _upwards(self, line: _Line, receive: Receive) -> None:
        while True:
            message = await receive()
            self._shown.touch()
            if message["type"] == "websocket.disconnect":
                await line.hang_up(message.get("code") or 1000)
                return
            await line.say(message.get("text"), message.get("bytes"))


async def _downwards(line: _Line, send: Send) -> None:
    async for data in line.messages():
        kind = "text" if isinstance(data, str) else "bytes"
        await send({"type": "websocket.send", kind: data})
    await send({"type": "websocket.close", "code": line.close_code})


class _Line:
    """The app's side of a WebSocket, over a connection to it."""

    def __init__(self, connection: Connection, scope: Scope, host: str, cookies: str) -> None:
        from websockets.client import ClientProtocol
        from websockets.uri import WebSocketURI

        path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        # The port of the address is none of the app's: the Host header is set below.
        address = WebSocketURI(False, "app", 80, path, query)
        self._connection = connection
        self._protocol: Any = ClientProtocol(
            address, subprotocols=scope["subprotocols"] or None, max_size=MESSAGE_BYTES
        )
        request = self._protocol.connect()
        del request.headers["host"]
        request.headers["host"] = host
        request.headers["x-forwarded-proto"] = "https" if scope["scheme"] == "wss" else "http"
        if cookies:
            request.headers["cookie"] = cookies
        for name, value in Headers(scope=scope).items():
            if name.startswith(ASKED_FRONT) and not name.startswith(OF_PROXIES):
                request.headers[name] = value
        self._protocol.send_request(request)

    @property
    def subprotocol(self) -> str | None:
        """What the app has chosen to speak."""
        chosen: str | None = self._protocol.subprotocol
        return chosen

    @property
    def close_code(self) -> int:
        """Why the app ended it; that it went away where it says nothing that may be passed on."""
        code = self._protocol.close_code
        return code if code in (1000, 1001, 1003, 1007, 1008, 1009, 1011) else GONE

    async def shake(self) -> bool:
        """Shake hands; whether the app takes it."""
        await self._flush()
        while self._protocol.handshake_exc is None and not self._is_open:
            if not await self._read():
                return False
        return self._is_open

    async def messages(self) -> AsyncIterator[str | bytes]:
        """What the app says, until it is over."""
        pieces: list[bytes] = []
        text = False
        while True:
            for frame in self._protocol.events_received():
                kind = getattr(frame, "opcode", None)
                if kind not in (0, 1, 2):
                    continue
                text = kind == 1 if kind else text
                pieces.append(bytes(frame.data))
                if frame.fin:
                    data, pieces = b"".join(pieces), []
                    yield data.decode(errors="replace") if text else data
            if not await self._read():
                return

    async def say(self, text: str | None, data: bytes | None) -> None:
        """Say something to the app.

        Raises:
            AppGone: it does not listen any more.
        """
        if not self._is_open:
            raise AppGone("The app has ended the WebSocket.")
        if text is not None:
            self._protocol.send_text(text.encode())
        else:
            self._protocol.send_binary(data or b"")
        await self._flush()

    async def hang_up(self, code: int) -> None:
        """Tell the app that it is over."""
        if self._is_open:
            self._protocol.send_close(code if 1000 <= code < 1004 else 1001)
            await self._flush()

    @property
    def _is_open(self) -> bool:
        return bool(self._protocol.state.name == "OPEN")

    async def _read(self) -> bool:
        """Take in what comes; false once nothing does, or it is no WebSocket any more."""
        data = await self._connection.receive()
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
        await self._flush()
        return bool(data)

    async def _flush(self) -> None:
        if data := b"".join(self._protocol.data_to_send()):
            await self._connection.send(data)
