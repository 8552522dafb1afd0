"""Which models a server offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from polyarena import Failure, Model, ProviderError

from .connection import Connection, read_start
from .deadline import Deadline
from .endpoint import Endpoint
from .faults import StatusFault
from .patience import Patience

_LIMIT = 8_000_000


async def discover(
    connection: Connection, url: str, key: str, key_env: str | None, patience: Patience
) -> Sequence[Model]:
    """Ask for `/models`, then `/v1/models`, then Ollama's `/api/tags`.

    Raises:
        ConfigError: `url` is no address.
        ProviderError: the server cannot be reached, or none of the three gives a list.
    """
    base = Endpoint.of({"base_url": url, "model": "any"}).base_url
    first: ProviderError | None = None
    for address, found_base in _places(base):
        try:
            ids = _ids(await _read(connection, address, key, patience))
        except ProviderError as error:
            if error.failure in (Failure.UNREACHABLE, Failure.SILENT):
                raise
            first = first or error
        else:
            return _models(ids, found_base, key_env)
    assert first is not None
    raise first


def _places(base: str) -> Iterator[tuple[str, str]]:
    root = base.removesuffix("/v1")
    yield f"{base}/models", base
    if root == base:
        yield f"{base}/v1/models", f"{base}/v1"
    yield f"{root}/api/tags", f"{root}/v1"


async def _read(connection: Connection, address: str, key: str, patience: Patience) -> bytes:
    response = await connection.get(address, key, patience)
    body = await read_start(response, Deadline(patience), _LIMIT)
    if not response.is_success:
        raise StatusFault(response.status_code, response.headers, body.decode(errors="replace"))
    return body


def _ids(document: bytes) -> list[str]:
    try:
        body = orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise ProviderError(Failure.MALFORMED, f"the list of models is no JSON: {error}") from None
    rows = body
    if isinstance(body, dict):
        rows = body.get("data", body.get("models"))
    if not isinstance(rows, list):
        raise ProviderError(Failure.MALFORMED, "the answer is no list of models")
    return list(dict.fromkeys(filter(None, map(_id, rows))))


def _id(row: Any) -> str:
    value = row.get("id") or row.get("name") if isinstance(row, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _models(ids: list[str], base: str, key_env: str | None) -> list[Model]:
    names = [_name(each.rsplit("/", 1)[-1]) for each in ids]
    config = {"base_url": base} | ({"key_env": key_env} if key_env else {})
    return [
        Model(
            name=name if names.count(name) == 1 else _name(each),
            provider="openai",
            config={**config, "model": each},
        )
        for each, name in zip(ids, names, strict=True)
    ]


def _name(text: str) -> str:
    cleaned = " ".join(text.replace("/", "-").replace("@", "-").split())
    return cleaned[:80].strip() or "unnamed"
