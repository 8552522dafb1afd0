"""Having pictures looked at, in a process that ends with it."""

from __future__ import annotations

import asyncio
import json
import os
import struct
import sys
from collections.abc import Sequence

from polyarena import Failure, Image, ModelRequest, ProviderError

from .seen import Seen

SECONDS = 25.0
MOST = 6
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "SYSTEMROOT")


def pictures_of(request: ModelRequest) -> Sequence[Image]:
    """The pictures that a thread's last prompt is about: its own, else those before it."""
    for message in reversed(request.messages):
        if message.role != "user":
            continue
        if pictures := [part for part in message.parts if isinstance(part, Image)]:
            return pictures[:MOST]
    return []


async def look(request: ModelRequest, pictures: Sequence[Image], side: int) -> list[Seen]:
    """What is to be seen in pictures at no more than `side` pixels.

    Raises:
        NotFound: a picture was deleted.
        ProviderError: they could not be looked at.
    """
    data = [await request.load(picture) for picture in pictures]
    framed = b"".join(struct.pack(">I", len(each)) + each for each in data)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "polyarena_demo.sight.eye",
        str(side),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
    )
    try:
        async with asyncio.timeout(SECONDS):
            written, _ = await process.communicate(framed)
        return [Seen.of(each) for each in json.loads(written)]
    except (TimeoutError, ValueError, TypeError, KeyError) as error:
        raise ProviderError(Failure.SERVER_ERROR, f"the demo's eye failed: {error!r}") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _environment() -> dict[str, str]:
    known = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**known, "PYTHONSAFEPATH": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
