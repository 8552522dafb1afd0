"""The ballot as its row shows it, and the vote that was cast."""

from __future__ import annotations

from ..ballot import Ballot, Choice
from ..battle import Battle
from ..services import Services
from ..services.live import LiveBattle
from . import battle_views
from .words import ASPECT_CHOICES, CHOICES, EXCLUSIONS


def aspect_views(ballot: Ballot) -> tuple[battle_views.AspectView, ...]:
    """The aspects on a ballot."""
    offered = (Choice.A, Choice.TIE, Choice.B)
    choices = tuple((one.value, ASPECT_CHOICES[one]) for one in offered if one in ballot.choices)
    return tuple(
        battle_views.AspectView(one.id, one.label, one.hint, str(key) if key < 10 else "", choices)
        for key, one in enumerate(ballot.aspects, 1)
    )


def flag_views(ballot: Ballot) -> tuple[battle_views.FlagView, ...]:
    """The flags on a ballot."""
    return tuple(
        battle_views.FlagView(one.id, one.label, one.hint, one.levels) for one in ballot.flags
    )


async def voting_as(services: Services, live: LiveBattle) -> battle_views.VotingAs | None:
    """As whom a vote would count, where the arena asks whose votes are an expert's."""
    asked = live.arena.manifest.expertise
    if asked is None or live.battle.vote is not None:
        return None
    held = await services.credentials.qualification(live.battle.visitor, asked)
    tier = held.tier.label if held is not None and asked.expert(held) else ""
    return battle_views.VotingAs(tier, asked.required)


def vote_view(battle: Battle, ballot: Ballot) -> battle_views.VoteView | None:
    """The vote that was cast, if one was."""
    if battle.vote is None:
        return None
    vote = battle.vote
    return battle_views.VoteView(
        choice=vote.choice.value,
        label=CHOICES[vote.choice][0],
        reasons=vote.reasons,
        comment=vote.comment,
        excluded=EXCLUSIONS.get(battle.exclusion or "", ""),
        aspects=tuple(
            (one.label, ASPECT_CHOICES[vote.aspects[one.id]])
            for one in ballot.aspects
            if one.id in vote.aspects
        ),
        flags=tuple(
            (one.label, f"{ASPECT_CHOICES[Choice(side)]}, {dict(one.levels).get(level, level)}")
            for one in ballot.flags
            for side, level in vote.flags.get(one.id, {}).items()
        ),
        tier=vote.qualification.tier.label if vote.qualification else "",
    )
