"""Models that say what the running test lays down, piece by piece if it likes."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from polyarena import Delta, Event, Finish, Model, ModelRequest, Provider

Gate = threading.Event
Line = Sequence[Event | str | float | BaseException | Gate]
"""What happens in turn: an event, a text, seconds to wait, an error to raise, a gate to open."""

FINE: Line = ("Fine.", Finish())


class Stage(Provider):
    """Brings models whose answers `play` sets; the n-th request of a model gets its n-th line."""

    name = "stage"

    def __init__(self, *models: Model) -> None:
        self._models = models
        self._lines: dict[str, Sequence[Line]] = {}
        self._asked: Counter[str] = Counter()
        self.requests: list[ModelRequest] = []

    def play(self, *lines: Sequence[Line]) -> None:
        """Set the lines of each model in the order of the models; the last line repeats."""
        names = (model.name for model in self._models)
        self._lines = dict(zip(names, lines, strict=False))
        self._asked = Counter()
        self.requests = []

    def play_all(self, *lines: Line) -> None:
        """Set the same lines for every model."""
        self.play(*[lines] * len(self._models))

    def models(self) -> Sequence[Model]:
        return self._models

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        lines = self._lines.get(model.name) or [FINE]
        line = lines[min(self._asked[model.name], len(lines) - 1)]
        self._asked[model.name] += 1
        self.requests.append(request)
        for step in line:
            if isinstance(step, BaseException):
                raise step
            if isinstance(step, Gate):
                while not step.is_set():  # noqa: ASYNC110  (opened by the test's own thread)
                    await asyncio.sleep(0.01)
            elif isinstance(step, (int, float)):
                await asyncio.sleep(step)
            else:
                yield Delta(step) if isinstance(step, str) else step


def model(name: str, **given: Any) -> Model:
    """A model that stands on the stage; `given` are further fields."""
    return Model.model_validate({"name": name, "provider": Stage.name, **given})
