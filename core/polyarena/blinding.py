"""What may be seen of an answer's parts before the reveal. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from .content import App, Execution, Image, Part


def blinded(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts without those that are withheld, each picture as its `blind` where it has one."""
    return tuple(_blinded(part) for part in parts if not part.withheld)


def _blinded(part: Part) -> Part:
    match part:
        case Image(blind=Image() as seen):
            return seen
        case Execution():
            return part.model_copy(update={"files": blinded(part.files)})
        case App():
            shots = [shot for shot in part.shots if not shot.image.withheld]
            seen_shots = [one.model_copy(update={"image": _blinded(one.image)}) for one in shots]
            return part.model_copy(update={"shots": tuple(seen_shots)})
        case _:
            return part
