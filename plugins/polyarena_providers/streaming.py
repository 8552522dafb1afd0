"""The text of an answer while it streams."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator

import httpx

from polyarena import Failure, ProviderError

from .answer import AnswerReader
from .connection import BROKEN, chunks_of
from .deadline import Deadline

_FOR_USAGE = 2.0
_FOR_END = 0.2


async def texts_of(
    response: httpx.Response, reader: AnswerReader, deadline: Deadline
) -> AsyncGenerator[str]:
    """Yield what every chunk of bytes adds to the text; "" where the model only reasoned.

    After the finish reason it waits `_FOR_USAGE` seconds for token counts at most.

    Raises:
        ProviderError: the stream broke, stalled, or is no chat completion.
    """
    chunks = chunks_of(response)
    while (chunk := await _next(chunks, reader, deadline)) is not None:
        signs = reader.signs
        text = reader.feed(chunk)
        if text or reader.signs > signs:
            yield text
        if reader.complete:
            # The end of the body, read now, lets the connection be used again.
            deadline.shorten(_FOR_END)
        elif reader.reason is not None:
            deadline.shorten(_FOR_USAGE)
        elif reader.signs > signs:
            deadline.token()
    if text := reader.end():
        yield text


async def _next(
    chunks: AsyncIterator[bytes], reader: AnswerReader, deadline: Deadline
) -> bytes | None:
    try:
        return await deadline.next(chunks)
    except TimeoutError:
        failure = deadline.failure()
    except BROKEN as error:
        failure = ProviderError(Failure.CUT, f"{type(error).__name__}: {error}")
    if reader.reason is not None:
        return None
    raise failure
