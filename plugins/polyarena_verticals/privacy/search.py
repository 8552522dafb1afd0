"""Looking for every kind, and taking out what was found."""

from __future__ import annotations

from collections.abc import Collection

from . import contact, identity, money, names, places, records, times
from .finding import (
    ACCOUNT,
    ADDRESS,
    AGE,
    BIRTH,
    CARD,
    DATE,
    EMAIL,
    IDENTITY,
    IP,
    NAME,
    PASSPORT,
    PHONE,
    PROVIDER,
    RECORD,
    Finding,
    Kind,
    Search,
)

# The first that finds something at a place is right there.
SEARCHES: tuple[tuple[Kind, Search], ...] = (
    (ACCOUNT, money.ibans),
    (EMAIL, contact.emails),
    (PROVIDER, identity.providers),
    (IDENTITY, identity.identities),
    (CARD, money.cards),
    (BIRTH, times.births),
    (DATE, times.dates_of_care),
    (PASSPORT, records.documents),
    (RECORD, records.records),
    (ACCOUNT, records.accounts),
    (ADDRESS, places.addresses),
    (PHONE, contact.phones),
    (IP, contact.ips),
    (AGE, times.ages),
    (NAME, names.names),
)
KINDS = {kind.id: kind for kind, _ in SEARCHES}
ROUNDS = 5


def find(text: str, allowed: Collection[str] = ()) -> list[Finding]:
    """Personal data in a text, by place, none overlapping; without kinds that are allowed."""
    found: list[Finding] = []
    taken = bytearray(len(text))
    for kind, search in SEARCHES:
        if kind.id in allowed:
            continue
        for start, end in search(text):
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(Finding(kind, start, end, text[start:end]))
    return sorted(found, key=lambda one: one.start)


def redact(text: str, allowed: Collection[str] = ()) -> str:
    """The text with a placeholder for everything that is found in it, also thereafter."""
    for _ in range(ROUNDS):
        found = find(text, allowed)
        if not found:
            break
        for one in reversed(found):
            text = f"{text[: one.start]}{one.kind.placeholder}{text[one.end :]}"
    return text
