"""The image arena."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from markupsafe import Markup

from polyarena import (
    Arena,
    Delta,
    Event,
    Failure,
    Finish,
    FinishedBattle,
    Image,
    Model,
    ModelRequest,
    Part,
    PartReady,
    Prompt,
    ProviderError,
    Run,
    Scalar,
    Status,
    Text,
    Turn,
    View,
)

from .asking import able, problem_of, request_of
from .categories import categories
from .manifest import MANIFEST
from .measures import features, measured, measures_in
from .showing import blind, shown, waiting


class ImageArena(Arena):
    """Two pictures painted to the same words, or two edits of the same picture."""

    manifest = MANIFEST

    def supports(self, model: Model, prompt: Prompt) -> bool:
        return able(model, prompt)

    def validate(self, prompt: Prompt) -> str | None:
        return problem_of(prompt)

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        return request_of(turn, model)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """The model's first picture with its measures; its words only where it declines.

        What a server says of its progress is not handed on: it would tell who is quicker.
        """
        said: list[str] = []
        painted = False
        yield Status("Painting")
        async with aclosing(run.stream(request)) as events:
            async for event in events:
                match event:
                    case PartReady(Image() as picture) if not painted:
                        painted = True
                        found = blind(picture, request, run), measured(picture, run)
                        for part in await asyncio.gather(*found):
                            yield PartReady(part)
                    case Delta(text):
                        said.append(text)
                        yield Delta("")
                    case Finish():
                        if event.reason == "refused" and (words := "".join(said).strip()):
                            yield PartReady(Text(text=words))
                        elif event.reason != "refused" and not painted:
                            raise ProviderError(Failure.EMPTY, "the answer holds no picture")
                        yield event

    def render(self, part: Part, view: View) -> Markup | None:
        return shown(part, view)

    def waiting(self, turn: Turn) -> Markup:
        return waiting(turn)

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return categories(battle)

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return features(battle)

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        a, b = (measures_in(answer.parts) for answer in battle.answers[-1])
        return {"megapixels": (a.megapixels if a else None, b.megapixels if b else None)}
