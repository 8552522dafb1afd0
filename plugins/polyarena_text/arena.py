"""The text arena."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from polyarena import Arena, ArenaManifest, Ask, Ballot, FinishedBattle, Reason, style_features

from .categories import CATEGORIES, VERSION, classify
from .judge import Judge
from .occupations import TAGS
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

    def __init__(self, judge: Judge | None = None) -> None:
        self._judge = judge

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return frozenset(self.explain(battle))

    def explain(self, battle: FinishedBattle) -> Mapping[str, Sequence[str]]:
        return classify([prompt.text for prompt in battle.prompts])

    @property
    def judged_by(self) -> str:
        return f"{VERSION}+{self._judge.version}" if self._judge else ""

    async def judge(self, battle: FinishedBattle, ask: Ask) -> frozenset[str] | None:
        if self._judge is None:
            return None
        prompts = [prompt.text for prompt in battle.prompts]
        groups = await self._judge.groups(prompts, ask)
        if groups is None:
            return None
        offline = await asyncio.to_thread(classify, prompts)
        return frozenset(offline) - TAGS.keys() | groups

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return style_features(battle)
