"""Kinds of personal data, and where they were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]
Search = Callable[[str], Iterator[Span]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of personal data: its `name` in a sentence, and what stands in its place."""

    id: str
    name: str
    placeholder: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data of a kind, at a place in a text."""

    kind: Kind
    start: int
    end: int
    text: str


NAME = Kind("name", "a name", "[name]")
EMAIL = Kind("email", "an e-mail address", "[e-mail address]")
PHONE = Kind("phone", "a telephone number", "[telephone number]")
ADDRESS = Kind("address", "an address", "[address]")
IP = Kind("ip", "an IP address", "[IP address]")
BIRTH = Kind("birth", "a date of birth", "[date of birth]")
DATE = Kind("date", "a date of care", "[date]")
AGE = Kind("age", "an age over 89", "[age over 89]")
IDENTITY = Kind("identity", "an identity number", "[identity number]")
PASSPORT = Kind("passport", "a passport or licence number", "[document number]")
RECORD = Kind("record", "a record or insurance number", "[record number]")
PROVIDER = Kind("provider", "a provider number", "[provider number]")
ACCOUNT = Kind("account", "an account number", "[account number]")
CARD = Kind("card", "a card number", "[card number]")
