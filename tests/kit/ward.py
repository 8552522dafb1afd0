"""The medicine arena, with votes by experts of several tiers and by the public."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from polyarena import Finish, Qualification, Scalar, Tier
from polyarena.services import Services, open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

from . import QUIET
from .served import scripted
from .voting import Cast

ARENA = "medicine"
NAMES = ("Alpha", "Beta", "Gamma")
ASPECTS = ("correct", "safe", "complete", "cites", "clear", "uncertainty")
CATEGORIES = ("pediatrics", "dermatology", "multi-turn")
MEASURES = ("length", "headers", "lists", "bold", "citations")
LEVELS = ("mild", "moderate", "severe")
VOTERS = (
    None,
    Qualification(ARENA, "", Tier.DECLARED),
    Qualification(ARENA, "pediatrics", Tier.DECLARED),
    Qualification(ARENA, "pediatrics", Tier.REGISTRY),
    Qualification(ARENA, "dermatology", Tier.EMAIL_DOMAIN),
    Qualification(ARENA, "", Tier.OPERATOR),
)
ELECTORATES = (
    "", "public", "expert", "tier-declared", "tier-email-domain", "tier-registry", "tier-operator",
    "specialty-pediatrics", "specialty-dermatology",
)  # fmt: skip


@asynccontextmanager
async def opened(
    data: Path, database: str = "", names: Sequence[str] = NAMES
) -> AsyncIterator[Services]:
    """Services with the arena and models of these names."""
    models = scripted(*(ScriptedModel(name, [f"{name}.", Finish()]) for name in names))
    settings = Settings.load(data=data, database_url=database, demo=False, disabled_plugins=QUIET)
    async with open_services(settings, models, server=False) as services:
        yield services


def some_votes(seed: int, number: int) -> list[Cast]:
    """Votes by 60 people, ten of each kind; what one kind prefers differs from another's."""
    rng = random.Random(seed)
    return [_vote(rng, rng.randrange(60)) for _ in range(number)]


def _vote(rng: random.Random, voter: int) -> Cast:
    held = VOTERS[voter % len(VOTERS)]
    expert = held is not None and held.tier is not Tier.DECLARED
    left, right = rng.sample(NAMES, 2)
    better = "a" if (left > right) == expert else "b"
    flags = {
        "harm": {side: rng.choice(LEVELS) for side in "ab" if rng.random() < 0.2 + 0.1 * expert}
    }
    return Cast(
        left,
        right,
        better if rng.random() < 0.5 else rng.choice(["a", "b", "tie", "both_bad"]),
        arena=ARENA,
        categories=frozenset(one for one in CATEGORIES if rng.random() < 0.4),
        features=_measures(rng) if rng.random() < 0.9 else {},
        voter=f"v{voter}",
        evidence=_evidence(rng, flags["harm"]),
        aspects={
            one: rng.choice([better, "a", "b", "tie"]) for one in ASPECTS if rng.random() < 0.7
        },
        flags={name: sides for name, sides in flags.items() if sides},
        held=held,
        expert=expert,
    )


def _measures(rng: random.Random) -> dict[str, tuple[float, float]]:
    return {name: (float(rng.randint(0, 90)), float(rng.randint(0, 90))) for name in MEASURES}


def _evidence(rng: random.Random, harm: Mapping[str, str]) -> Mapping[str, tuple[Scalar, Scalar]]:
    cited = (rng.randint(0, 5), rng.randint(0, 5))
    formed = (rng.random() < 0.5, rng.choice([True, False, None]))
    return {"citations": cited, "well-formed": formed, "flag-harm": ("a" in harm, "b" in harm)}
