"""A picture that moves, all of its frames stored anew as one WebP."""

from __future__ import annotations

from PIL import Image

from .bounds import Bounds, Reason, Refused
from .decoding import without_information
from .encoding import QUALITY, Bounded, Encoded, described
from .kinds import Kind

_SHORTEST, _LONGEST, _USUAL = 20, 60_000, 100


def moves(image: Image.Image, kind: Kind) -> bool:
    """Whether a picture has frames that follow one another."""
    return kind in (Kind.GIF, Kind.PNG, Kind.WEBP) and getattr(image, "n_frames", 1) > 1


def encode_moving(image: Image.Image, bounds: Bounds, *, lossless: bool) -> Encoded:
    """All frames of a picture that moves; hash and thumbnail are of its first.

    Raises:
        Refused: it has too many frames, or they have too many pixels or bytes together.
    """
    count: int = image.n_frames  # type: ignore[attr-defined]
    if count > bounds.frames:
        raise Refused(Reason.FRAMES, bounds.frames)
    most = min(bounds.pixels * 2 // count, bounds.side**2)
    if max(image.size) > bounds.side or image.width * image.height > most:
        raise Refused(Reason.PIXELS, most)
    times = _milliseconds(image, count)
    image.seek(0)
    first = without_information(image.convert("RGBA"))
    held = Bounded(bounds.output)
    image.save(
        held,
        "WEBP",
        save_all=True,
        lossless=lossless,
        quality=0 if lossless else QUALITY,
        method=0,
        duration=times,
        background=(0, 0, 0, 0),
        icc_profile=b"",
        exif=b"",
        xmp=b"",
    )
    return described(first, "image/webp", held.getvalue())


def _milliseconds(image: Image.Image, count: int) -> list[int]:
    times = []
    for number in range(count):
        image.seek(number)
        image.load()
        given = image.info.get("duration")
        known = int(given) if isinstance(given, (int, float)) and given > 0 else _USUAL
        times.append(max(_SHORTEST, min(_LONGEST, known)))
    return times
