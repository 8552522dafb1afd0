"""What stands beside the votes of a file, as an arena takes it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..arena import Arena
from ..ballot import SIDES, Flag, flag_evidence
from ..errors import BadRequest
from ..expertise import Expertise, Tier

if TYPE_CHECKING:
    from ..votefiles import Votes

Flags = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one vote: evidence by name, levels by flag and side, and what was known of the voter.

    `held` has the occupation, the specialty, the tier and whether that made an expert; it is empty
    where nothing was known.
    """

    evidence: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    flags: Flags = field(default_factory=dict)
    held: Mapping[str, Any] = field(default_factory=dict)


def beside(arena: Arena, votes: Votes) -> tuple[list[Beside], tuple[str, ...]]:
    """What an arena takes of every vote, and notes on what it leaves out.

    Raises:
        BadRequest: a level that a flag of its ballot does not have.
    """
    if not votes.attached:
        return [Beside() for _ in range(len(votes))], ()
    flags, left_out = _flags(arena, votes)
    evidence = _evidence(arena.manifest.ballot.flags, votes, flags)
    held, notes = _held(arena.manifest.expertise, votes)
    found = [Beside(*one) for one in zip(evidence, flags, held, strict=True)]
    return found, (*left_out, *notes)


def _read(votes: Votes, name: str, empty: Any) -> list[Any]:
    from ..votefiles.attached import CHECKED

    column = votes.attached.get(name)
    if column is None:
        return [empty] * len(votes)
    return column.each(CHECKED[name][1] if name in CHECKED else str)


def _flags(arena: Arena, votes: Votes) -> tuple[list[Flags], tuple[str, ...]]:
    known = {flag.id: {level for level, _ in flag.levels} for flag in arena.manifest.ballot.flags}
    given: list[Flags] = _read(votes, "flags", {})
    for said in given:
        for name, sides in said.items():
            wrong = sorted(set(sides.values()) - known[name]) if name in known else []
            if wrong:
                raise BadRequest(
                    f"{wrong[0]!r} is not a level of {name}; the {arena.manifest.id} arena has "
                    f"{', '.join(sorted(known[name]))}."
                )
    others = sorted({name for said in given for name in said if name not in known})
    if not others:
        return given, ()
    kept: list[Flags] = [{name: said[name] for name in said if name in known} for said in given]
    return kept, (f"flags: the ballot has no {', '.join(others)}; those were left out",)


def _evidence(
    asked: Sequence[Flag], votes: Votes, flags: Sequence[Flags]
) -> list[Mapping[str, Sequence[Any]]]:
    """The file's evidence, with that of flags where no vote of the file has it."""
    given: list[Mapping[str, Sequence[Any]]] = _read(votes, "evidence", {})
    met = {name for told in given for name in told}
    used = {name for said in flags for name in said}
    more = [flag for flag in asked if flag.id in used and flag_evidence(flag) not in met]
    if not more:
        return given
    return [
        {
            **told,
            **{
                flag_evidence(one): [side in said.get(one.id, {}) for side in SIDES] for one in more
            },
        }
        for told, said in zip(given, flags, strict=True)
    ]


def _held(asked: Expertise | None, votes: Votes) -> tuple[list[Mapping[str, Any]], tuple[str, ...]]:
    nobody: list[Mapping[str, Any]] = [{}] * len(votes)
    tiers: list[str] = _read(votes, "tier", "")
    if not any(tiers):
        return nobody, ()
    if asked is None:
        return nobody, (
            "voters: the arena does not ask whose votes are an expert's, so tiers were left out",
        )
    occupations: list[str] = _read(votes, "occupation", asked.occupation)
    specialties: list[str] = _read(votes, "specialty", "")
    experts: list[bool] = _read(votes, "expert", False)
    known = {id for id, _ in asked.specialties}
    found: list[Mapping[str, Any]] = []
    others, unknown = 0, set[str]()
    for occupation, specialty, tier, expert in zip(
        occupations, specialties, tiers, experts, strict=True
    ):
        mine = bool(tier) and occupation == asked.occupation
        others += bool(tier) and not mine
        unknown |= {specialty} - known - {""} if mine else set()
        found.append(
            {
                "occupation": occupation,
                "specialty": specialty if specialty in known else "",
                "tier": Tier(tier).value,
                "expert": expert,
            }
            if mine
            else {}
        )
    return found, _left_out(asked, others, unknown)


def _left_out(asked: Expertise, others: int, unknown: set[str]) -> tuple[str, ...]:
    notes = []
    if others:
        notes.append(f"voters: {others:,} of another occupation than {asked.title} are the public")
    if unknown:
        listed = ", ".join(sorted(unknown))
        notes.append(f"voters: the arena has no specialty {listed}; those were left out")
    return tuple(notes)
