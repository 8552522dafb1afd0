"""`polyarena rank`, run as the command runs, and votes for it."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kit.command import Ran, command

Rank = Callable[..., Ran]
EVIL = ["<script>alert(1)</script>", "=HYPERLINK(1)", "\x1b[31mred & \u202eback"]


@pytest.fixture
def rank(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Rank:
    """Run `polyarena rank` with these arguments: exit code, output, errors."""
    monkeypatch.setenv("COLUMNS", "140")
    return partial(command(monkeypatch, capsys), "rank")


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    """600 votes of 12 voters on four models, the first the best; [m1] looks like markup."""
    rng = np.random.default_rng(5)
    rows = ["left,right,winner,worker,language,words_left,words_right,bold_left,bold_right"]
    for place in range(600):
        a, b = rng.permutation(4)[:2]
        words = rng.integers(10, 200, size=2)
        edge = 0.4 * (b - a) + 0.8 * (words[0] - words[1]) / words.sum() + 0.2
        draw = rng.random()
        won = (
            "tie" if draw < 0.2 else "left" if rng.random() < 1 / (1 + math.exp(-edge)) else "right"
        )
        language = ("en", "de")[place % 2]
        bold = rng.integers(0, 3, size=2)
        cells = [f"[m{a + 1}]", f"[m{b + 1}]", won, place % 12, language, *words, *bold]
        rows.append(",".join(map(str, cells)))
    path = tmp_path / "votes.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    path = tmp_path / "evil.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model_a", "model_b", "winner", "tag"])
        for place in range(30):
            a, b = EVIL[place % 3], EVIL[(place + 1) % 3]
            writer.writerow([a, b, "ab"[place % 2], "</svg><b>"])
    return path


def boards(ran: Ran) -> list[dict[str, Any]]:
    code, out, err = ran
    assert code == 0, err
    found: list[dict[str, Any]] = json.loads(out)["boards"]
    return found


def of(board: dict[str, Any], field: str = "rating") -> dict[str, Any]:
    return {model["model"]: model[field] for model in board["models"]}
