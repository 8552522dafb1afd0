"""A picture in the answer of a server: base64, a data address, or an address to fetch it from."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import orjson

from polyarena import Failure, Finish, PictureReady, ProviderError

from .refusals import declined

_EXCERPT = 1000


def document_of(body: bytes) -> dict[str, Any]:
    """The JSON object that a body holds.

    Raises:
        ProviderError: it holds none.
    """
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise _malformed(f"{error}", body) from None
    if not isinstance(document, dict):
        raise _malformed("no object", body)
    return document


def picture_of(body: bytes) -> PictureReady | Finish:
    """The first picture of an answer of `/images/…`, or that the model declined.

    Raises:
        ProviderError: there is none.
    """
    document = document_of(body)
    if declined(document.get("error")):
        return Finish("refused")
    if document.get("error"):
        raise ProviderError(Failure.SERVER_ERROR, f"an error: {_excerpt(body)}")
    data = document.get("data")
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise _malformed("no list of pictures", body)
    if not data:
        raise ProviderError(Failure.EMPTY, "the answer holds no picture")
    if inline := data[0].get("b64_json"):
        return picture_in(inline)
    if address := data[0].get("url"):
        return picture_in(address)
    raise ProviderError(Failure.EMPTY, f"neither b64_json nor url: {_excerpt(body)}")


def picture_in(value: object) -> PictureReady:
    """A picture of an address or of base64.

    Raises:
        ProviderError: it is neither.
    """
    if not isinstance(value, str):
        raise ProviderError(Failure.MALFORMED, f"{type(value).__name__} where a picture is due")
    if value.startswith(("http://", "https://")):
        return PictureReady(url=value)
    if value.startswith("data:"):
        value = value.partition(",")[2]
    try:
        return PictureReady(base64.b64decode("".join(value.split()), validate=True))
    except (binascii.Error, ValueError) as error:
        raise ProviderError(Failure.MALFORMED, f"no base64: {error}: {value[:100]}") from None


def _malformed(why: str, body: bytes) -> ProviderError:
    return ProviderError(Failure.MALFORMED, f"{why}: {_excerpt(body)}")


def _excerpt(body: bytes) -> str:
    return body[:_EXCERPT].decode(errors="replace")
