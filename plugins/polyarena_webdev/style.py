"""The measures of style that a comparison of apps holds constant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyarena import Answer, FinishedBattle

from .evidence import app_in
from .sources import sources_in


def features(battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
    """Per side, of its last app: `files` and `bytes` that the model wrote, `libraries` it uses."""
    left, right = [list(side) for side in zip(*battle.answers, strict=True)] or ([], [])
    one, two = _measured(left), _measured(right)
    return {name: (one[name], two[name]) for name in one}


def _measured(answers: Sequence[Answer]) -> dict[str, float]:
    for answer in reversed(answers):
        if files := sources_in(answer.parts):
            app = app_in(answer.parts)
            return {
                "files": float(len(files)),
                "bytes": float(
                    sum(len(text.encode("utf-8", "replace")) for text in files.values())
                ),
                "libraries": float(len(app.libraries) if app else 0),
            }
    return {"files": 0.0, "bytes": 0.0, "libraries": 0.0}
