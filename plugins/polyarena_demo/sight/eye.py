"""The process that reads pictures: their bytes come in, what is on them goes out as JSON.

Standard input holds pictures, each after its length in four bytes, most significant first; the
argument is the longest side at which they are looked at.
"""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from .colours import Labels, named
from .palette import NAMES
from .regions import Region, regions, shape

MEMORY, SECONDS, PIXELS = 1 << 30, 20, 20_000_000
LEAST, MOST_SHAPES = 0.004, 30
READER_SECONDS = 8
FORMATS = ("PNG", "JPEG", "WEBP")


def main() -> None:
    """Look at each picture and write a list of what was seen."""
    _confine()
    side = int(sys.argv[1])
    json.dump([look(data, side) for data in _pictures(sys.stdin.buffer)], sys.stdout)


def look(data: bytes, side: int) -> dict[str, Any]:
    """Measure a picture at no more than `side` pixels."""
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        size = opened.size
        picture = _on_white(opened)
    reading = _text(picture)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    pixels = np.asarray(picture)
    labels = np.asarray(Image.fromarray(named(pixels)).filter(ImageFilter.ModeFilter(5)))
    background = _background(labels)
    found = regions(labels, max(4, round(labels.size * LEAST)))
    apart = [one for one in found if one.label != background][:MOST_SHAPES]
    light = pixels.astype(np.float32).mean(axis=2) / 255
    step = np.abs(np.diff(light, axis=1))
    return {
        "width": size[0],
        "height": size[1],
        "colours": _shares(labels),
        "background": NAMES[background],
        "brightness": round(float(light.mean()), 3),
        "contrast": round(float(light.std()) * 2, 3),
        "edges": round(float((step > 0.15).mean()), 4),
        "flat": round(float((step < 0.004).mean()), 3),
        "shapes": [_described(one, labels) for one in apart],
        "rows": _rows(light),
        "text": reading,
    }


def _pictures(stream: BinaryIO) -> Iterator[bytes]:
    while head := stream.read(4):
        (length,) = struct.unpack(">I", head)
        yield stream.read(length)


def _on_white(opened: Image.Image) -> Image.Image:
    clear = opened.convert("RGBA")
    plain = Image.new("RGBA", clear.size, "white")
    plain.alpha_composite(clear)
    return plain.convert("RGB")


def _background(labels: Labels) -> int:
    rim = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    return int(np.bincount(rim).argmax())


def _shares(labels: Labels) -> list[tuple[str, float]]:
    counts = np.bincount(labels.ravel(), minlength=len(NAMES)) / labels.size
    order = np.argsort(-counts, kind="stable")
    return [(NAMES[i], round(float(counts[i]), 3)) for i in order if counts[i] >= 0.01]


def _described(region: Region, labels: Labels) -> dict[str, Any]:
    height, width = labels.shape
    return {
        "kind": shape(region),
        "colour": NAMES[region.label],
        "share": round(region.area / labels.size, 4),
        "left": round(region.left / width, 3),
        "top": round(region.top / height, 3),
        "right": round(region.right / width, 3),
        "bottom": round(region.bottom / height, 3),
    }


def _rows(light: npt.NDArray[np.float32]) -> int:
    """How many lines of writing there seem to be: bands of much change, apart by bands of none."""
    change = np.abs(np.diff(light, axis=1)) > 0.2
    busy = change.mean(axis=1) >= 0.06
    return int((np.diff(busy.astype(np.int8)) == 1).sum()) + int(busy[0])


def _text(picture: Image.Image) -> str:
    reader = shutil.which("tesseract")
    if reader is None:
        return ""
    held = io.BytesIO()
    picture.save(held, "PNG")
    try:
        done = subprocess.run(  # noqa: S603
            [reader, "stdin", "stdout"],
            input=held.getvalue(),
            capture_output=True,
            timeout=READER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return " ".join(done.stdout.decode(errors="replace").split())[:2000]


def _confine() -> None:
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    main()
