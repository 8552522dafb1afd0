"""A battle as arenas see it once it is over."""

from __future__ import annotations

from ..arena import FinishedBattle
from ..battle import Battle
from ..side import Answer


def finished(battle: Battle) -> FinishedBattle:
    """A battle as arenas see it when they categorise it: the thread that its last turn ends."""
    turns = [battle.turns[number] for number in battle.chain]
    pairs: tuple[tuple[Answer, Answer], ...] = tuple(
        (turn.answers["a"], turn.answers["b"]) for turn in turns
    )
    return FinishedBattle(
        arena=battle.arena,
        prompts=tuple(turn.prompt for turn in turns),
        answers=pairs,
        choice=battle.vote.choice if battle.vote else None,
    )
