"""The provider `demo-painter`: pictures drawn on the spot from the words of a prompt."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING

from polyarena import (
    Delta,
    Event,
    Failure,
    Finish,
    Image,
    Model,
    ModelRequest,
    PictureReady,
    Provider,
    ProviderError,
)

if TYPE_CHECKING:
    from .atelier import Painter

CAPABILITIES = frozenset({"text-to-image", "image-edit"})
BEAT = 1.0
KEYS = {
    "cutout": "Demo Cutout",
    "watercolour": "Demo Watercolour",
    "pixels": "Demo Pixels",
    "ink": "Demo Ink",
}
_SIZE = re.compile(r"(\d{2,4})x(\d{2,4})")
_DECLINED = re.compile(r"\b(?:gore|gory|nude|nudity|naked)\b", re.IGNORECASE)


class PainterProvider(Provider):
    """Paints as one of the painters, by the model's `config["painter"]`.

    A prompt with a picture is an edit of it; a second picture is the mask. The same prompt gets
    the same picture. `pace` multiplies the speed; at 0 nothing is waited for.
    """

    name = "demo-painter"

    def __init__(self, pace: float = 1) -> None:
        self._pace = pace

    def check(self, model: Model) -> str | None:
        if model.config.get("painter") in KEYS:
            return None
        return f"config.painter must be one of {', '.join(sorted(KEYS))}"

    def models(self) -> Sequence[Model]:
        return [
            Model(
                name=name,
                provider=self.name,
                config={"painter": key},
                capabilities=CAPABILITIES,
                organization="Polyarena demo",
                license="Apache-2.0",
                fallback=True,
            )
            for key, name in KEYS.items()
        ]

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        from .atelier import PAINTERS

        painter = PAINTERS.get(model.config.get("painter", ""))
        if painter is None:
            raise ProviderError(Failure.REFUSED, self.check(model) or "no painter")
        if _DECLINED.search(request.prompt_text):
            yield Delta("I would rather not paint that.")
            yield Finish("refused")
            return
        until = asyncio.get_running_loop().time() + (
            painter.seconds / self._pace if self._pace else 0
        )
        made = await _made(painter, request)
        while (left := until - asyncio.get_running_loop().time()) > 0:
            yield Delta("")
            await asyncio.sleep(min(BEAT, left))
        yield PictureReady(made)
        yield Finish()


async def _made(painter: Painter, request: ModelRequest) -> bytes:
    from .atelier import painted, repainted

    pictures = [part for part in request.messages[-1].parts if isinstance(part, Image)]
    if not pictures:
        found = _SIZE.fullmatch(str(request.parameters.get("size", "")))
        width, height = (int(found[1]), int(found[2])) if found else (1024, 1024)
        return await asyncio.to_thread(painted, painter, request.prompt_text, width, height)
    picture, *masks = [await request.load(part) for part in pictures[:2]]
    mask = masks[0] if masks else None
    return await asyncio.to_thread(repainted, painter, request.prompt_text, picture, mask)
