"""The connection pool, and how a request is sent through it and sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import httpx
import orjson
from httpx_aiohttp import HttpxAiohttpClient

from polyarena import Failure, ProviderError

from .deadline import Deadline
from .faults import StatusFault, pause
from .patience import Patience

POOL = httpx.Limits(max_connections=2000, max_keepalive_connections=200, keepalive_expiry=30)
BROKEN = (httpx.HTTPError, httpx.InvalidURL, aiohttp.ClientError)
_EXCERPT = 4000


class Connection:
    """One pool for all servers. Making it reads certificates, which takes a while."""

    def __init__(self) -> None:
        self._client = HttpxAiohttpClient(limits=POOL, follow_redirects=False)

    async def close(self) -> None:
        """Close the pool for good."""
        await self._client.aclose()

    async def get(self, url: str, key: str, patience: Patience) -> httpx.Response:
        """Ask for a small document; the body is not read yet.

        Raises:
            ProviderError: the server cannot be reached or does not answer in time.
        """
        request = self._build("GET", url, key, patience)
        return await self._send(request, Deadline(patience))

    async def post(
        self, url: str, key: str, body: dict[str, Any], patience: Patience, deadline: Deadline
    ) -> httpx.Response:
        """Post JSON and answer the response once its headers are there and say success.

        Raises:
            ProviderError: it failed, also after having been sent again.
        """
        request = self._build("POST", url, key, patience, orjson.dumps(body))
        return await self.send(request, patience, deadline)

    async def send(
        self, request: httpx.Request, patience: Patience, deadline: Deadline
    ) -> httpx.Response:
        """Send a request, again where that may help, and answer the response if it says success.

        Raises:
            ProviderError: it failed, also after having been sent again.
        """
        for tries_left in range(patience.retries, -1, -1):
            try:
                return await self._succeed(request, deadline)
            except ProviderError as error:
                wait = pause(error, patience.retries - tries_left)
                if not tries_left or wait is None or wait >= deadline.left:
                    raise
            await asyncio.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def build(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        patience: Patience,
        *,
        json: object = None,
        fields: Mapping[str, str] | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx.Request:
        """A request with a body of JSON, or of a form's fields and files (name, bytes, type)."""
        wait = httpx.Timeout(None, connect=patience.connect, pool=patience.connect)
        content = None if json is None else orjson.dumps(json)
        kind = {} if content is None else {"content-type": "application/json"}
        request = self._client.build_request(
            method,
            url,
            headers={
                "accept-encoding": "identity",
                "accept": "application/json",
                **kind,
                **headers,
            },
            content=content,
            data=fields or None,
            files=files or None,
            timeout=wait,
        )
        # Read once, a form too can be sent again.
        request.read()
        return request

    def _build(
        self, method: str, url: str, key: str, patience: Patience, content: bytes | None = None
    ) -> httpx.Request:
        headers = {"accept-encoding": "identity"}
        if content is not None:
            headers |= {"content-type": "application/json", "accept": "text/event-stream"}
        if key:
            headers["authorization"] = f"Bearer {key}"
        wait = httpx.Timeout(None, connect=patience.connect, pool=patience.connect)
        return self._client.build_request(
            method, url, headers=headers, content=content, timeout=wait
        )

    async def _succeed(self, request: httpx.Request, deadline: Deadline) -> httpx.Response:
        response = await self._send(request, deadline)
        if response.is_success:
            return response
        body = await read_start(response, deadline, _EXCERPT)
        raise StatusFault(response.status_code, response.headers, body.decode(errors="replace"))

    async def _send(self, request: httpx.Request, deadline: Deadline) -> httpx.Response:
        try:
            async with asyncio.timeout_at(deadline.at):
                return await self._client.send(request, stream=True)
        except TimeoutError:
            raise deadline.failure() from None
        except BROKEN as error:
            raise ProviderError(Failure.UNREACHABLE, f"{type(error).__name__}: {error}") from None


def chunks_of(response: httpx.Response) -> AsyncIterator[bytes]:
    """The body's bytes as they come; decoded only where the server encoded them unasked."""
    return (
        response.aiter_bytes() if "content-encoding" in response.headers else response.aiter_raw()
    )


async def read_start(response: httpx.Response, deadline: Deadline, limit: int) -> bytes:
    """The first `limit` bytes of a body, or what came of it in time; closes the response."""
    start = b""
    try:
        async with asyncio.timeout_at(deadline.at):
            async for chunk in chunks_of(response):
                start += chunk
                if len(start) >= limit:
                    break
    except (TimeoutError, *BROKEN):
        pass
    finally:
        await response.aclose()
    return start[:limit]


async def read_whole(response: httpx.Response, deadline: Deadline, limit: int) -> bytes:
    """A whole body of at most `limit` bytes; closes the response.

    Raises:
        ProviderError: it is longer, broke off, or did not come in time.
    """
    held: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout_at(deadline.at):
            async for chunk in chunks_of(response):
                held.append(chunk)
                size += len(chunk)
                if size > limit:
                    raise ProviderError(Failure.ENDLESS, f"an answer of more than {limit} bytes")
    except TimeoutError:
        raise deadline.failure() from None
    except BROKEN as error:
        raise ProviderError(Failure.CUT, f"{type(error).__name__}: {error}") from None
    finally:
        await response.aclose()
    return b"".join(held)
