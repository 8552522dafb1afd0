"""Pictures that are made to harm, or broken: refused with a reason, or made safe."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator

import pytest

from kit.pictures import HTML, bomb_png, decoded, drawing, encoded, hostile, locked_pdf, pdf
from polyarena import PictureRefused
from polyarena.pictures.decoder import Job, SafePicture
from polyarena.pictures.intake import Intake
from polyarena.pictures.kinds import HEAD, PICTURES, Kind, claimed_by, kind_of
from polyarena.settings import Images

PIXELS = "too many pixels; at most 50,000,000 are taken"
DAMAGED = "is damaged"
SAFE: dict[str, tuple[int, int]] = {
    "a script that is a picture too.gif": (4096, 1),
    "a page behind the end.png": (320, 200),
    "a page behind the end.jpg": (320, 200),
    "a page in a note.png": (320, 200),
    "30,000 x 1.png": (4096, 1),
    "1 x 30,000.png": (1, 4096),
    "a profile of 13 megabytes of noise.jpg": (320, 200),
    "a note of 19 MB.png": (320, 200),
    "ten thousand frames.gif": (8, 8),
    "noise after a head.jpg": (320, 200),
}
REFUSED = {
    "a bomb of 900 megapixels.png": PIXELS,
    "a bomb of 49 megapixels in colour.png": "too much memory to be read as a PNG",
    "a canvas of 4 gigapixels.gif": PIXELS,
    "a head of 4 gigapixels.jpg": PIXELS,
    "a canvas of 268 megapixels.webp": PIXELS,
    "half.png": DAMAGED,
    "half.jpg": DAMAGED,
    "half.gif": DAMAGED,
    "half.webp": DAMAGED,
    "half.avif": DAMAGED,
    "half.heic": DAMAGED,
    "half.pdf": DAMAGED,
    "only a head.png": DAMAGED,
    "a profile of a gigabyte.png": DAMAGED,
    "a packed note of 100 MB.png": DAMAGED,
}
NO_PICTURE = {"nothing.png", "a page that says it is.png", "a drawing that says it is.png"}
SENT = {what: data for what, _, data in hostile()}


@pytest.fixture(scope="module")
def intake() -> Iterator[Intake]:
    made = Intake(Images(), 20_000_000)
    yield made
    made.close()


def take(intake: Intake, data: bytes, *, moving: bool = False) -> SafePicture:
    kind = kind_of(data[:HEAD])
    assert kind is not None
    job = Job(kind, io.BytesIO(data), len(data), moving)
    (picture,) = asyncio.run(intake.take(job, "it", lambda picture: picture))
    return picture


def outcome(intake: Intake, data: bytes, *, moving: bool = False) -> SafePicture | str:
    """The picture, or why it is refused."""
    try:
        return take(intake, data, moving=moving)
    except PictureRefused as refused:
        return str(refused)


def test_the_table_is_whole() -> None:
    assert SAFE.keys() | REFUSED.keys() | NO_PICTURE == SENT.keys()


@pytest.mark.parametrize("what", SAFE)
def test_made_safe(intake: Intake, what: str) -> None:
    picture = take(intake, SENT[what])
    assert (picture.width, picture.height) == SAFE[what]
    assert decoded(picture.data).size == SAFE[what]
    assert len(picture.data) < 100_000
    for data in (picture.data, picture.thumb):
        assert HTML not in data
        assert b"alert(" not in data


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_a_reason(intake: Intake, what: str) -> None:
    for moving in (False, True):
        with pytest.raises(PictureRefused, match=REFUSED[what]) as refused:
            take(intake, SENT[what], moving=moving)
        assert str(refused.value).startswith("it ")
        assert str(refused.value).endswith(".")


@pytest.mark.parametrize("what", sorted(NO_PICTURE))
def test_not_taken_for_a_picture(what: str) -> None:
    assert kind_of(SENT[what][:HEAD]) not in PICTURES
    assert claimed_by(what) in PICTURES


def test_ten_thousand_frames_are_not_stored_as_a_moving_picture(intake: Intake) -> None:
    with pytest.raises(PictureRefused, match="too many frames; at most 300"):
        take(intake, SENT["ten thousand frames.gif"], moving=True)


def test_a_locked_pdf(intake: Intake) -> None:
    with pytest.raises(PictureRefused, match="locked with a password"):
        take(intake, locked_pdf())


@pytest.mark.parametrize(
    ("sides", "said"),
    [("[0 0 0 0]", "damaged"), ("[0 0 1 99999]", ""), ("[0 0 1e9 1e9]", "")],
)
def test_pages_of_a_size_that_none_has(intake: Intake, sides: str, said: str) -> None:
    given = pdf(drawing(100, 100))
    box = given[given.index(b"/MediaBox") :].partition(b"]")[0] + b"]"
    came = outcome(intake, given.replace(box, b"/MediaBox " + sides.encode()))
    assert said in came if isinstance(came, str) else max(came.width, came.height) <= 4096


def test_bombs_below_the_limits_are_decoded(intake: Intake) -> None:
    assert take(intake, bomb_png(6_000, 6_000)).width == 4096


def test_every_cut_of_a_picture_is_refused_or_read(intake: Intake) -> None:
    for form in ("PNG", "GIF", "JPEG", "WEBP", "AVIF", "HEIF"):
        whole = encoded(drawing(64, 48), form)
        for cut in range(40, len(whole), max(1, len(whole) // 25)):
            came = outcome(intake, whole[:cut])
            assert "damaged" in came if isinstance(came, str) else came.width == 64


def test_pictures_of_flipped_bits_are_refused_or_read(intake: Intake) -> None:
    for form in ("PNG", "GIF", "JPEG", "WEBP", "AVIF", "HEIF"):
        whole = encoded(drawing(64, 48), form)
        for at in range(12, len(whole), max(1, len(whole) // 40)):
            broken = bytearray(whole)
            broken[at] ^= 0x55
            if kind_of(bytes(broken[:HEAD])):
                came = outcome(intake, bytes(broken), moving=at % 2 == 0)
                assert came.startswith("it ") if isinstance(came, str) else came.width <= 4096


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", None),
        (b"\x89PN", None),
        (b"BM" + bytes(60), None),
        (b"II*\0" + bytes(60), None),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", None),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", Kind.AVIF),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Kind.HEIC),
        (b"\xff\xff\xff\xffftypheic", Kind.HEIC),
        (b"\n  <?xml version='1.0'?>\n<SVG xmlns='x'>", Kind.SVG),
        (b"\n%PDF-1.7", Kind.PDF),
        (b"RIFF\0\0\0\0WAVE", None),
    ],
)
def test_what_bytes_claim_to_be(head: bytes, kind: Kind | None) -> None:
    assert kind_of(head) is kind
