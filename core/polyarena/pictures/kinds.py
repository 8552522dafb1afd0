"""What bytes are by how they begin, without decoding them."""

from __future__ import annotations

from enum import StrEnum

HEAD = 1024
"""How many bytes at the beginning are looked at."""

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


class Kind(StrEnum):
    """A format that is known by its first bytes."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WebP"
    GIF = "GIF"
    AVIF = "AVIF"
    HEIC = "HEIC"
    PDF = "PDF"
    SVG = "SVG"


PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF, Kind.AVIF, Kind.HEIC})
"""The kinds that are taken as pictures; SVG is a program and never is."""

TAKEN = "PNG, JPEG, WebP, GIF, AVIF or HEIC"
SUFFIXES = {
    "png": Kind.PNG,
    "apng": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "jpe": Kind.JPEG,
    "webp": Kind.WEBP,
    "gif": Kind.GIF,
    "avif": Kind.AVIF,
    "heic": Kind.HEIC,
    "heif": Kind.HEIC,
}


def kind_of(head: bytes) -> Kind | None:
    """The kind that bytes claim to be by their beginning, None of any other."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp":
        return _of_brands(head)
    if b"%PDF-" in head[:HEAD]:
        return Kind.PDF
    return Kind.SVG if b"<svg" in head[:HEAD].lower() else None


def may_move(head: bytes) -> bool:
    """Whether a WebP or GIF says at its beginning that it may have several frames."""
    return head[:4] == b"GIF8" or (head[8:16] == b"WEBPVP8X" and bool(head[20] & 2))


def claimed_by(filename: str) -> Kind | None:
    """The kind of picture that a file's name claims, None where it claims none."""
    return SUFFIXES.get(filename.rpartition(".")[2].lower())


def _of_brands(head: bytes) -> Kind | None:
    length = min(int.from_bytes(head[:4], "big"), 128)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))}
    if brands & _AVIF_BRANDS:
        return Kind.AVIF
    return Kind.HEIC if brands & _HEIC_BRANDS else None
