"""Which stored files browsers may play, by how their bytes begin."""

from __future__ import annotations

HEAD = 16
_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "}
)


def playable(head: bytes) -> str | None:
    """The type of a sound or a film, None of anything else: a fixed list, never the sender's."""
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"fLaC"):
        return "audio/flac"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"ID3") or head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "audio/mpeg"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm"
    if head[4:8] == b"ftyp" and head[8:12] == b"M4A ":
        return "audio/mp4"
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return "video/mp4"
    return None
