"""Who meets in a battle: drawn where it is blind, else chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..arena import Arena, Mode
from ..content import Prompt
from ..dispatch import Dispatcher
from ..errors import BadRequest
from ..model import Model
from ..plugins import Registry
from ..side import SIDES, Side
from .matchmaker import Matchmaker
from .models import ModelService


class Contestants:
    """Finds the models of a battle, of those that can answer its prompt."""

    def __init__(
        self,
        registry: Registry,
        dispatcher: Dispatcher,
        models: ModelService,
        matchmaker: Matchmaker,
    ) -> None:
        self._registry = registry
        self._dispatcher = dispatcher
        self._models = models
        self._matchmaker = matchmaker

    async def find(
        self, arena: Arena, prompt: Prompt, mode: Mode, chosen: Sequence[str]
    ) -> tuple[Mapping[Side, Model], float | None]:
        """The models by side, and the propensity of the pair if it was drawn.

        Raises:
            BadRequest: models are chosen where they are drawn, or too many, too few, or unable.
            NotEnoughModels, UnknownModel: see `errors`.
        """
        if mode is Mode.BATTLE:
            if chosen:
                raise BadRequest("Models cannot be chosen in a blind battle.")
            pool = await self._candidates(arena, prompt)
            drawn = await self._matchmaker.draw(arena.manifest.id, pool)
            return {"a": drawn.left, "b": drawn.right}, drawn.propensity
        due = 1 if mode is Mode.DIRECT else 2
        if len(chosen) != due:
            raise BadRequest(f"The {mode.value} mode takes {due} model name(s), not {len(chosen)}.")
        models = [await self._models.choose(name) for name in chosen]
        for model in models:
            if not await self._can_answer(arena, model, prompt):
                raise BadRequest(f"{model.name} cannot answer this prompt in this arena.")
        return dict(zip(SIDES, models, strict=False)), None

    async def _candidates(self, arena: Arena, prompt: Prompt) -> list[Model]:
        """Models that may be drawn; fallbacks only if fewer than two others may."""
        able = [
            model
            for model in await self._models.drawable()
            if model.weight_in(arena.manifest.id) > 0
            and await self._can_answer(arena, model, prompt)
        ]
        others = [model for model in able if not model.fallback]
        return others if len(others) >= 2 else able

    async def _can_answer(self, arena: Arena, model: Model, prompt: Prompt) -> bool:
        provider = self._registry.providers.get(model.provider)
        if provider is None or not await self._dispatcher.provides(provider, model, prompt):
            return False
        return await self._dispatcher.supports(arena, model, prompt)
