"""Asking a model of the roster something beside any battle."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import replace

from ..errors import Failure, ProviderError, UnknownModel
from ..plugins import Registry
from ..provider import Delta, Finish, ModelRequest
from ..settings import Limits
from .models import ModelService


class ModelAsker:
    """`polyarena.Ask`, within the limits that battles keep too."""

    def __init__(self, registry: Registry, models: ModelService, limits: Limits) -> None:
        self._registry = registry
        self._models = models
        self._limits = limits

    async def __call__(self, name: str, request: ModelRequest) -> str:
        """The whole answer of a model.

        Raises:
            UnknownModel: the roster has no model of this name.
            ProviderError: it did not answer, or not within the limits.
        """
        current = {model.name: model for model in await self._models.current()}
        if name not in current:
            raise UnknownModel(f"There is no model named {name!r} in the roster.")
        model = current[name]
        provider = self._registry.providers.get(model.provider)
        if provider is None:
            raise ProviderError(Failure.UNREACHABLE, f"no provider named {model.provider!r}")
        parameters: Mapping[str, object] = {**model.parameters, **request.parameters}
        pieces: list[str] = []
        try:
            async with (
                asyncio.timeout(self._limits.total),
                aclosing(provider.stream(model, replace(request, parameters=parameters))) as events,
            ):
                async for event in events:
                    if isinstance(event, Finish):
                        return "".join(pieces)
                    if isinstance(event, Delta):
                        pieces.append(event.text)
                        if sum(map(len, pieces)) > self._limits.answer:
                            raise ProviderError(Failure.ENDLESS, "the answer is too long")
        except TimeoutError:
            raise ProviderError(Failure.SILENT, "time-out") from None
        except ProviderError:
            raise
        except Exception as error:
            owner = self._registry.owner_of(provider)
            self._registry.record(owner, "Provider.stream", f"{type(error).__name__}: {error}")
            raise ProviderError(Failure.PLUGIN, f"{owner} failed: {error}") from error
        raise ProviderError(Failure.INTERRUPTED, "the stream ended early")
