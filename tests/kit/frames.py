"""A warden's frames, made by hand."""

from __future__ import annotations

import struct

DONE = b"D\0\0\0\0"


def frame(kind: str, payload: bytes) -> bytes:
    return struct.pack(">cI", kind.encode(), len(payload)) + payload


def began(name: str = "run") -> bytes:
    return frame("S", name.encode() + b"\0")


def ended(
    outcome: int = 0, cut: int = 0, killed: int = 0, code: int = 0, wall: int = 0, memory: int = 0
) -> bytes:
    return frame("R", struct.pack(">BBBBQQQ", outcome, cut, killed, code, wall, 0, memory))


def came(name: bytes, data: bytes = b"") -> bytes:
    return frame("F", name + b"\0" + data)


def left(name: bytes, reason: int = 0, size: int = 0) -> bytes:
    return frame("L", struct.pack(">BQ", reason, size) + name + b"\0")
