"""Pictures: from upload to stored beside bare Pillow, and memory whatever number waits."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
from PIL import Image
from PIL.ExifTags import Base

from figures import Figure, median
from machine import HERE, SERVER_CPU, Process, directory, polyarena

SIZE = (4000, 3000)
TURNED = 6
MOST_MB = 300
ALONE = {"POLYARENA_DISABLED_PLUGINS": '["code", "sandbox"]'}


def measure(quick: bool) -> list[Figure]:
    """The figures of one picture at a time, and of many at once."""
    times = 7 if quick else 25
    figures = []
    with (
        directory() as data,
        polyarena(data, env=ALONE) as server,
        httpx.Client(timeout=300) as client,
    ):
        client.get(server.url, follow_redirects=True)
        rest = _resident(server.pid)
        for name, photo in {
            "a photo": photo_of(1),
            "a photo on its side": photo_of(TURNED),
        }.items():
            file = data / "photo.jpg"
            file.write_bytes(photo)
            with _bare(file) as bare:
                pairs = [(_upload(client, server, photo), bare()) for _ in range(times)]
            ours, floor = (median(values) * 1000 for values in zip(*pairs[1:], strict=True))
            figures.append(
                Figure(
                    f"{name} of 12 megapixels, upload to stored",
                    ours,
                    "ms",
                    floor=floor,
                    most=1.5,
                    of_floor=True,
                    note=f"{len(photo) / 1e6:.1f} MB; floor: bare Pillow",
                )
            )
        for crowd in (8, 24) if quick else (8, 32, 96):
            figures += _many(server, photo_of(TURNED), crowd, rest)
    return figures


def photo_of(orientation: int) -> bytes:
    """A JPEG of 12 megapixels, as large as one of a camera, with an EXIF orientation."""
    random = np.random.default_rng(1)
    rough = Image.fromarray(random.integers(0, 255, (75, 100, 3), dtype=np.uint8))
    smooth = np.asarray(rough.resize(SIZE, Image.Resampling.BICUBIC)).astype(np.int16)
    grain = random.normal(0, 6, (SIZE[1], SIZE[0], 1)).astype(np.int16)
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    held = io.BytesIO()
    shown = Image.fromarray(np.clip(smooth + grain, 0, 255).astype(np.uint8))
    shown.save(held, "JPEG", quality=92, exif=exif)
    return held.getvalue()


def _upload(client: httpx.Client, server: Process, photo: bytes) -> float:
    """Seconds from sending a picture to knowing that it is stored."""
    began = time.perf_counter()
    files = {"file": ("photo.jpg", photo)}
    answer = client.post(f"{server.url}/api/v1/artifacts", files=files)
    if answer.status_code != 201:
        raise RuntimeError(f"a picture was refused: {answer.text}")
    return time.perf_counter() - began


def _many(server: Process, photo: bytes, crowd: int, rest: int) -> Sequence[Figure]:
    """Uploads by a crowd at once: how many a second, and the most memory above rest."""
    over, most = threading.Event(), 0

    def watch() -> None:
        nonlocal most
        while not over.wait(0.02):
            most = max(most, _resident(server.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    began = time.perf_counter()

    def send(_: int) -> float:
        with httpx.Client(timeout=300) as client:
            return _upload(client, server, photo)

    try:
        with ThreadPoolExecutor(crowd) as threads:
            list(threads.map(send, range(crowd)))
    finally:
        over.set()
        watching.join()
    rate = crowd / (time.perf_counter() - began)
    above = (most - rest) / 1e6
    return [
        Figure(f"{crowd} photos at once", rate, "pictures/s"),
        Figure(f"{crowd} photos at once, memory above rest", above, "MB", most=MOST_MB),
    ]


@contextmanager
def _bare(file: Path) -> Iterator[_Bare]:
    command = [sys.executable, str(HERE / "bare_picture.py"), str(file)]
    with subprocess.Popen(
        ["taskset", "-c", str(SERVER_CPU), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield _Bare(process)
        process.terminate()


class _Bare:
    """Bare Pillow in a process of its own; a call does it once and answers the seconds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._asked, self._said = process.stdin, process.stdout
        self._said.readline()

    def __call__(self) -> float:
        self._asked.write("\n")
        self._asked.flush()
        return float(self._said.readline())


def _resident(pid: int) -> int:
    """The resident memory of a process and of those it started, in bytes."""
    total = 0
    for each in [pid, *_children(pid)]:
        try:
            lines = Path(f"/proc/{each}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
    return total


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found
