"""What is found out about the answers of a battle: which sources they name, in which form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from polyarena import Answer, FinishedBattle, Scalar, Text

from .marker import Mark
from .occupation import Occupation
from .reading import read
from .style import style

CITATIONS = "citations"


def evidence(battle: FinishedBattle, occupation: Occupation) -> Mapping[str, tuple[Scalar, Scalar]]:
    """Per side, over all its answers.

    `citations` counts different sources, `well-formed` says whether all have the form they
    should, `odd-citations` counts those that do not; `marked-ID` counts the other marks.
    """
    left, right = (_found(marks, occupation) for marks in _sides(battle, occupation))
    return {name: (left[name], right[name]) for name in left}


def features(battle: FinishedBattle, occupation: Occupation) -> Mapping[str, tuple[float, float]]:
    """Per side, the measures of its style and its number of citations."""
    sides = list(zip(*battle.answers, strict=True)) or [(), ()]
    measured = [style(answer.text for answer in side) for side in sides]
    for measures, marks in zip(measured, _sides(battle, occupation), strict=True):
        measures[CITATIONS] = float(len(cited(marks)))
    left, right = measured
    return {name: (left[name], right[name]) for name in left}


def cited(marks: Iterable[Mark]) -> list[Mark]:
    """The citations among marks, each source once."""
    seen: dict[str, Mark] = {}
    for mark in marks:
        if mark.marker.cites:
            seen.setdefault(mark.link or mark.text.casefold(), mark)
    return list(seen.values())


def _sides(battle: FinishedBattle, occupation: Occupation) -> list[list[Mark]]:
    sides: Sequence[Sequence[Answer]] = list(zip(*battle.answers, strict=True)) or [(), ()]
    return [
        [
            mark
            for answer in side
            for part in answer.parts
            if isinstance(part, Text)
            for mark in read(part.text, occupation.markers).marks
        ]
        for side in sides
    ]


def _found(marks: Sequence[Mark], occupation: Occupation) -> dict[str, Scalar]:
    sources = cited(marks)
    odd = sum(bool(mark.odd) for mark in sources)
    others = (marker.id for marker in occupation.markers if not marker.cites)
    return {
        "cited": bool(sources),
        CITATIONS: len(sources),
        "odd-citations": odd,
        "well-formed": not odd if sources else None,
        **{f"marked-{id}": sum(mark.marker.id == id for mark in marks) for id in others},
    }
