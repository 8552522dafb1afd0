"""The built frontend's files: named by their content, kept by browsers for good."""

from __future__ import annotations

from importlib.resources import files

from anyio import to_thread
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOREVER = "public, max-age=31536000, immutable"


class BuiltFiles(StaticFiles):
    """Serves the `.gz` beside a file to whoever takes gzip."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if not isinstance(response, FileResponse):
            return response
        response.headers["cache-control"] = FOREVER
        response.headers["vary"] = "accept-encoding"
        packed, found = await to_thread.run_sync(self.lookup_path, f"{path}.gz")
        if _takes_gzip(scope) and found:
            headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
            headers["content-encoding"] = "gzip"
            return FileResponse(packed, headers=headers, media_type=response.media_type)
        return response


def built_files() -> BuiltFiles:
    """The application that serves `/static`."""
    return BuiltFiles(directory=str(files("polyarena_frontend") / "static"), check_dir=False)


def _takes_gzip(scope: Scope) -> bool:
    return any(
        name == b"accept-encoding" and b"gzip" in value.lower() for name, value in scope["headers"]
    )
