"""The pictures of starters: drawn and stored when they are first shown, and kept while they are."""

from __future__ import annotations

import asyncio
import time
from io import BytesIO

import structlog

from ..content import Image
from ..errors import PolyarenaError
from ..manifest import Starter
from .artifacts import UNUSED_SECONDS
from .pictures import PictureService

AGAIN_SECONDS = 60.0
"""After how long one that could not be drawn is tried again."""

log = structlog.get_logger("polyarena.starters")


class StarterPictures:
    """Stores the pictures of starters anew before they would be deleted as used by nobody."""

    def __init__(self, pictures: PictureService) -> None:
        self._pictures = pictures
        self._made: dict[tuple[str, str], tuple[float, tuple[Image, ...]]] = {}
        self._making = asyncio.Lock()

    async def of(self, arena: str, starter: Starter) -> tuple[Image, ...]:
        """A starter's pictures, stored; none where one cannot be drawn."""
        if not starter.pictures:
            return ()
        key, now = (arena, starter.title), time.monotonic()
        async with self._making:
            made, images = self._made.get(key, (-UNUSED_SECONDS, ()))
            if now - made > (UNUSED_SECONDS / 2 if images else AGAIN_SECONDS):
                images = await self._drawn(arena, starter)
                self._made[key] = (now, images)
        return images

    async def _drawn(self, arena: str, starter: Starter) -> tuple[Image, ...]:
        images = []
        for picture in starter.pictures:
            try:
                data = await asyncio.to_thread(picture.draw)
                image = await self._pictures.take(BytesIO(data), picture.filename, picture.alt)
            except PolyarenaError as error:
                problem = str(error)
            except Exception as error:
                problem = f"{type(error).__name__}: {error}"
            else:
                images.append(image)
                continue
            log.error(
                "a starter's picture was not made",
                arena=arena,
                starter=starter.title,
                picture=picture.filename,
                problem=problem,
            )
            return ()
        return tuple(images)
