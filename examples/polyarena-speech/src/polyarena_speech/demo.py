"""Voices that need no model: they hum words, a tone for every vowel."""

from __future__ import annotations

import asyncio
import math
import re
from array import array
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass

from polyarena import Event, FileReady, Finish, Model, ModelRequest, Provider

from .sounds import written

RATE = 8000
SYLLABLE = re.compile(r"[^aeiouy\W]*([aeiouy]+)", re.IGNORECASE)
STEPS = {"a": 0, "e": 4, "i": 7, "o": -3, "u": -5, "y": 9}
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Voice:
    """`pitch` is in Hz, `syllable` in seconds, `wobble` in semitones."""

    name: str
    pitch: float
    syllable: float
    wobble: float = 0.0


VOICES = {
    "low": Voice("Demo Low Hum", 130, 0.17),
    "high": Voice("Demo High Hum", 300, 0.12, 0.4),
    "robot": Voice("Demo Robot", 200, 0.10),
}


class HummingProvider(Provider):
    """Hums the prompt in the voice of the model's `config["voice"]`."""

    name = "speech-demo"

    def models(self) -> Sequence[Model]:
        return [
            Model(
                name=voice.name,
                provider=self.name,
                config={"voice": key},
                capabilities=frozenset({"speech"}),
                organization="Polyarena examples",
                license="Apache-2.0",
                fallback=True,
            )
            for key, voice in VOICES.items()
        ]

    def check(self, model: Model) -> str | None:
        if model.config.get("voice") in VOICES:
            return None
        return f"config.voice must be one of {', '.join(VOICES)}"

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        voice = VOICES[model.config["voice"]]
        slow = any("slow" in m.text for m in request.messages if m.role == "system")
        data = await asyncio.to_thread(hummed, request.prompt_text, voice, 1.5 if slow else 1.0)
        yield FileReady(data, "hum.wav")
        yield Finish()


def hummed(text: str, voice: Voice, stretch: float = 1.0) -> bytes:
    """The first syllables of a text as a WAV file: tones, and a rest after every word."""
    samples = array("h")
    for step in _steps(text):
        length = int(RATE * voice.syllable * stretch * (0.5 if step is None else 1))
        for at in range(length):
            if step is None:
                samples.append(0)
                continue
            bend = voice.wobble * math.sin(at / length * math.pi * 4)
            pitch = voice.pitch * 2 ** ((step + bend) / 12)
            swell = math.sin(math.pi * at / length)
            turn = 2 * math.pi * pitch * at / RATE
            samples.append(int(9000 * swell * (math.sin(turn) + 0.4 * math.sin(3 * turn))))
    return written(samples, RATE)


def _steps(text: str) -> Iterator[int | None]:
    left = LONGEST
    for word in text.split():
        for vowels in SYLLABLE.findall(word) or ["a"]:
            if left:
                yield STEPS[vowels[0].lower()]
                left -= 1
        yield None
