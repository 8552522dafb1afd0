"""Pictures such as all models of a battle take them, the same for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce

from ..content import Image, Message, Part, Prompt
from ..errors import PromptRefused
from ..model import Model, PictureLimits
from ..pictures.bounds import Fit
from .pictures import PictureService


class Fitting:
    """Fits the pictures of prompts to the models that are to see them."""

    def __init__(self, pictures: PictureService) -> None:
        self._pictures = pictures

    async def fit(
        self, prompt: Prompt, models: Collection[Model], before: Iterable[Prompt]
    ) -> Prompt:
        """The prompt with what the models are given in place of pictures that they do not take.

        A thread's prompts `before` count towards the number of pictures. Frames beyond the first
        are given where the number allows.

        Raises:
            PromptRefused: with it the thread has more pictures than one of the models takes.
            PictureRefused, StorageError, NotFound: a picture cannot be made to fit.
        """
        limits = reduce(PictureLimits.shared, (model.pictures for model in models))
        earlier = sum(len(picture.given) for one in before for picture in _pictures_of(one))
        asked = len(_pictures_of(prompt))
        spare = limits.count - earlier - asked
        if asked and spare < 0:
            raise PromptRefused(
                f"The models of this thread take no more than {limits.count} pictures in all; "
                f"it has {earlier} so far. Leave some out, or start a new battle."
            )
        parts: list[Part] = []
        for part in prompt.parts:
            if isinstance(part, Image):
                frames = min(limits.frames, 1 + spare)
                fit = Fit(limits.side, limits.bytes, limits.types, frames)
                made = await self._pictures.fit(part, fit)
                spare -= max(0, len(made) - 1)
                part = part.model_copy(update={"fitted": made})
            parts.append(part)
        return Prompt(parts=tuple(parts))


def as_given(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Messages with their pictures as models are given them."""
    return tuple(
        message.model_copy(update={"parts": tuple(_given(message.parts))})
        if any(isinstance(part, Image) and part.fitted for part in message.parts)
        else message
        for message in messages
    )


def _given(parts: Iterable[Part]) -> Iterable[Part]:
    for part in parts:
        yield from part.given if isinstance(part, Image) else (part,)


def _pictures_of(prompt: Prompt) -> list[Image]:
    return [part for part in prompt.parts if isinstance(part, Image)]
