"""Votes by the hundred, stored as the server stores them, without anybody answering."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from sqlalchemy import Connection

from polyarena.arena import Mode, Scalar
from polyarena.ballot import Choice, Vote
from polyarena.battle import Battle
from polyarena.content import Prompt, Text
from polyarena.expertise import Qualification
from polyarena.services import Services
from polyarena.side import Answer, SideStatus
from polyarena.store import battles, visitors, votes

Measures = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Cast:
    """`times` votes for `choice` in battles of two models, by name."""

    left: str
    right: str
    choice: str
    times: int = 1
    categories: frozenset[str] = frozenset()
    features: Measures = field(default_factory=dict)
    voter: str = ""
    share: str = ""
    arena: str = "text"
    mode: Mode = Mode.BATTLE
    evidence: Mapping[str, tuple[Scalar, Scalar]] = field(default_factory=dict)
    aspects: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    held: Qualification | None = None
    expert: bool = False
    prompt: str = "Why is the sky blue?"


async def cast(services: Services, *given: Cast) -> None:
    """Store these votes; voters without a name are one each."""
    known = {one.name: one.entry for one in (await services.models.by_entry()).values()}

    def store(connection: Connection) -> None:
        for one in given:
            for _ in range(one.times):
                _store(connection, one, known)

    await services.store.write(store)


def _store(connection: Connection, one: Cast, known: Mapping[str, str]) -> None:
    visitor = one.voter or secrets.token_hex(8)
    battle = Battle(
        id=secrets.token_hex(8),
        arena=one.arena,
        mode=one.mode,
        visitor=visitor,
        entries={"a": known[one.left], "b": known[one.right]},
        salt="salt",
        propensity=0.5,
    ).ask(Prompt.of(one.prompt))
    visitors.ensure(connection, visitor)
    battles.create(connection, battle, "commitment")
    done = Answer(SideStatus.DONE, (Text(text="An answer."),), finish="stop", tokens=3)
    for side in battle.sides:
        battle = battle.start(side).end(side, done)
    aspects = {name: Choice(choice) for name, choice in one.aspects.items()}
    said = Vote(Choice(one.choice), aspects=aspects, flags=one.flags, qualification=one.held)
    voted = battle.cast(said)
    event: dict[str, object] = {
        "arena": one.arena, "choice": one.choice, "voter": visitor, "reasons": [], "turns": 1,
        "categories": sorted(one.categories), "excluded": voted.exclusion,
        "evidence": one.evidence, "aspects": dict(one.aspects), "flags": one.flags,
    }  # fmt: skip
    if one.held is not None:
        event["qualification"] = {**asdict(one.held), "expert": one.expert}
    reveal = {"entries": dict(voted.entries)}
    told = (one.features, one.evidence)
    assert votes.cast(connection, voted, one.categories, event, reveal, *told)
    if one.share:
        battles.set_share(connection, battle.id, one.share)
