"""One process that decodes, seen from the server; nothing that it answers is trusted."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from .bounds import Bounds, Canvas, Fit, Reason, Refused
from .budget import Budget
from .kinds import Kind
from .messages import BrokenMessage, receive, send, send_head

T = TypeVar("T")
START_SECONDS = 30.0
CHUNK = 1 << 18
SIGNATURES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "SYSTEMROOT")
# What a large picture took goes back to the system at once, and comes from it in large pages.
MALLOC = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(1 << 23),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 24),
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
# The package's own front door would load what decoding has no use for.
START = (
    "import sys, types; package = types.ModuleType('polyarena'); "
    "package.__path__ = [sys.argv[1]]; sys.modules['polyarena'] = package; "
    "from polyarena.pictures.worker import main; main()"
)


@dataclass(frozen=True, slots=True)
class SafePicture:
    """A picture made anew; `thumb` is a small one in WebP, empty where it is small itself.

    `perceptual` is its perceptual hash, 16 hexadecimal digits.
    """

    media_type: str
    width: int
    height: int
    perceptual: str
    data: bytes
    thumb: bytes


@dataclass(frozen=True, slots=True)
class Job:
    """Bytes to be decoded: `size` of them from `source`.

    `moving` keeps every frame, or with `partly` the first alone where all are too many. With `fit`
    they are a stored picture, which is made to fit, with `canvas` one that is laid on it.
    """

    kind: Kind
    source: BinaryIO
    size: int
    moving: bool = False
    partly: bool = False
    fit: Fit | None = None
    canvas: Canvas | None = None


class DecoderFailed(Exception):
    """The process ended, said what makes no sense, or was ended; `slow` for taking too long."""

    def __init__(self, what: str, *, slow: bool = False) -> None:
        super().__init__(what)
        self.slow = slow


class Decoder:
    """A process, started at once and ended by `kill`; `broken` once it cannot be used again."""

    def __init__(self, bounds: Bounds, seconds: float) -> None:
        self._bounds = bounds
        self._seconds = seconds
        self._slow = False
        self.broken = False
        self.served = 0
        root = str(Path(__file__).parents[1])
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-c", START, root, json.dumps(asdict(bounds))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=MALLOC | {name: os.environ[name] for name in PASSED_ON if name in os.environ},
            cwd=os.path.abspath(os.sep),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._jobs: BinaryIO = self._process.stdin  # type: ignore[assignment]
        self._answers: BinaryIO = self._process.stdout  # type: ignore[assignment]
        with self._guarded(), self._within(START_SECONDS):
            self._receive()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether it can be given a job."""
        return not self.broken and self._process.poll() is None

    def take(self, job: Job, budget: Budget, keep: Callable[[SafePicture], T]) -> list[T]:
        """Decode; each picture is handed to `keep` as it comes.

        Raises:
            Refused: the picture is not taken.
            DecoderFailed: the process failed at it, and is of no more use.
        """
        self.served += 1
        with self._guarded():
            with self._within(self._seconds):
                self._send(job)
                need = self._number(self._receive()[0].get("need"), self._bounds.memory)
            with budget.held(need), self._within(self._seconds):
                send(self._jobs, {"go": True})
                return [keep(picture) for picture in self._pictures()]

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.broken = True
        self._process.kill()
        for stream in (self._jobs, self._answers):
            with suppress(OSError, ValueError):
                stream.close()
        self._process.wait()

    def _pictures(self) -> Iterator[SafePicture]:
        while True:
            head, blobs = self._receive()
            if head.get("done"):
                return
            yield self._picture(head.get("picture"), blobs)

    def _picture(self, about: object, blobs: list[bytes]) -> SafePicture:
        if not isinstance(about, Mapping) or len(blobs) != 2:
            raise DecoderFailed("it answered no picture")
        media_type, perceptual = about.get("media_type"), about.get("perceptual")
        signature = SIGNATURES.get(media_type) if isinstance(media_type, str) else None
        if signature is None or not blobs[0].startswith(signature):
            raise DecoderFailed("it answered a picture of another type")
        if blobs[1] and not blobs[1].startswith(SIGNATURES["image/webp"]):
            raise DecoderFailed("it answered a small picture of another type")
        if not isinstance(perceptual, str) or not re.fullmatch("[0-9a-f]{16}", perceptual):
            raise DecoderFailed("it answered a hash that is none")
        width, height = (self._number(about.get(n), self._bounds.side) for n in ("width", "height"))
        return SafePicture(str(media_type), width, height, perceptual, blobs[0], blobs[1])

    def _number(self, value: object, most: int) -> int:
        if type(value) is not int or not 0 < value <= most:
            raise DecoderFailed("it answered a number that cannot be")
        return value

    def _send(self, job: Job) -> None:
        head: dict[str, Any] = {
            "kind": job.kind.value,
            "moving": job.moving,
            "partly": job.partly,
            "fit": asdict(job.fit) if job.fit else None,
            "canvas": asdict(job.canvas) if job.canvas else None,
        }
        send_head(self._jobs, head, job.size)
        left = job.size
        while left:
            chunk = job.source.read(min(CHUNK, left))
            if not chunk:
                raise DecoderFailed("the upload ended early")
            self._jobs.write(chunk)
            left -= len(chunk)
        self._jobs.flush()

    def _receive(self) -> tuple[dict[str, Any], list[bytes]]:
        head, blobs = receive(self._answers, self._bounds.output)
        reason = head.get("refused")
        if isinstance(reason, str) and reason in set(Reason):
            amount = head.get("amount")
            raise Refused(Reason(reason), amount if type(amount) is int else 0)
        return head, blobs

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Ends the process unless all went well, or it refused in good order."""
        try:
            yield
        except Refused:
            raise
        except (BrokenMessage, DecoderFailed, OSError, ValueError) as error:
            self.kill()
            if self._slow:
                raise DecoderFailed("it took too long", slow=True) from None
            ended = f"; it ended with {self._process.returncode}"
            raise DecoderFailed(f"{error}{ended}") from error
        except BaseException:
            self.kill()
            raise

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        def end() -> None:
            self._slow = True
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
