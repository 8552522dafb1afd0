"""The provider `openai`: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from polyarena import (
    ConfigError,
    Delta,
    Event,
    Failure,
    Model,
    ModelRequest,
    Provider,
    ProviderError,
)

from .answer import AnswerReader
from .asking import body_of
from .endpoint import Endpoint, explain, read_key
from .faults import StatusFault, without
from .patience import Deadline, Patience

if TYPE_CHECKING:
    import httpx

    from .connection import Connection

_FOR_USAGE = 2.0
_FOR_END = 0.2


class OpenAIProvider(Provider):
    """Streams chat completions; `options` are fields of `Patience`.

    A request is sent again, after a pause, when the server cannot be reached or answers 429,
    500, 502, 503 or 504; never once it has begun to answer.

    Raises:
        ConfigError: an option is unknown or wrong; the message names it.
    """

    name = "openai"

    def __init__(self, options: Mapping[str, Any]) -> None:
        try:
            self._patience = Patience.model_validate(dict(options))
        except ValidationError as error:
            raise ConfigError(explain(error, "plugins.providers.openai.")) from None
        self._opened: Connection | None = None
        self._without_usage: set[str] = set()

    def check(self, model: Model) -> str | None:
        try:
            endpoint = Endpoint.of(model.config)
            endpoint.patience(self._patience)
            read_key(endpoint.key_env)
        except ConfigError as error:
            return str(error)
        except ProviderError as error:
            return error.detail
        return None

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        key = ""
        try:
            endpoint = Endpoint.of(model.config)
            patience = endpoint.patience(self._patience)
            key = read_key(endpoint.key_env)
            deadline = Deadline(patience)
            response = await self._ask(endpoint, key, request, patience, deadline)
            try:
                reader = AnswerReader(patience.answer)
                async with aclosing(_texts(response, reader, deadline)) as texts:
                    async for text in texts:
                        yield Delta(text)
            finally:
                await response.aclose()
            yield reader.finish()
        except ConfigError as error:
            raise ProviderError(Failure.REFUSED, str(error)) from None
        except ProviderError as error:
            raise without(error, key) from None

    async def discover(self, url: str, key_env: str | None = None) -> Sequence[Model]:
        from .discovery import discover

        key = read_key(key_env)
        try:
            return await discover(self._connection, url, key, key_env, self._patience)
        except ProviderError as error:
            raise without(error, key) from None

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened.close()

    @property
    def _connection(self) -> Connection:
        if self._opened is None:
            from .connection import Connection

            self._opened = Connection()
        return self._opened

    async def _ask(
        self,
        endpoint: Endpoint,
        key: str,
        request: ModelRequest,
        patience: Patience,
        deadline: Deadline,
    ) -> httpx.Response:
        url = f"{endpoint.base_url}/chat/completions"
        usage = url not in self._without_usage
        body = body_of(endpoint.model, request, usage=usage)
        try:
            return await self._connection.post(url, key, body, patience, deadline)
        except StatusFault as fault:
            if not usage or fault.status not in (400, 422) or "stream_options" not in fault.body:
                raise
        self._without_usage.add(url)
        body = body_of(endpoint.model, request, usage=False)
        return await self._connection.post(url, key, body, patience, deadline)


async def _texts(
    response: httpx.Response, reader: AnswerReader, deadline: Deadline
) -> AsyncGenerator[str]:
    from .connection import chunks_of

    chunks = chunks_of(response)
    while (chunk := await _next(chunks, reader, deadline)) is not None:
        signs = reader.signs
        if text := reader.feed(chunk):
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
    from .connection import BROKEN

    try:
        async with asyncio.timeout_at(deadline.at):
            return await anext(chunks, None)
    except TimeoutError:
        failure = deadline.failure()
    except BROKEN as error:
        failure = ProviderError(Failure.CUT, f"{type(error).__name__}: {error}")
    if reader.reason is not None:
        return None
    raise failure
