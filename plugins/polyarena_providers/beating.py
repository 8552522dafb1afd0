"""A model that takes minutes for one picture: signs of life, the picture, the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from typing import Any

from polyarena import Delta, Event, Finish, PictureReady, ProviderError

from .faults import without

BEAT = 5.0
Painting = Coroutine[Any, Any, PictureReady | Finish]


async def painting(work: Painting, key: str) -> AsyncGenerator[Event]:
    """An empty delta every `BEAT` seconds, then what the work made; closing it cancels the work.

    Raises:
        ProviderError: the work raised it; without the key.
    """
    task = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({task}, timeout=BEAT))[0]:
            yield Delta("")
        made = task.result()
    except ProviderError as error:
        raise without(error, key) from None
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    yield made
    if isinstance(made, PictureReady):
        yield Finish()
