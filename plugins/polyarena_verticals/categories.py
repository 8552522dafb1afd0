"""Which of an occupation's specialties a battle belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import FinishedBattle, Input, Text

from .manifest import MULTI_TURN, SPECIALTY
from .occupation import Specialty

WORDS_READ = 20_000


def categories(battle: FinishedBattle, specialties: Sequence[Specialty]) -> frozenset[str]:
    """Ids of the categories that a battle falls in.

    A specialty that was chosen with a prompt is taken as it is. Without any, those count of whose
    words at least two different ones are in the prompts, or one where no other specialty has any.
    """
    parts = [part for prompt in battle.prompts for part in prompt.parts]
    known = {each.id for each in specialties}
    found = {part.text for part in parts if isinstance(part, Input) and part.name == SPECIALTY}
    found &= known
    if not found:
        said = "\n".join(part.text for part in parts if isinstance(part, (Text, Input)))
        found = set(_told(said[:WORDS_READ], specialties))
    if len(battle.prompts) > 1:
        found.add(MULTI_TURN.id)
    return frozenset(found)


def _told(text: str, specialties: Sequence[Specialty]) -> Sequence[str]:
    hits = {each.id: {word.lower() for word in each.pattern.findall(text)} for each in specialties}
    some = [id for id, words in hits.items() if words]
    return some if len(some) == 1 else [id for id in some if len(hits[id]) > 1]
