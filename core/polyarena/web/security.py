"""Headers on every answer, bounds on every request, and no writing from other sites."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def framing(preview_host: str) -> dict[str, str]:
    """The headers of a page that may show apps of `preview_host` in frames, on any port."""
    return {"content-security-policy": f"{CSP}; frame-src *.{preview_host}:*"}


class SecurityHeaders:
    """Adds `headers` where the answer does not set its own."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str] = HEADERS) -> None:
        self.app = app
        self.added = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameOrigin:
    """Refuses a write that a page of another site makes with this site's cookie.

    A request with a bearer token carries its own proof and passes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            headers = Headers(scope=scope)
            if "authorization" not in headers and _foreign(headers):
                refusal = JSONResponse(
                    {"error": {"code": "cross_site", "message": "Refused: sent by another site."}},
                    status_code=403,
                )
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _foreign(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


class _TooLarge(Exception):
    pass


class BodyLimit:
    """Refuses a request body of more than `limit` bytes, declared or not.

    A multipart form may have `with_files` bytes.
    """

    def __init__(self, app: ASGIApp, limit: int, with_files: int) -> None:
        self.app = app
        self.limit = limit
        self.with_files = with_files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        multipart = headers.get("content-type", "").lower().startswith("multipart/form-data")
        limit = self.with_files if multipart else self.limit
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        declared = headers.get("content-length", "0")
        try:
            if declared.isdigit() and int(declared) > limit:
                raise _TooLarge
            await self.app(scope, counted, watched)
        except _TooLarge:
            if started:
                raise
            text = f"The request is larger than {limit:,} bytes."
            refusal = JSONResponse({"error": {"code": "too_large", "message": text}}, 413)
            await refusal(scope, receive, send)
