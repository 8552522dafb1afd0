"""Pictures of every kind and mode come out plain: 8 bits, sRGB, upright, without metadata."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import scipy.fft
from PIL import Image, ImageChops, ImageStat

from kit.pictures import (
    SECRET,
    chunk,
    decoded,
    drawing,
    encoded,
    frames_gif,
    pdf,
    swapped_profile,
    with_exif,
    with_notes,
)
from polyarena import PictureRefused
from polyarena.pictures.decoder import Job, SafePicture
from polyarena.pictures.intake import Intake
from polyarena.pictures.kinds import HEAD, kind_of
from polyarena.settings import Images

Take = Callable[..., SafePicture]


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    made = Intake(Images(side=1024, pages=3, frames=20), 2_000_000)
    yield made
    made.close()


@pytest.fixture
def take_all(intake: Intake) -> Callable[..., list[SafePicture]]:
    def take(data: bytes, *, moving: bool = False) -> list[SafePicture]:
        kind = kind_of(data[:HEAD])
        assert kind is not None
        job = Job(kind, io.BytesIO(data), len(data), moving)
        return asyncio.run(intake.take(job, "it", lambda picture: picture))

    return take


@pytest.fixture
def take(take_all: Callable[..., list[SafePicture]]) -> Take:
    def take(data: bytes, *, moving: bool = False) -> SafePicture:
        (picture,) = take_all(data, moving=moving)
        return picture

    return take


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart on average, 0 to 255."""
    assert one.size == other.size
    difference = ImageChops.difference(one.convert("RGBA"), other.convert("RGBA"))
    return max(ImageStat.Stat(difference).mean)


@pytest.mark.parametrize(
    ("form", "options", "media_type"),
    [
        ("PNG", {}, "image/png"),
        ("PNG", {"interlace": True}, "image/png"),
        ("GIF", {}, "image/png"),
        ("WEBP", {"lossless": True}, "image/png"),
        ("JPEG", {"quality": 95}, "image/jpeg"),
        ("JPEG", {"quality": 95, "progressive": True}, "image/jpeg"),
        ("WEBP", {"quality": 95}, "image/jpeg"),
        ("AVIF", {"quality": 95}, "image/jpeg"),
        ("HEIF", {"quality": 95}, "image/jpeg"),
    ],
)
def test_every_format_is_read_and_lossless_stays_lossless(
    take: Take, form: str, options: dict[str, object], media_type: str
) -> None:
    picture = take(encoded(drawing(), form, **options))
    assert (picture.media_type, picture.width, picture.height) == (media_type, 320, 200)
    off = apart(decoded(picture.data), drawing())
    assert off < (2 if form == "GIF" else 4)
    assert off == 0 or media_type == "image/jpeg" or form == "GIF"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_a_png(take: Take, mode: str) -> None:
    given = drawing(mode=mode)
    shown = decoded(take(encoded(given, "PNG")).data)
    assert shown.mode == ("L" if mode in ("1", "L") else "RGB")
    assert apart(shown, given) == 0


def test_transparency_stays_whatever_it_was_made_of(take: Take) -> None:
    clear = drawing(mode="RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 160, 200))
    palette = drawing(mode="P")
    given = {
        "RGBA": encoded(clear, "PNG"),
        "palette": encoded(palette, "PNG", transparency=palette.getpixel((1, 1))),
        "colour": encoded(drawing(), "PNG", transparency=(200, 30, 40)),
        "WebP": encoded(clear, "WEBP", quality=95),
        "GIF": encoded(palette, "GIF", transparency=palette.getpixel((1, 1))),
    }
    for what, data in given.items():
        picture = take(data)
        shown = decoded(picture.data)
        assert shown.mode == "RGBA", what
        assert shown.getpixel((1, 1))[3] == 0, what  # type: ignore[index]
        assert shown.getpixel((300, 10))[3] == 255, what  # type: ignore[index]
        assert picture.media_type == ("image/webp" if what == "WebP" else "image/png")


def test_sixteen_bits_become_eight_of_the_same_brightness(take: Take) -> None:
    grey = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 128 * 257, 65535)):
        grey.putpixel((x, 0), value)
    shown = decoded(take(encoded(grey, "PNG")).data)
    assert shown.mode == "L"
    assert [shown.getpixel((x, 0)) for x in range(3)] == [0, 128, 255]


def test_cmyk_becomes_rgb(take: Take) -> None:
    given = drawing(mode="CMYK")
    shown = decoded(take(encoded(given, "JPEG", quality=95)).data)
    assert shown.mode == "RGB"
    assert apart(shown, given.convert("RGB")) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_are_turned_upright(take: Take, form: str, orientation: int) -> None:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = drawing().transpose(turns[orientation]) if orientation in turns else drawing()
    shown = decoded(take(with_exif(held, form, orientation)).data)
    assert apart(shown, drawing()) < 5


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_nothing_of_a_cameras_notes_is_left(take: Take, form: str) -> None:
    given = with_exif(drawing(), form)
    assert SECRET in given
    picture = take(given)
    for data in (picture.data, picture.thumb):
        assert SECRET not in data
        assert b"Exif" not in data
    assert not decoded(picture.data).getexif()


