"""An arena whose ballot has aspects, and votes that judge them."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from polyarena import (
    Arena,
    ArenaManifest,
    Aspect,
    Ballot,
    Category,
    Finish,
    FinishedBattle,
    Flag,
    Reason,
)
from polyarena.services import Services, open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

from . import QUIET
from .served import ArenaPlugin, scripted
from .voting import Cast

NAMES = ("Alpha", "Beta", "Gamma")
ASPECTS = (
    Aspect("looks", "Looks", "How it is drawn"),
    Aspect("works", "Works", weight=2.0),
    Aspect("fits", "Fits the prompt"),
)
BOARDS = ("looks", "works", "fits", "composite")
HARD = frozenset({"hard"})


class Judged(Arena):
    """Asks for three aspects, measures style, and has a category."""

    manifest = ArenaManifest(
        id="judged",
        title="Judged",
        summary="Answers judged by aspects.",
        ballot=Ballot(aspects=ASPECTS),
        categories=(Category("hard", "Hard"),),
    )

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        left, right = battle.answers[-1]
        return {"length": (len(left.text), len(right.text))}


def plugins() -> dict[str, object]:
    """The arena, and models that answer."""
    models = [ScriptedModel(name, [f"{name[0] * 9}.", Finish()]) for name in NAMES]
    return {**scripted(*models), "judged": ArenaPlugin(Judged())}


@asynccontextmanager
async def opened(data: Path, database: str = "") -> AsyncIterator[Services]:
    """Services with the arena."""
    settings = Settings.load(data=data, database_url=database, demo=False, disabled_plugins=QUIET)
    async with open_services(settings, plugins(), server=False) as services:
        yield services


def some_votes(seed: int, number: int) -> list[Cast]:
    """Votes by 30 people. Alpha looks best and works worst; not everybody judges everything."""
    rng = random.Random(seed)
    given = []
    for _ in range(number):
        left, right = rng.sample(NAMES, 2)
        better, worse = ("a", "b") if left < right else ("b", "a")
        said = {"looks": better, "works": worse, "fits": rng.choice(["a", "b", "tie", "both_bad"])}
        for name in list(said):
            if rng.random() < 0.2:
                said[name] = rng.choice(["a", "b", "tie"])
            if rng.random() < 0.3:
                del said[name]
        lengths = {"length": (float(rng.randint(1, 90)), float(rng.randint(1, 90)))}
        given.append(
            Cast(
                left,
                right,
                rng.choice(["a", "b", "tie"]),
                arena="judged",
                aspects=said,
                categories=HARD if rng.random() < 0.6 else frozenset(),
                features=lengths if rng.random() < 0.8 else {},
                voter=f"v{rng.randrange(30)}",
            )
        )
    return given


class Careful(Arena):
    """Asks why, and whether an answer could do harm."""

    manifest = ArenaManifest(
        id="careful",
        title="Careful",
        summary="Answers that may do harm.",
        ballot=Ballot(
            reasons=(Reason("correct", "Correct"), Reason("safe", "Safe")),
            flags=(Flag("harm", "Harm", (("mild", "Could mislead"), ("severe", "Could hurt"))),),
            explain="reason",
        ),
    )


def careful(*others: Arena) -> dict[str, object]:
    """That arena, others, and two models that answer."""
    models = [ScriptedModel(name, [f"{name[0] * 9}.", Finish()]) for name in NAMES[:2]]
    return {**scripted(*models), "careful": ArenaPlugin(Careful(), *others)}
