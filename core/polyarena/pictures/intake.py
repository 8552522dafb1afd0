"""The way in for pictures: a few processes that decode, started when they are first needed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import structlog

from ..errors import PictureRefused, StorageError
from .bounds import Bounds, Refused
from .budget import Budget
from .decoder import Decoder, DecoderFailed, Job, SafePicture
from .wording import failed, refused

if TYPE_CHECKING:
    from ..settings import Images

T = TypeVar("T")
PICTURES_EACH = 200
"""How many pictures a process decodes before another takes its place."""

log = structlog.get_logger("polyarena.pictures")


class Intake:
    """Decodes pictures, at most `settings.workers` at a time; `output` bounds each in bytes."""

    def __init__(self, settings: Images, output: int) -> None:
        self._seconds = settings.seconds
        self._bounds = Bounds(
            pixels=settings.pixels,
            side=settings.side,
            output=output,
            memory=settings.memory,
            frames=settings.frames,
            pages=settings.pages,
        )
        self._budget = Budget(settings.memory)
        self._threads = ThreadPoolExecutor(settings.workers, "picture")
        self._idle: list[Decoder] = []
        self._running: set[Decoder] = set()
        self._closed = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that are running."""
        return tuple(decoder.pid for decoder in tuple(self._running))

    async def take(self, job: Job, name: str, keep: Callable[[SafePicture], T]) -> list[T]:
        """Make pictures of bytes; each goes through `keep`, in a thread, as soon as it is there.

        A PDF gives a picture a page, anything else one.

        Raises:
            PictureRefused: it is not taken; the message calls it `name` and says why.
            StorageError: nothing can be decoded just now, or `keep` raised it.
        """
        loop = asyncio.get_running_loop()
        work = partial(self._take, job, keep)
        try:
            return await loop.run_in_executor(self._threads, work)
        except Refused as error:
            raise PictureRefused(refused(name, job.kind, error)) from None
        except DecoderFailed as error:
            log.warning("a picture was too much for its decoder", kind=job.kind, reason=str(error))
            raise PictureRefused(failed(name, slow=error.slow)) from None

    def close(self) -> None:
        """End every process; what is being decoded is given up."""
        self._closed = True
        for decoder in tuple(self._running):
            decoder.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _take(self, job: Job, keep: Callable[[SafePicture], T]) -> list[T]:
        decoder = self._decoder()
        try:
            return decoder.take(job, self._budget, keep)
        finally:
            if decoder.usable and decoder.served < PICTURES_EACH and not self._closed:
                self._idle.append(decoder)
            else:
                self._end(decoder)

    def _decoder(self) -> Decoder:
        while self._idle:
            decoder = self._idle.pop()
            if decoder.usable:
                return decoder
            self._end(decoder)
        if self._closed:
            raise StorageError("The server is stopping; try again later.")
        try:
            decoder = Decoder(self._bounds, self._seconds)
        except (DecoderFailed, OSError) as error:
            log.error("no process to decode pictures could be started", reason=str(error))
            raise StorageError("Pictures cannot be read just now; try again later.") from error
        self._running.add(decoder)
        return decoder

    def _end(self, decoder: Decoder) -> None:
        self._running.discard(decoder)
        decoder.kill()
