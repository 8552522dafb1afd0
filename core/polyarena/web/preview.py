"""Apps, each on a host name of its own, where nothing of the site is to be had."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import PolyarenaError
from ..preview_host import is_preview, label_of, running_of
from ..services import Services
from .security import SecurityHeaders
from .servers import AppRequests, AppSockets, confined

SANDBOX = "allow-scripts allow-forms allow-pointer-lock"
CSP = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'none'; webrtc 'block'; "
    f"sandbox {SANDBOX}; frame-ancestors "
)
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
HEADERS = {
    # Where browsers know it, it also stops what no policy does: WebRTC and early connections.
    "connection-allowlist": "(response-origin)",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in DENIED),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
    "x-robots-tag": "noindex",
    # Modules and fonts of a page without an origin are fetched as if from another one.
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
}
KEPT = "private, max-age=3600"
_RUNNING = {k: v for k, v in HEADERS.items() if k != "access-control-allow-origin"} | {
    # Those that an app sends lead to its own host alone, which is seen to when they pass.
    "connection-allowlist": "(response-origin); redirects=allow",
}


class PreviewHosts:
    """Serves apps on the hosts under `preview_host`, and the site on every other.

    Apps may be shown by pages of `origins` alone.
    """

    def __init__(self, app: ASGIApp, preview_host: str, origins: Sequence[str]) -> None:
        self._site = app
        self._preview_host = preview_host
        self._policy = CSP + (" ".join(origins) or "'none'")
        headers = HEADERS | {"content-security-policy": self._policy}
        self._apps = SecurityHeaders(self._serve, headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        on_site = scope["type"] not in ("http", "websocket")
        if on_site or not is_preview(_host(scope), self._preview_host):
            await self._site(scope, receive, send)
        elif label := running_of(_host(scope), self._preview_host):
            await self._run(label, scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._apps(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._answer(scope, Headers(scope=scope))
        except PolyarenaError as error:
            response = _refuse(error.status, str(error))
        await response(scope, receive, send)

    async def _run(self, label: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Lead to the app that runs under a label; none is ever started from here."""
        headers = Headers(scope=scope)
        port = headers["host"].partition(":")[2]
        host = _host(scope) + (f":{port}" if port.isdecimal() and port.isascii() else "")
        policy = confined(self._policy, host)
        services: Services = scope["app"].state.services
        refusal = _forbidden(headers)
        leads: ASGIApp
        try:
            shown = services.servers.find(label)
        except PolyarenaError as error:
            leads = refusal or _refuse(error.status, str(error))
        else:
            settings = services.settings
            if scope["type"] == "websocket":
                leads = AppSockets(shown, host, settings.apps.sockets)
            else:
                leads = refusal or AppRequests(shown, host, settings.limits)
        if scope["type"] == "websocket" and not isinstance(leads, AppSockets):
            await send({"type": "websocket.close", "code": 1008})
        else:
            added = _RUNNING | {"content-security-policy": policy}
            await SecurityHeaders(leads, added)(scope, receive, send)

    async def _answer(self, scope: Scope, headers: Headers) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return _refuse(405, "An app is read, not written to.", allow="GET, HEAD")
        if refusal := _forbidden(headers):
            return refusal
        services: Services = scope["app"].state.services
        label = label_of(_host(scope), self._preview_host) or ""
        file = await services.bundles.find(label, scope["path"].removeprefix("/"))
        kept = {"cache-control": KEPT, "etag": f'"{file.digest}"'}
        if kept["etag"] in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=kept)
        return FileResponse(file.path, headers=kept, media_type=file.media_type)


def _forbidden(headers: Headers) -> Response | None:
    """Why an app is not shown to whoever asks, if so."""
    if "service-worker" in headers:
        return _refuse(403, "An app has no service worker.")
    if headers.get("sec-fetch-dest") == "document":
        return _refuse(403, "An app is shown inside the arena only.")
    return None


def _host(scope: Scope) -> str:
    host = Headers(scope=scope).get("host", "")
    return host.lower().partition(":")[0].rstrip(".")


def _refuse(status: int, message: str, **headers: str) -> Response:
    return PlainTextResponse(message, status, {"cache-control": "no-store", **headers})
