"""The salted commitment to who answers, made before anything is generated."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping

from .side import Side


def new_salt() -> str:
    """128 random bits, in hex."""
    return secrets.token_hex(16)


def commit(battle: str, entries: Mapping[Side, str], salt: str) -> str:
    """SHA-256 over salt, battle id and the entries by side, joined by newlines.

    Anyone can recompute it once the salt and the names are revealed.
    """
    lines = [salt, battle, *(f"{side}={entries[side]}" for side in sorted(entries))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def digest(text: str, salt: str) -> str:
    """Salted SHA-256 of a text that may later be deleted."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
