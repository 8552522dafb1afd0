"""One battle at a time: the first token, a slow side, the bytes, the text that arrives."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from battle_load import FLOOR, HTML, JSON, Door, Heard, Order, hold
from figures import Figure
from streams import OURS, Streams, first_token
from upstream import pieces

DELTA = re.compile(rb'event: delta\ndata: (\{"side".*\})')
CHUNK = re.compile(rb"\r\n[0-9a-fA-F]+\r\n")
MOST_KB = {JSON: 27.0}

ByDoor = Mapping[Door, list[Heard]]


async def measure(streams: Streams, quick: bool) -> list[Figure]:
    """The figures of battles that are alone on the machine."""
    for door, server in streams.servers.items():
        await hold(server, door, Order(tokens=5))
    return [
        *await _alone(streams, 10 if quick else 30),
        *await _slow_side(streams, 4 if quick else 10),
        *await _bytes(streams),
    ]


async def _alone(streams: Streams, rounds: int) -> list[Figure]:
    heard = await _in_turn(streams, rounds, Order(tokens=20))
    firsts = {
        d: [first for one in some for first in one.first.values()] for d, some in heard.items()
    }
    return first_token("first token, alone", firsts, 1.10)


async def _slow_side(streams: Streams, rounds: int) -> list[Figure]:
    heard = await _in_turn(streams, rounds, Order(tokens=20, two=1000))
    slow = {door: [max(one.first.values()) for one in some] for door, some in heard.items()}
    fast = {door: [min(one.first.values()) for one in some] for door, some in heard.items()}
    return [
        *first_token("first token, slow side (1 s)", slow, 1.03),
        *first_token("first token, beside a slow side", fast, 1.10),
    ]


async def _in_turn(streams: Streams, rounds: int, order: Order) -> ByDoor:
    heard: dict[Door, list[Heard]] = {door: [] for door in streams.servers}
    for _ in range(rounds):
        for door, server in streams.servers.items():
            one = await hold(server, door, order)
            if not one.whole:
                raise RuntimeError(f"a stream of {door.name} was cut")
            heard[door].append(one)
    return heard


async def _bytes(streams: Streams) -> list[Figure]:
    order = Order()
    sizes: dict[Door, float] = {}
    for door, server in streams.servers.items():
        heard = await hold(server, door, order, Heard(kept=[]))
        sizes[door] = heard.size / 1000
        _check(heard, door, "".join(pieces(order.tokens)))
    return [
        Figure(f"bytes a battle, {d.name}", sizes[d], "kB", sizes[FLOOR], most=MOST_KB.get(d))
        for d in OURS
    ]


def _check(heard: Heard, door: Door, text: str) -> None:
    """Both answers came whole, and no model was named."""
    if heard.named:
        raise RuntimeError(f"the stream of {door.name} names a model before the vote")
    if door is HTML:
        return
    body = CHUNK.sub(b"", b"".join(heard.kept or []).partition(b"\r\n\r\n")[2])
    deltas = [json.loads(found) for found in DELTA.findall(body)]
    for side in "ab":
        if "".join(one["text"] for one in deltas if one["side"] == side) != text:
            raise RuntimeError(f"side {side} of {door.name} did not arrive as it was sent")
