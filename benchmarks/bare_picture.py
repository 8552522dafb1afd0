"""Bare Pillow: `bare_picture.py FILE`; for each line on standard input, prints the seconds of one.

Decodes, turns upright, makes a small one, encodes both, as a picture is stored; and no more.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

from PIL import Image, ImageOps

SMALL = 512


def once(data: bytes) -> float:
    """Seconds from the bytes of a picture to those that are stored."""
    began = time.perf_counter()
    image = Image.open(io.BytesIO(data))
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    small = image.resize(
        (SMALL, round(SMALL * image.height / image.width)),
        Image.Resampling.LANCZOS,
        reducing_gap=2.0,
    )
    image.save(io.BytesIO(), "JPEG", quality=90)
    small.save(io.BytesIO(), "WEBP", quality=80, method=1)
    return time.perf_counter() - began


def main() -> None:
    data = Path(sys.argv[1]).read_bytes()
    print("open at bare", flush=True)
    for _ in sys.stdin:
        print(once(data), flush=True)


if __name__ == "__main__":
    main()
