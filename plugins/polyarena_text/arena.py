"""The text arena."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyarena import Arena, ArenaManifest, Ballot, FinishedBattle, Reason, style_features

from .categories import CATEGORIES, VERSION, classify
from .starters import STARTERS


class TextArena(Arena):
    """Two written answers to the same words; conversation over several turns."""

    manifest = ArenaManifest(
        id="text",
        title="Text",
        summary="Ask anything you can put in words.",
        icon="¶",
        order=10,
        ballot=Ballot(
            reasons=(
                Reason("accurate", "Accuracy"),
                Reason("clear", "Clarity"),
                Reason("complete", "Completeness"),
                Reason("well-written", "Writing"),
                Reason("follows-instructions", "Instructions followed"),
                Reason("length", "Length"),
            )
        ),
        categories=CATEGORIES,
        classifier=VERSION,
        starters=STARTERS,
        placeholder="Ask anything: a question, a draft, a problem, a piece of code",
    )

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return frozenset(self.explain(battle))

    def explain(self, battle: FinishedBattle) -> Mapping[str, Sequence[str]]:
        return classify([prompt.text for prompt in battle.prompts])

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return style_features(battle)
