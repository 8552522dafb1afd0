"""Messages between the server and a process that decodes: a length, a JSON head, then bytes.

The length is four bytes, most significant first. The head's `blobs` are the lengths of the byte
strings that follow it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

HEAD_LIMIT = 65_536


class BrokenMessage(Exception):
    """The other side ended, or sent what is no message."""


def send(stream: BinaryIO, head: Mapping[str, object], *blobs: bytes) -> None:
    """Write a message.

    Raises:
        OSError: nobody reads it.
    """
    send_head(stream, head, *(len(blob) for blob in blobs))
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def send_head(stream: BinaryIO, head: Mapping[str, object], *sizes: int) -> None:
    """Write a message's head; bytes of these sizes are to follow.

    Raises:
        OSError: nobody reads it.
    """
    raw = json.dumps({**head, "blobs": sizes}).encode()
    stream.write(struct.pack(">I", len(raw)) + raw)


def receive(stream: BinaryIO, limit: int) -> tuple[dict[str, Any], list[bytes]]:
    """Read a message whose byte strings have at most `limit` bytes each.

    Raises:
        BrokenMessage: there is none, or it is malformed or too large.
    """
    (length,) = struct.unpack(">I", _exactly(stream, 4))
    if length > HEAD_LIMIT:
        raise BrokenMessage(f"a head of {length} bytes")
    try:
        head = json.loads(_exactly(stream, length))
    except ValueError:
        raise BrokenMessage("a head that is no JSON") from None
    sizes = head.get("blobs") if isinstance(head, dict) else None
    if not isinstance(sizes, list) or len(sizes) > 2:
        raise BrokenMessage("a head of another shape")
    if not all(type(size) is int and 0 <= size <= limit for size in sizes):
        raise BrokenMessage(f"more than {limit} bytes")
    return head, [_exactly(stream, size) for size in sizes]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise BrokenMessage("the end")
    return data
