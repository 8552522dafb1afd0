"""What an instruction says to do with a picture, and doing it within a mask."""

from __future__ import annotations

import re
from collections.abc import Callable

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from .colours import NAMED, Colour
from .hand import Hand
from .layout import plan
from .scene import read

Change = Callable[[Image.Image], Image.Image]
_TURN = re.compile(
    r"\b(?:make|turn|paint|colou?r|tint)\b[^.]*?\b(" + "|".join(NAMED) + r")\b", re.I
)
_ADDS = re.compile(r"\b(?:add|put|place|draw|with|insert|write|letter)\b", re.I)
_REST = re.compile(r"\b(?:add|put|place|draw|insert|write)\b.*", re.I | re.DOTALL)
_CHANGES: tuple[tuple[str, Change], ...] = (
    (r"black[ -]and[ -]white|gr[ae]yscale|monochrome|desaturate", lambda p: _grey(p)),
    (
        r"sepia|vintage|old photo",
        lambda p: ImageOps.colorize(p.convert("L"), (44, 28, 16), (255, 240, 210)),
    ),
    (
        r"blur\w*|soft focus|out of focus",
        lambda p: p.filter(ImageFilter.GaussianBlur(max(p.size) / 120)),
    ),
    (r"sharpe\w+|crisp\w*", lambda p: p.filter(ImageFilter.UnsharpMask(4, 160))),
    (r"brighte\w+|lighter|brighten\w*", lambda p: ImageEnhance.Brightness(p).enhance(1.35)),
    (r"darke\w+|dimm\w+", lambda p: ImageEnhance.Brightness(p).enhance(0.6)),
    (r"night|moonlit", lambda p: _tinted(ImageEnhance.Brightness(p).enhance(0.55), (30, 44, 110))),
    (r"sunset|warmer|warm", lambda p: _tinted(p, (255, 150, 70))),
    (r"colder|cooler|cold|winter", lambda p: _tinted(p, (90, 150, 255))),
    (r"contrast", lambda p: ImageEnhance.Contrast(p).enhance(1.5)),
    (r"colou?rful|vivid|saturate\w*", lambda p: ImageEnhance.Color(p).enhance(1.9)),
    (r"invert\w*|negative", ImageOps.invert),
    (r"mirror\w*|flip\w*", ImageOps.mirror),
    (r"upside down", ImageOps.flip),
    (
        r"pixel\w*|mosaic",
        lambda p: p.resize((48, max(1, 48 * p.height // p.width)), Image.Resampling.BOX).resize(
            p.size, Image.Resampling.NEAREST
        ),
    ),
    (
        r"outline\w*|sketch\w*|drawing",
        lambda p: ImageOps.invert(p.convert("L").filter(ImageFilter.FIND_EDGES)).convert("RGB"),
    ),
    (r"poster\w*", lambda p: ImageOps.posterize(p, 3)),
)


def edited(
    picture: Image.Image, mask: Image.Image | None, instruction: str, hand: Hand
) -> Image.Image:
    """The picture changed as told: as a whole, and with things and words added.

    `mask` is white where it may change. An instruction that names nothing known has the picture
    finished by the painter's own hand.
    """
    changed = picture
    for words, change in _CHANGES:
        if re.search(rf"\b(?:{words})\b", instruction, re.IGNORECASE):
            changed = change(changed).convert("RGB")
    rest = _REST.search(instruction)
    if found := _TURN.search(instruction[: rest.start()] if rest else instruction):
        changed = _tinted(changed, NAMED[found[1].lower()])
    changed = _with_things(changed, rest[0] if rest else instruction, hand)
    if changed is picture:
        import random

        changed = hand.finish(ImageOps.autocontrast(picture, cutoff=2), random.Random(1))  # noqa: S311
    return changed if mask is None else Image.composite(changed, picture, mask)


def _with_things(picture: Image.Image, instruction: str, hand: Hand) -> Image.Image:
    scene = read(instruction)
    if not _ADDS.search(instruction) or not (scene.rows or scene.words):
        return picture
    laid = plan(scene, picture.width, picture.height)
    figures = laid.figures if scene.rows else ()
    from dataclasses import replace

    return hand.paint(replace(laid, figures=figures), onto=picture)


def _grey(picture: Image.Image) -> Image.Image:
    return picture.convert("L").convert("RGB")


def _tinted(picture: Image.Image, colour: Colour) -> Image.Image:
    dark = (colour[0] // 8, colour[1] // 8, colour[2] // 8)
    toned = ImageOps.colorize(picture.convert("L"), dark, (255, 252, 246), mid=colour)
    return Image.blend(picture, toned, 0.6)
