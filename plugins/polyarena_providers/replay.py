"""The provider `replay`: recorded answers, streamed at a human pace."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from polyarena import (
    ConfigError,
    Delta,
    Event,
    Failure,
    Finish,
    Model,
    ModelRequest,
    Prompt,
    Provider,
    ProviderError,
)

from .endpoint import explain
from .recording import Contestant, Recorded, Recording, normal

_PIECE = re.compile(r"\s*\S{1,24}|\s+")


class ReplayOptions(BaseModel):
    """`rate` is in words a second, `first_token` in seconds; an answer's own timing goes first.

    A `rate` of 0 streams everything at once.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    file: Path | None = None
    prompts: Path | None = None
    rate: float = Field(default=40, ge=0)
    first_token: float = Field(default=0.4, ge=0)
    license: str = ""


class ReplayProvider(Provider):
    """Brings one model for every name in the recording; each can be asked what it once was.

    Prompts are matched after white space is made one; only the first turn of a thread can be
    recorded.

    Raises:
        ConfigError: an option is wrong, or a row of a file; the message names it.
    """

    name = "replay"

    def __init__(self, options: Mapping[str, Any]) -> None:
        try:
            self._options = ReplayOptions.model_validate(dict(options))
        except ValidationError as error:
            raise ConfigError(explain(error, "plugins.providers.replay.")) from None
        file, prompts = self._options.file, self._options.prompts
        self._recording = Recording.load(file, prompts) if file else Recording({})

    def models(self) -> Sequence[Model]:
        return [self._model(each) for each in self._recording.contestants.values()]

    def check(self, model: Model) -> str | None:
        if self._of(model) is None:
            return f"the recording has no answers of {model.name!r} as it was added"
        return None

    def supports(self, model: Model, prompt: Prompt) -> bool:
        contestant = self._of(model)
        return contestant is not None and normal(prompt.text) in contestant.answers

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        contestant = self._of(model)
        recorded = contestant and contestant.answers.get(normal(request.prompt_text))
        if not recorded:
            raise ProviderError(Failure.REFUSED, "no answer to this prompt is recorded")
        pieces = _PIECE.findall(recorded.answer)
        async for piece in self._paced(pieces, recorded):
            yield Delta(piece)
        yield Finish(tokens_in=len(request.prompt_text.split()), tokens_out=len(pieces))

    async def _paced(self, pieces: list[str], recorded: Recorded) -> AsyncGenerator[str]:
        clock = asyncio.get_running_loop().time
        rate = recorded.timing.rate or self._options.rate
        first = recorded.timing.first_token
        start = clock() + (self._options.first_token if first is None else first)
        for number, piece in enumerate(pieces):
            due = start + number / rate - clock() if self._options.rate else 0
            await asyncio.sleep(max(0, due))
            yield piece

    def _of(self, model: Model) -> Contestant | None:
        contestant = self._recording.contestants.get(model.config.get("recorded", ""))
        if contestant is None or contestant.digest != model.config.get("digest"):
            return None
        return contestant

    def _model(self, contestant: Contestant) -> Model:
        name = " ".join(contestant.name.replace("/", "-").replace("@", "-").split())[:80]
        return Model(
            name=name,
            provider=self.name,
            config={"recorded": contestant.name, "digest": contestant.digest},
            organization=contestant.organization,
            license=contestant.license or self._options.license,
        )
