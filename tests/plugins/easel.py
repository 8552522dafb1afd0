"""Behaviours of a server that paints by OpenAI's protocol and is strict about it."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from typing import Any

from kit.pictures import decoded, drawing, encoded

from .upstream import Behaviour, Exchange

PNG = encoded(drawing(64, 48), "PNG")
SIZES = ("1024x1024", "1024x1536", "1536x1024", "auto")
KNOWN = frozenset({"model", "prompt", "n", "size", "quality", "background", "user"})
TAKEN = ("image/png", "image/jpeg", "image/webp")


def answers(body: Any, status: int = 200, **headers: str) -> Behaviour:
    """Answer with JSON, or with the bytes of something else."""

    async def behave(exchange: Exchange) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await exchange.head(status, "application/json", named, chunked=True)
        await exchange.send(data)

    return behave


def refuses(code: str, status: int = 400, **told: Any) -> Behaviour:
    """Answer with an error object of this code."""
    message = "Your request was rejected by the safety system of Acme."
    return answers(
        {"error": {"code": code, "message": message, "type": "user_error", **told}}, status
    )


def paints(data: bytes = PNG, *, url: str = "", pause: float = 0) -> Behaviour:
    """Paint what is asked for as the protocol wants it asked, or say what is wrong with it."""

    async def behave(exchange: Exchange) -> None:
        if wrong := _wrong(exchange):
            await refuses("invalid_value", param=wrong)(exchange)
            return
        await asyncio.sleep(pause)
        item = {"url": url} if url else {"b64_json": b64encode(data).decode()}
        await answers({"created": 1, "data": [item], "usage": {"total_tokens": 9}})(exchange)

    return behave


def _wrong(exchange: Exchange) -> str | None:
    received = exchange.received
    edit = received.path == "/v1/images/edits"
    if received.method != "POST" or (not edit and received.path != "/v1/images/generations"):
        return "path"
    kind = received.headers["content-type"].partition(";")[0]
    if kind != ("multipart/form-data" if edit else "application/json"):
        return "content-type"
    fields = dict(received.body)
    if edit and (wrong := _wrong_files(fields)):
        return wrong
    if unknown := set(fields) - KNOWN:
        return min(map(str, unknown))
    if not isinstance(fields.get("prompt"), str) or not fields["prompt"]:
        return "prompt"
    if fields.get("n") not in (1, "1"):
        return "n"
    return None if fields.get("size", "auto") in SIZES else "size"


def _wrong_files(fields: dict[str, Any]) -> str | None:
    name, kind, data = fields.pop("image", (None, None, b""))
    if not name or kind not in TAKEN:
        return "image"
    if mask := fields.pop("mask", None):
        _, kind, painted = mask
        image = decoded(painted)
        if kind != "image/png" or image.mode != "RGBA" or image.size != decoded(data).size:
            return "mask"
    return None