def test_nothing_of_a_painting_programs_notes_is_left(take: Take) -> None:
    data = take(with_notes(drawing())).data
    names, at = [], 8
    while at < len(data):
        names.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    assert set(names) == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize(
    ("form", "options"),
    [("JPEG", {"comment": SECRET}), ("GIF", {"comment": SECRET}), ("WEBP", {"xmp": SECRET})],
)
def test_no_comment_is_left(take: Take, form: str, options: dict[str, bytes]) -> None:
    given = encoded(drawing(), form, **options)
    assert SECRET in given
    assert SECRET not in take(given).data


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_colours_of_another_profile_become_those_of_srgb(take: Take, form: str) -> None:
    given = encoded(drawing(), form, icc_profile=swapped_profile(), quality=95)
    shown = decoded(take(given).data)
    red, green, blue = shown.getpixel((20, 20))  # type: ignore[misc]
    assert green > 150 > 90 > red
    assert blue < 90
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize("profile", [b"x" * 1000, swapped_profile()[:200]])
def test_a_broken_profile_is_left_out(take: Take, profile: bytes) -> None:
    shown = decoded(take(encoded(drawing(), "PNG", icc_profile=profile)).data)
    assert apart(shown, drawing()) == 0


def test_long_pictures_are_scaled_and_have_a_thumbnail(take: Take) -> None:
    picture = take(encoded(drawing(3000, 2000), "PNG"))
    assert (picture.width, picture.height) == (1024, 683)
    assert decoded(picture.data).size == (1024, 683)
    thumb = decoded(picture.thumb)
    assert (thumb.format, thumb.size) == ("WEBP", (512, 342))
    assert take(encoded(drawing(512, 300), "PNG")).thumb == b""


def test_a_long_jpeg_is_decoded_at_a_smaller_scale(take: Take) -> None:
    picture = take(encoded(drawing(3000, 2000), "JPEG"))
    assert 768 <= picture.width <= 1024
    assert abs(picture.width / picture.height - 1.5) < 0.01
    assert apart(decoded(picture.data), drawing(picture.width, picture.height)) < 8


def test_two_pictures_in_one_jpeg_are_the_first(take: Take) -> None:
    given = encoded(drawing(), "MPO", save_all=True, append_images=[Image.new("RGB", (320, 200))])
    for moving in (False, True):
        picture = take(given, moving=moving)
        assert picture.media_type == "image/jpeg"
        assert apart(decoded(picture.data), drawing()) < 6


def test_of_what_moves_the_first_frame_or_all(take: Take) -> None:
    frames = [drawing(), drawing().rotate(90), drawing().rotate(180)]
    for form in ("GIF", "PNG", "WEBP"):
        options = {"save_all": True, "append_images": frames[1:], "duration": [100, 200, 300]}
        given = encoded(frames[0], form, **options)
        still, moving = take(given), take(given, moving=True)
        assert getattr(decoded(still.data), "n_frames", 1) == 1
        shown = decoded(moving.data)
        assert (shown.n_frames, moving.media_type) == (3, "image/webp")  # type: ignore[attr-defined]
        assert still.perceptual == moving.perceptual
        for number, frame in enumerate(frames):
            shown.seek(number)
            shown.load()
            assert apart(shown, frame) < 6, (form, number)
            assert shown.info["duration"] == 100 * (number + 1)


def test_too_many_frames_or_too_large_ones(take: Take) -> None:
    assert take(frames_gif(20), moving=True).width == 8
    assert take(frames_gif(21)).width == 8
    with pytest.raises(PictureRefused, match="too many frames; at most 20"):
        take(frames_gif(21), moving=True)
    with pytest.raises(PictureRefused, match="too many pixels"):
        take(frames_gif(2, 1100), moving=True)


def test_pages_of_a_pdf(take_all: Callable[..., list[SafePicture]]) -> None:
    pages = take_all(pdf(drawing(300, 400), drawing(400, 300), drawing(300, 400)))
    assert [(page.width, page.height) for page in pages] == [(768, 1024), (1024, 768), (768, 1024)]
    assert apart(decoded(pages[1].data), drawing(1024, 768)) < 8
    with pytest.raises(PictureRefused, match="too many pages; at most 3"):
        take_all(pdf(*[drawing()] * 4))


def test_the_hash_is_that_of_the_published_formula(take: Take) -> None:
    for image in (drawing(), drawing(400, 400), drawing().rotate(30)):
        grey = image.convert("L").resize((32, 32), Image.Resampling.LANCZOS)
        transformed = scipy.fft.dct(scipy.fft.dct(np.asarray(grey, float), axis=0), axis=1)
        low = transformed[:8, :8]
        bits = (low > np.median(low)).flatten()
        due = int("".join("01"[int(bit)] for bit in bits), 2)
        assert take(encoded(image, "PNG")).perceptual == f"{due:016x}"


def test_hashes_of_pictures_that_look_alike_differ_in_few_bits(take: Take) -> None:
    def bits(one: Image.Image, other: Image.Image) -> int:
        first, second = (int(take(encoded(i, "PNG")).perceptual, 16) for i in (one, other))
        return (first ^ second).bit_count()

    plain = drawing()
    assert bits(plain, decoded(encoded(plain, "JPEG", quality=40))) <= 6
    assert bits(plain, plain.resize((640, 400))) <= 6
    assert bits(plain, ImageChops.add(plain, Image.new("RGB", plain.size, (15, 15, 15)))) <= 6
    assert bits(plain, plain.rotate(180)) > 12


def test_bytes_behind_the_end_and_unknown_chunks_are_gone(take: Take) -> None:
    png = encoded(drawing(), "PNG")
    given = png[:33] + chunk(b"prVt", SECRET) + png[33:] + SECRET
    assert SECRET not in take(given).data


def test_what_is_stored_has_a_limit_too(take: Take) -> None:
    noise = Image.effect_noise((1000, 1000), 200).convert("RGB")
    noisy = Image.merge("RGB", [Image.effect_noise((1000, 1000), 200) for _ in range(3)])
    assert take(encoded(noise, "JPEG")).width == 1000
    with pytest.raises(PictureRefused, match="would be stored in more than 2,000,000 bytes"):
        take(encoded(noisy, "PNG"))
