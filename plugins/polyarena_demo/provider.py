"""The provider `demo`: answers written on the spot, streamed at a human pace."""

from __future__ import annotations

import asyncio
import hashlib
import random
import re
from collections.abc import AsyncGenerator, Sequence

from polyarena import (
    ConfigError,
    Delta,
    Event,
    Failure,
    Finish,
    Model,
    ModelRequest,
    PictureLimits,
    Provider,
    ProviderError,
)

from .apps.builder import BUILDERS, wants_app
from .persona import PERSONAS, Persona
from .programs.wanted import wanted_of, wants_program
from .sight.asked import question_of
from .sight.looking import MOST, look, pictures_of
from .sight.voices import VOICES
from .sources import shelf_of, with_sources, without_context
from .subject import read

_PIECE = re.compile(r"\s*\S+|\s+")
LOOKS_AT = 1600


class DemoProvider(Provider):
    """Answers as one of the personas, by the model's `config["persona"]`.

    The same prompt at the same turn gets the same answer. `pace` multiplies the speed; at 0
    nothing is waited for.

    Raises:
        ConfigError: `pace` is not a number of at least 0.
    """

    name = "demo"

    def __init__(self, pace: object = 1) -> None:
        if isinstance(pace, bool) or not isinstance(pace, int | float) or not 0 <= pace < 1e6:
            raise ConfigError(f"plugins.demo.pace must be a number of at least 0, not {pace!r}")
        self._pace = pace

    def check(self, model: Model) -> str | None:
        if model.config.get("persona") in PERSONAS:
            return None
        return f"config.persona must be one of {', '.join(sorted(PERSONAS))}"

    def models(self) -> Sequence[Model]:
        return [
            Model(
                name=persona.name,
                provider=self.name,
                config={"persona": key},
                capabilities=frozenset({"text", "image"}),
                pictures=PictureLimits(count=MOST, side=LOOKS_AT),
                organization="Polyarena demo",
                license="Apache-2.0",
                fallback=True,
            )
            for key, persona in PERSONAS.items()
        ]

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        persona = PERSONAS.get(model.config.get("persona", ""))
        if persona is None:
            raise ProviderError(Failure.REFUSED, self.check(model) or "no persona")
        rng = _generator(persona, request)
        pieces = _PIECE.findall(await _written(model.config["persona"], request, rng))
        start = asyncio.get_running_loop().time()
        first = persona.first_token * rng.uniform(0.8, 1.25)
        for number, piece in enumerate(pieces):
            await self._until(start + (first + number / persona.rate) / (self._pace or 1))
            yield Delta(piece)
        yield Finish(tokens_in=len(request.prompt_text.split()), tokens_out=len(pieces))

    async def _until(self, moment: float) -> None:
        wait = moment - asyncio.get_running_loop().time() if self._pace else 0
        await asyncio.sleep(max(0, wait))


async def _written(key: str, request: ModelRequest, rng: random.Random) -> str:
    persona, voice = PERSONAS[key], VOICES[key]
    if wants_app(request):
        return BUILDERS[key].write(request, rng)
    if wants_program(request):
        return persona.hand.write(wanted_of(request), rng)
    if pictures := pictures_of(request):
        seen = await look(request, pictures, voice.side)
        return voice.write(question_of(request.prompt_text), seen, rng)
    shelf = shelf_of(request)
    if shelf is None:
        return persona.write(read(request), rng)
    answer = persona.write(read(without_context(request)), rng)
    return with_sources(answer, shelf, persona.sources, persona.odd, rng)


def _generator(persona: Persona, request: ModelRequest) -> random.Random:
    turns = sum(message.role == "user" for message in request.messages)
    seed = hashlib.sha256(f"{persona.name}\n{turns}\n{request.prompt_text}".encode()).digest()
    return random.Random(seed)  # noqa: S311
