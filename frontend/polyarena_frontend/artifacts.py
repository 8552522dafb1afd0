"""Where stored files are to be had, and how large they are, in words."""

from __future__ import annotations

from polyarena.content import Audio, File, Image


def artifact_url(part: File | Image | Audio) -> str:
    """The path under which the bytes are served."""
    return part.url


def thumb_url(part: Image) -> str:
    """The path under which a picture is served at a small size."""
    return f"/artifacts/{part.artifact}/thumb"


def readable_size(size: int) -> str:
    """Bytes as a person reads them."""
    if size < 1000:
        return f"{size} bytes"
    for unit in ("kB", "MB", "GB"):
        size_in_unit = size / 1000
        if size_in_unit < 1000 or unit == "GB":
            return f"{size_in_unit:.3g} {unit}"
        size = round(size_in_unit)
    raise AssertionError
