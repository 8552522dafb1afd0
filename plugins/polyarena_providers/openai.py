"""The provider `openai`: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from polyarena import (
    ConfigError,
    Delta,
    Event,
    Failure,
    Finish,
    Model,
    ModelRequest,
    Provider,
    ProviderError,
)

from .answer import AnswerReader
from .asking import body_of
from .deadline import Deadline
from .endpoint import Endpoint, explain, read_key
from .faults import StatusFault, without
from .patience import Patience
from .pool import Pool
from .refusals import declined_in

if TYPE_CHECKING:
    import httpx


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
        self._pool = Pool()
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
            try:
                response = await self._ask(endpoint, key, request, patience, deadline)
            except StatusFault as fault:
                if not declined_in(fault.body):
                    raise
                yield Finish("refused")
                return
            from .streaming import texts_of

            try:
                reader = AnswerReader(patience.answer)
                async with aclosing(texts_of(response, reader, deadline)) as texts:
                    async for text in texts:
                        yield Delta(text)
            finally:
                deadline.close()
                await response.aclose()
            yield reader.finish()
        except ConfigError as error:
            raise ProviderError(Failure.REFUSED, str(error)) from None
        except ProviderError as error:
            raise without(error, key) from None

    async def discover(self, url: str, key_env: str | None = None) -> Sequence[Model]:
        connection = await self._pool.get()
        from .discovery import discover

        key = read_key(key_env)
        try:
            return await discover(connection, url, key, key_env, self._patience)
        except ProviderError as error:
            raise without(error, key) from None

    async def close(self) -> None:
        await self._pool.close()

    async def _ask(
        self,
        endpoint: Endpoint,
        key: str,
        request: ModelRequest,
        patience: Patience,
        deadline: Deadline,
    ) -> httpx.Response:
        connection = await self._pool.get()
        url = f"{endpoint.base_url}/chat/completions"
        usage = url not in self._without_usage
        body = await body_of(endpoint.model, request)
        if not usage:
            del body["stream_options"]
        try:
            return await connection.post(url, key, body, patience, deadline)
        except StatusFault as fault:
            if not usage or fault.status not in (400, 422) or "stream_options" not in fault.body:
                raise
        self._without_usage.add(url)
        del body["stream_options"]
        return await connection.post(url, key, body, patience, deadline)
