"""The speech arena."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence

from polyarena import (
    Answer,
    Arena,
    Audio,
    Delta,
    Event,
    Failure,
    File,
    Finish,
    FinishedBattle,
    Input,
    Message,
    Model,
    ModelRequest,
    PartReady,
    ProviderError,
    Run,
    Scalar,
    Status,
    Text,
    Turn,
)

from .manifest import MANIFEST
from .sounds import NoSound, rewritten

MANNERS = {"lively": "Read this in a lively manner.", "slow": "Read this slowly."}


class SpeechArena(Arena):
    """Sounds are all that counts: text beside them is left out, and both are heard first."""

    manifest = MANIFEST

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        """The words as the user's message; the manner, if any, as the system's."""
        chosen = next((p.text for p in turn.prompt.parts if isinstance(p, Input)), "")
        system = (MANNERS[chosen],) if chosen in MANNERS else ()
        return ModelRequest(
            (
                *(Message(role="system", parts=(Text(text=text),)) for text in system),
                Message(role="user", parts=(Text(text=turn.prompt.text),)),
            ),
            model.parameters,
        )

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """The model's sound, written anew; an answer without one has failed."""
        heard = False
        yield Status("Reading it aloud")
        async for event in run.stream(request):
            if isinstance(event, PartReady) and isinstance(event.part, File):
                yield PartReady(await _sound(event.part, request.prompt_text, run))
                heard = True
            elif isinstance(event, Finish):
                if not heard and event.reason != "refused":
                    raise ProviderError(Failure.MALFORMED, "the answer holds no sound")
                yield event
            elif not isinstance(event, (Delta, PartReady)):
                yield event

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        """How fast each side read, in words a minute."""
        left, right = battle.answers[-1]
        return {"pace": (_pace(left), _pace(right))}


async def _sound(file: File, words: str, run: Run) -> Audio:
    try:
        sound = await asyncio.to_thread(rewritten, await run.load(file))
    except NoSound as error:
        raise ProviderError(Failure.MALFORMED, str(error)) from None
    kept = await run.keep(sound.data, "answer.wav")
    size = len(sound.data)
    return Audio(
        artifact=kept.artifact,
        filename="answer.wav",
        size=size,
        seconds=sound.seconds,
        text=words,
    )


def _pace(answer: Answer) -> float | None:
    sounds: Sequence[Audio] = [part for part in answer.parts if isinstance(part, Audio)]
    seconds = sum(sound.seconds or 0 for sound in sounds)
    return 60 * sum(len(s.text.split()) for s in sounds) / seconds if seconds else None
