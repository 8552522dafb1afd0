"""The process that decodes pictures: jobs come on standard input, answers go to standard output.

It says `ready`, and for every job `need` (bytes of memory), waits for `go`, answers `picture` for
each picture that came of it, and `done`; or `refused` at any point.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from .bounds import Bounds, Canvas, Fit, Reason, Refused
from .decoding import Opened, prepare
from .encoding import Encoded, encode
from .fitting import bounded, fitted, laid_on
from .kinds import Kind
from .messages import BrokenMessage, receive, send
from .moving import encode_moving, moves
from .pages import encode_pages

SLACK = 96_000_000
"""What a decoder's library and its stacks may take beyond the picture, in bytes of addresses."""
LARGEST = 1 << 31
NICENESS = 5


def main() -> None:
    """Serve until standard input ends; the bounds are the last argument, as JSON."""
    bounds = Bounds(**json.loads(sys.argv[-1]))
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not be taken for an answer.
    os.dup2(2, 1)
    _confine(bounds)
    prepare(bounds)
    jobs = sys.stdin.buffer
    send(answers, {"ready": True})
    try:
        while True:
            _serve(bounds, jobs, answers)
            # What a refused picture left behind hangs in its traceback.
            gc.collect()
    except (BrokenMessage, BrokenPipeError):
        return


def _serve(bounds: Bounds, jobs: BinaryIO, answers: BinaryIO) -> None:
    head, [data] = receive(jobs, LARGEST)
    try:
        for encoded in _made(head, data, bounds, jobs, answers):
            about = {
                "media_type": encoded.media_type,
                "width": encoded.width,
                "height": encoded.height,
                "perceptual": encoded.perceptual,
            }
            send(answers, {"picture": about}, encoded.data, encoded.thumb)
        send(answers, {"done": True})
    except Refused as refused:
        send(answers, {"refused": refused.reason.value, "amount": refused.amount})
    except (BrokenMessage, BrokenPipeError):
        raise
    except MemoryError:
        send(answers, {"refused": Reason.MEMORY.value, "amount": 0})
    except Exception:
        # Decoders raise whatever the bytes made them stumble over.
        send(answers, {"refused": Reason.DAMAGED.value, "amount": 0})


def _made(
    head: dict[str, Any], data: bytes, bounds: Bounds, jobs: BinaryIO, answers: BinaryIO
) -> Iterator[Encoded]:
    kind = Kind(head["kind"])
    if kind is Kind.PDF:
        _ask(bounds.memory, bounds, jobs, answers)
        yield from encode_pages(data, bounds)
        return
    if head["canvas"]:
        canvas = Canvas(**head["canvas"])
        opened = Opened(data, kind, bounds, (canvas.width, canvas.height))
        _ask(opened.memory + canvas.memory, bounds, jobs, answers)
        yield laid_on(canvas, opened, bounds)
        return
    fit = Fit(**head["fit"]) if head["fit"] else None
    opened = Opened(data, kind, bounded(bounds, fit))
    need, lossless = opened.memory, opened.lossless
    if fit is not None:
        _ask(need, bounds, jobs, answers)
        yield from fitted(opened, kind, fit, bounds)
        return
    if head["moving"] and moves(opened.image, kind):
        _ask(2 * need, bounds, jobs, answers)
        try:
            yield encode_moving(opened.image, bounds, lossless=lossless)
        except Refused:
            if not head["partly"]:
                raise
            opened = Opened(data, kind, bounds)
            yield encode(opened.plain(), bounds, lossless=lossless)
        return
    _ask(need, bounds, jobs, answers)
    yield encode(opened.plain(), bounds, lossless=lossless, chroma=opened.chroma)


def _ask(need: int, bounds: Bounds, jobs: BinaryIO, answers: BinaryIO) -> None:
    if need > bounds.memory:
        raise Refused(Reason.MEMORY, bounds.memory)
    send(answers, {"need": need})
    receive(jobs, 0)


def _confine(bounds: Bounds) -> None:
    if sys.platform == "win32":
        return
    import resource

    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = used + bounds.memory + SLACK
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
