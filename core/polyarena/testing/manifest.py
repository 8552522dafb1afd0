"""What the conformance suite asks of a manifest, beyond the types of its fields."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import get_args

from ..arena import ArenaManifest
from ..ballot import COMPOSITE, Aspect
from ..content import Part
from ..expertise import Expertise
from ..inspection import ID_PATTERN, manifest_faults

PART_TYPES = frozenset(
    get_args(part.model_fields["type"].annotation)[0] for part in get_args(get_args(Part)[0])
)


def manifest_problems(manifest: ArenaManifest) -> list[str]:
    """What is wrong with a manifest, in sentences; empty if nothing is."""
    return list(manifest_faults(manifest)) or [
        *_texts(manifest),
        *_bounds(manifest),
        *_ids(manifest),
    ]


def _texts(manifest: ArenaManifest) -> Iterator[str]:
    for field in ("title", "summary", "placeholder", "capability"):
        if not getattr(manifest, field).strip():
            yield f"{field} is empty"
    for starter in manifest.starters:
        if not starter.title.strip() or not starter.prompt.strip():
            yield f"the starter {starter.title!r} has an empty title or prompt"
        if len(starter.prompt) > manifest.prompt_limit:
            yield f"the starter {starter.title!r} is longer than prompt_limit"


def _bounds(manifest: ArenaManifest) -> Iterator[str]:
    if manifest.prompt_limit < 1:
        yield "prompt_limit is below 1"
    if manifest.max_turns < 1:
        yield "max_turns is below 1"
    if not manifest.modes:
        yield "modes is empty"
    for field in ("accepts", "produces"):
        kinds: frozenset[str] = getattr(manifest, field)
        if not kinds:
            yield f"{field} is empty"
        for kind in sorted(kinds - PART_TYPES):
            yield f"{field} holds {kind!r}, which is no type of part"
    for kind in sorted(manifest.begins_with - manifest.accepts):
        yield f"begins_with holds {kind!r}, which accepts does not"
    if not manifest.ballot.choices:
        yield "the ballot has no choices"


def _ids(manifest: ArenaManifest) -> Iterator[str]:
    yield from _named("category", (category.id for category in manifest.categories))
    yield from _named("column", (column.id for column in manifest.shown_columns))
    yield from _named("reason", (reason.id for reason in manifest.ballot.reasons))
    yield from _named("aspect", (aspect.id for aspect in manifest.ballot.aspects))
    yield from _named("flag", (flag.id for flag in manifest.ballot.flags))
    for flag in manifest.ballot.flags:
        yield from _named(f"{flag.id} level", (level for level, _ in flag.levels))
        if not flag.label.strip() or not flag.levels:
            yield f"the flag {flag.id!r} has no label or no levels"
    if manifest.ballot.explain == "reason" and not manifest.ballot.reasons:
        yield "the ballot asks for a reason and has none"
    yield from _aspects(manifest.ballot.aspects)
    yield from _expertise(manifest.expertise)
    for what, values in (("modes", manifest.modes), ("ballot.choices", manifest.ballot.choices)):
        if len(set(values)) < len(values):
            yield f"{what} holds something twice"


def _expertise(expertise: Expertise | None) -> Iterator[str]:
    if expertise is None:
        return
    yield from _named("occupation", [expertise.occupation])
    yield from _named("specialty", (id for id, _ in expertise.specialties))
    if not expertise.title.strip():
        yield f"the occupation {expertise.occupation!r} has no title"


def _aspects(aspects: Iterable[Aspect]) -> Iterator[str]:
    for aspect in aspects:
        if not aspect.label.strip():
            yield f"the aspect {aspect.id!r} has no label"
        if not 0 < aspect.weight < math.inf:
            yield f"the weight of the aspect {aspect.id!r} is no number above 0"
        if aspect.id == COMPOSITE:
            yield f"the aspect id {COMPOSITE!r} is that of the board of all aspects"


def _named(kind: str, ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in ids:
        if not ID_PATTERN.fullmatch(name):
            yield f"the {kind} id {name!r} must match {ID_PATTERN.pattern}"
        if name in seen:
            yield f"there are two {kind} ids {name!r}"
        seen.add(name)
