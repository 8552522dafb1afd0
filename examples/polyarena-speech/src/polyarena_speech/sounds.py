"""Sounds written anew: nothing of what a model's file says of its maker is left, nor its volume."""

from __future__ import annotations

import io
import sys
import wave
from array import array
from dataclasses import dataclass, field

LOUDEST = 26_000
SECONDS = 120
WIDTH = 2


class NoSound(Exception):
    """The bytes are no WAV file of 16 bits, or too long a one."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A WAV file and how long it plays."""

    data: bytes = field(repr=False)
    seconds: float


def written(samples: array[int], rate: int, channels: int = 1) -> bytes:
    """Samples of 16 bits as a WAV file."""
    if sys.byteorder == "big":
        samples = array("h", samples)
        samples.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(WIDTH)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def rewritten(data: bytes) -> Sound:
    """A WAV file with its samples alone, as loud at its loudest as every other.

    Raises:
        NoSound: it cannot be read, or plays longer than two minutes.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            rate, channels, frames = file.getframerate(), file.getnchannels(), file.getnframes()
            if file.getsampwidth() != WIDTH or not frames or frames > SECONDS * rate:
                raise NoSound(f"{frames} frames of {file.getsampwidth()} bytes at {rate} Hz")
            samples = array("h", file.readframes(frames))
    except (wave.Error, EOFError, ValueError) as error:
        raise NoSound(str(error)) from None
    if sys.byteorder == "big":
        samples.byteswap()
    peak = max(max(samples, default=0), -min(samples, default=0))
    if peak:
        samples = array("h", (sample * LOUDEST // peak for sample in samples))
    return Sound(written(samples, rate, channels), len(samples) / channels / rate)
