"""Public registers of an occupation, looked up by number: a CSV file, or a service by its address.

Files may have columns of our own (`number`, `family_name`, `codes`, `active`) or those of the
NPPES downloadable file; services may answer an object with the same names, or as the NPPES
registry does. Codes are separated by white space.
"""

from __future__ import annotations

import asyncio
import csv
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import orjson

from polyarena import ConfigError

ANSWER_BYTES = 1_000_000
SECONDS = 4.0
_LOCAL = frozenset({"127.0.0.1", "::1", "localhost"})
_NPPES_NAME = "Provider Last Name (Legal Name)"
_NPPES_CODE = "Healthcare Provider Taxonomy Code_"
_NPPES_END = "NPI Deactivation Date"
_FALSE = frozenset({"no", "false", "0", "n"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a register has under a number; `codes` are of a classification of specialties."""

    family_name: str = ""
    codes: tuple[str, ...] = ()
    active: bool = True


class Register(ABC):
    """Where a number is looked up."""

    @abstractmethod
    async def find(self, number: str) -> Entry | None:
        """The entry under a number, or None.

        Raises:
            RuntimeError: the register cannot be read; the message names no number.
        """


class FileRegister(Register):
    """A CSV file with a header; read again once it changed.

    Raises:
        ConfigError: it cannot be read, or has no column of numbers.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            with Path(path).open(encoding="utf-8-sig", newline="") as file:
                header = next(csv.reader(file), [])
        except OSError as error:
            raise ConfigError(f"the register {path}: {error.strerror}") from None
        if not {"number", "NPI"} & set(header):
            raise ConfigError(f"the register {path} has no column named number or NPI")

    async def find(self, number: str) -> Entry | None:
        return await asyncio.to_thread(self._find, number)

    def _find(self, number: str) -> Entry | None:
        try:
            return _entries(self._path, Path(self._path).stat().st_mtime_ns).get(number)
        except (OSError, csv.Error, UnicodeDecodeError) as error:
            kind = type(error).__name__
            raise RuntimeError(f"the register {self._path} cannot be read ({kind})") from None


class UrlRegister(Register):
    """A service that answers JSON; `{number}` in its address stands for the number.

    Raises:
        ConfigError: the address has no place for the number, or is not https elsewhere.
    """

    def __init__(self, template: str) -> None:
        address = urlsplit(template.replace("{number}", "1"))
        safe = address.scheme == "https" or (
            address.scheme == "http" and address.hostname in _LOCAL
        )
        if "{number}" not in template or not safe:
            raise ConfigError(f"a register's url must be https and have {{number}}, not {template}")
        self._template = template

    async def find(self, number: str) -> Entry | None:
        url = self._template.replace("{number}", quote(number, safe=""))
        try:
            async with (
                httpx.AsyncClient(timeout=SECONDS) as client,
                client.stream("GET", url) as answer,
            ):
                if answer.status_code == httpx.codes.NOT_FOUND:
                    return None
                answer.raise_for_status()
                body = bytearray()
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > ANSWER_BYTES:
                        raise ValueError("too much")
            return _answered(orjson.loads(body), number)
        except (httpx.HTTPError, ValueError) as error:
            # What httpx says would name the address, and with it the number.
            kind = type(error).__name__
            raise RuntimeError(
                f"the register cannot be reached, or answers oddly ({kind})"
            ) from None


@lru_cache(maxsize=4)
def _entries(path: str, changed: int) -> Mapping[str, Entry]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return {(row.get("number") or row.get("NPI") or "").strip(): _row(row) for row in rows}


def _row(row: Mapping[str, Any]) -> Entry:
    codes = (row.get("codes") or "").split()
    codes += [row.get(f"{_NPPES_CODE}{place}") or "" for place in range(1, 16)]
    active = (row.get("active") or "").strip().lower() not in _FALSE
    return Entry(
        family_name=(row.get("family_name") or row.get(_NPPES_NAME) or "").strip(),
        codes=tuple(filter(None, codes)),
        active=active and not (row.get(_NPPES_END) or "").strip(),
    )


def _answered(data: Any, number: str) -> Entry | None:
    if not isinstance(data, dict):
        raise ValueError("no object")
    if "results" in data:
        found = [one for one in data["results"] or () if str(one.get("number")) == number]
        return _nppes(found[0]) if found else None
    if str(data.get("number", "")) != number:
        return None
    return Entry(
        family_name=str(data.get("family_name", "")),
        codes=tuple(map(str, data.get("codes") or ())),
        active=data.get("active") is not False,
    )


def _nppes(result: Mapping[str, Any]) -> Entry:
    basic = result.get("basic") or {}
    taxonomies = sorted(result.get("taxonomies") or (), key=lambda one: not one.get("primary"))
    return Entry(
        family_name=str(basic.get("last_name", "")),
        codes=tuple(str(one["code"]) for one in taxonomies if one.get("code")),
        active=basic.get("status", "A") == "A",
    )


def plain(name: str) -> str:
    """A family name as it is compared: letters alone, without accents."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W\d_]+", "", "".join(c for c in spread if not unicodedata.combining(c)))
