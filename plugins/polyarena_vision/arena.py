"""The vision arena."""

from __future__ import annotations

from collections.abc import Mapping

from polyarena import (
    Arena,
    ArenaManifest,
    Ballot,
    FinishedBattle,
    Reason,
    Uploads,
    style_features,
)

from .categories import CATEGORIES, categories
from .starters import STARTERS


class VisionArena(Arena):
    """Two written answers to the same words and pictures; conversation over several turns."""

    manifest = ArenaManifest(
        id="vision",
        title="Vision",
        summary="Ask about your own pictures.",
        icon="◉",
        order=15,
        accepts=frozenset({"text", "image"}),
        begins_with=frozenset({"image"}),
        capability="image",
        uploads=Uploads(count=8, total_bytes=24_000_000, fitted=True),
        ballot=Ballot(
            reasons=(
                Reason("correct", "Correct"),
                Reason("detail", "Sees detail"),
                Reason("invents", "Invents things"),
                Reason("explained", "Well explained"),
            )
        ),
        categories=CATEGORIES,
        starters=STARTERS,
        notice="Both models see the same pictures, without the place, time and camera that a file "
        "may tell of. Send no pictures of people who would not want that, and no secrets: they go "
        "to the models' makers.",
        placeholder="Ask about a picture: add, drop or paste it here",
    )

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return categories(battle)

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return style_features(battle)
