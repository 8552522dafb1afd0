"""The arena of an occupation."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from polyarena import (
    Arena,
    FinishedBattle,
    Model,
    ModelRequest,
    Part,
    Prompt,
    Scalar,
    Text,
    Turn,
    View,
)

from .asking import request_of
from .categories import categories
from .evidence import evidence, features
from .manifest import manifest_of
from .occupation import Occupation
from .rendering import rendered


class VerticalArena(Arena):
    """Two answers to one question of an occupation, for people who work in it."""

    def __init__(self, occupation: Occupation) -> None:
        self.occupation = occupation
        self.manifest = manifest_of(occupation)

    def supports(self, model: Model, prompt: Prompt) -> bool:
        """The context is put into words, so that any model of text will do."""
        return self.manifest.capability in model.capabilities

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        return request_of(turn, model, self.occupation.brief, self.manifest.fields)

    def render(self, part: Part, view: View) -> Markup | None:
        """The text with what stands out marked; while it is being written, as ever."""
        if not isinstance(part, Text) or not view.final:
            return None
        return rendered(part.text, self.occupation.markers)

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return categories(battle, self.occupation.specialties)

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return features(battle, self.occupation)

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        return evidence(battle, self.occupation)
