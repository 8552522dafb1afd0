"""Stored pictures made such as a model takes them, or as both sides' are seen until the reveal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from .bounds import Bounds, Canvas, Fit, Refused
from .decoding import Opened, without_information
from .encoding import Bounded, Encoded, described
from .kinds import Kind
from .moving import moves

_QUALITIES = (90, 80, 65)
_SMALLER = 0.75
_WHITE = (255, 255, 255)
_SEEN = {"quality": 95, "subsampling": 0}
_SLIVER = 0.01


def fitted(opened: Opened, kind: Kind, fit: Fit, bounds: Bounds) -> Iterator[Encoded]:
    """The picture, or its frames, made to fit."""
    if fit.frames > 1 and moves(opened.image, kind):
        for frame in _frames(opened.image, fit):
            yield _encoded(frame, fit, bounds, lossless=opened.lossless)
        return
    lossless = opened.lossless
    yield _encoded(opened.plain(), fit, bounds, lossless=lossless)


def laid_on(canvas: Canvas, opened: Opened, bounds: Bounds) -> Encoded:
    """The picture in the middle of a white canvas, as a JPEG."""
    image = opened.plain()
    image = _on_white(image) if image.mode == "RGBA" else image.convert("RGB")
    whole = (canvas.width, canvas.height)
    factor = min(canvas.width / image.width, canvas.height / image.height)
    size = (_filling(image.width * factor, whole[0]), _filling(image.height * factor, whole[1]))
    if image.size != size:
        image = image.resize(size, Image.Resampling.LANCZOS)
    if size != whole:
        laid = Image.new("RGB", whole, _WHITE)
        laid.paste(image, ((whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2))
        image = laid
    held = Bounded(bounds.output)
    image.save(held, "JPEG", **_SEEN)
    return described(image, "image/jpeg", held.getvalue())


def bounded(bounds: Bounds, fit: Fit | None) -> Bounds:
    """The bounds within which a picture is decoded that is to fit."""
    return replace(bounds, side=min(bounds.side, fit.side)) if fit else bounds


def _filling(length: float, room: int) -> int:
    """A length in pixels; what all but fills the room fills it, so that no sliver is left."""
    return room if length >= room * (1 - _SLIVER) else max(1, round(length))


def _frames(image: Image.Image, fit: Fit) -> Iterator[Image.Image]:
    count: int = image.n_frames  # type: ignore[attr-defined]
    taken = min(count, fit.frames)
    for number in range(taken):
        image.seek(round(number * (count - 1) / (taken - 1)))
        frame = without_information(image.convert("RGBA"))
        frame.thumbnail((fit.side, fit.side), Image.Resampling.LANCZOS)
        yield frame


def _encoded(image: Image.Image, fit: Fit, bounds: Bounds, *, lossless: bool) -> Encoded:
    most = min(fit.bytes, bounds.output)
    clear = image.mode == "RGBA"
    if "image/png" in fit.types and (lossless or clear):
        data = _saved(image, most, "PNG", compress_level=6)
        if data:
            return described(image, "image/png", data)
    if clear and "image/webp" in fit.types:
        data = _saved(image, most, "WEBP", quality=_QUALITIES[0], method=2)
        if data:
            return described(image, "image/webp", data)
    plain = _on_white(image) if clear else image
    while True:
        for quality in _QUALITIES:
            if data := _saved(plain, most, "JPEG", quality=quality):
                return described(plain, "image/jpeg", data)
        size = (round(plain.width * _SMALLER) or 1, round(plain.height * _SMALLER) or 1)
        plain = plain.resize(size, Image.Resampling.LANCZOS)


def _saved(image: Image.Image, most: int, form: str, **options: int) -> bytes:
    """The bytes, none where there would be more than `most`."""
    held = Bounded(most)
    try:
        image.save(held, form, **options)
    except Refused:
        return b""
    return held.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    plain = Image.new("RGB", image.size, _WHITE)
    plain.paste(image, mask=image.getchannel("A"))
    return plain
