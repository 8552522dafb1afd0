"""Stored pictures are made such as a model takes them: size, bytes, type, frames."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kit.pictures import decoded, drawing, encoded
from polyarena.pictures.bounds import Fit
from polyarena.pictures.decoder import Job, SafePicture
from polyarena.pictures.intake import Intake
from polyarena.pictures.kinds import HEAD, kind_of, may_move
from polyarena.settings import Images

BOTH = ("image/jpeg", "image/png")


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    made = Intake(Images(side=1024), 2_000_000)
    yield made
    made.close()


def fitted(intake: Intake, data: bytes, **fit: Any) -> list[SafePicture]:
    given = {"side": 1024, "bytes": 1_000_000, "types": BOTH, **fit}
    kind = kind_of(data[:HEAD])
    assert kind is not None
    job = Job(kind, io.BytesIO(data), len(data), fit=Fit(**given))
    return asyncio.run(intake.take(job, "it", lambda picture: picture))


def noise(side: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (side, side, 3), np.uint8))


def film(count: int) -> bytes:
    """Frames that get lighter from one to the next."""
    frames = [Image.new("RGB", (60, 40), (10 * n, 10 * n, 10 * n)) for n in range(count)]
    return encoded(
        frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True, duration=50
    )


@pytest.mark.parametrize(("form", "due"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_large_one_is_made_smaller_and_keeps_its_type(
    intake: Intake, form: str, due: str
) -> None:
    (one,) = fitted(intake, encoded(drawing(800, 600), form), side=320)
    assert (one.media_type, one.width, one.height) == (due, 320, 240)
    assert decoded(one.data).size == (320, 240)


def test_as_many_bytes_as_are_taken_and_no_more(intake: Intake) -> None:
    data = encoded(noise(400), "PNG")
    (one,) = fitted(intake, data, bytes=60_000)
    assert len(data) > 400_000
    assert 20_000 < len(one.data) <= 60_000
    assert one.media_type == "image/jpeg"
    (smaller,) = fitted(intake, data, bytes=9_000)
    assert len(smaller.data) <= 9_000
    assert 50 < smaller.width < 400


def test_what_shows_through_stays_or_becomes_white(intake: Intake) -> None:
    clear = drawing(mode="RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size))
    webp = encoded(clear, "WEBP")
    (png,) = fitted(intake, webp)
    assert (png.media_type, decoded(png.data).mode) == ("image/png", "RGBA")
    (jpeg,) = fitted(intake, webp, types=("image/jpeg",))
    shown = decoded(jpeg.data)
    assert jpeg.media_type == "image/jpeg"
    assert min(shown.getpixel((200, 0))) > 235  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "due"),
    [(1, [0]), (2, [0, 90]), (3, [0, 40, 90]), (10, list(range(0, 100, 10))), (50, None)],
)
def test_frames_from_the_first_to_the_last(
    intake: Intake, count: int, due: list[int] | None
) -> None:
    made = fitted(intake, film(10), frames=count)
    tones = [decoded(one.data).convert("L").getpixel((5, 5)) for one in made]
    assert tones == (due or list(range(0, 100, 10)))
    assert {one.media_type for one in made} == {"image/png"}


def test_what_may_move_is_told_by_its_beginning() -> None:
    assert may_move(film(2)[:HEAD])
    assert not may_move(encoded(drawing(), "WEBP")[:HEAD])
    assert not may_move(encoded(drawing(), "PNG")[:HEAD])
