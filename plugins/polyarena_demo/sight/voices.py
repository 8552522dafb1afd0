"""How each persona talks about pictures, and how sharply it looks."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from .asked import Question
from .facts import counted, lightness, listed, main_colours, overview, reply
from .seen import Seen

Views = Sequence[Seen]


@dataclass(frozen=True, slots=True)
class Voice:
    """`side` is the longest side in pixels at which the persona looks at a picture."""

    side: int
    write: Callable[[Question, Views, random.Random], str]


def poet(question: Question, views: Views, rng: random.Random) -> str:
    """Verses on the colours and shapes, the answer in the last one."""
    seen = views[0]
    colours = [*main_colours(seen), seen.background]
    thing = seen.shapes[0].name if seen.shapes else "single edge"
    first = rng.choice(
        (
            f"*{colours[0].capitalize()}, and then {colours[1]}, as far as I can see;*",
            f"*A field of {colours[0]}, a breath of {colours[1]},*",
        )
    )
    second = f"*a {thing} keeps the {seen.shapes[0].where if seen.shapes else 'middle'} to itself,*"
    third = "*and the light is low.*" if seen.brightness < 0.4 else "*and the light is kind.*"
    return "\n".join((f"{first}  ", f"{second}  ", third, "", reply(question, views)))


def lister(question: Question, views: Views, rng: random.Random) -> str:
    """Everything measured, one bullet each."""
    lines = [f"**In short**: {reply(question, views)}"]
    for number, seen in enumerate(views, 1):
        lines += ["", f"**Picture {number}**" if len(views) > 1 else "**What I see**", ""]
        shares = [f"{name} {share:.0%}" for name, share in seen.colours[:5]]
        lines += [
            f"- Size: {seen.width} × {seen.height} pixels",
            f"- Kind: {seen.genre}",
            f"- Colours: {', '.join(shares)}",
            f"- Light: {lightness(seen)}",
        ]
        lines += [f"- {thing.capitalize()}" for thing in counted(seen.shapes)[:8]]
        if seen.rows:
            lines.append(f"- Lines that look like writing: {seen.rows}")
        if seen.text:
            lines.append(f"- Text: “{seen.text[:300]}”")
    return "\n".join(lines)


def terse(question: Question, views: Views, rng: random.Random) -> str:
    """The answer and nothing else."""
    return reply(question, views)


def professor(question: Question, views: Views, rng: random.Random) -> str:
    """An answer under headings, with how it was found and how sure it is."""
    seen = views[0]
    sure = "fairly sure" if seen.flat > 0.6 else "not very sure"
    places = [f"a {one.name} at the {one.where}" for one in seen.shapes[:5]]
    found = f"I make out {listed(places)}." if places else "No shape stands out."
    many = f" I looked at all {len(views)} pictures in the same way." if len(views) > 1 else ""
    return (
        f"### Answer\n\n{reply(question, views)}\n\n"
        f"### How I looked\n\nThe picture has {seen.width} × {seen.height} pixels. I separated "
        f"it into regions of one colour, took **{seen.background}** as the ground, and named each "
        f"region by how much of its box it fills. {found}{many}\n\n"
        f"### How far to trust it\n\n{overview(seen)} I am {sure} of the shapes, because "
        f"{seen.flat:.0%} of the pixels equal their neighbour."
    )


def contrarian(question: Question, views: Views, rng: random.Random) -> str:
    """An answer from far away, and doubts about the question."""
    doubt = rng.choice(
        (
            "Everybody looks at what is in the middle. Look at the edge instead.",
            "A picture says less than people think, and this one is no exception.",
            "The question is not what it shows but what was left out.",
        )
    )
    seen = views[0]
    return (
        f"{doubt} If I must answer from across the room: {reply(question, views)}\n\n"
        f"> Take the {seen.background} away and ask again whether it is still the same picture."
    )


def coder(question: Question, views: Views, rng: random.Random) -> str:
    """The facts as JSON, and the answer above them."""
    facts = [
        {
            "size": [seen.width, seen.height],
            "kind": seen.genre,
            "colours": dict(seen.colours[:4]),
            "brightness": seen.brightness,
            "shapes": [
                {"is": one.name, "at": one.where, "share": asdict(one)["share"]}
                for one in seen.shapes[:6]
            ],
        }
        for seen in views
    ]
    return f"{reply(question, views)}\n\n```json\n{json.dumps(facts, indent=2)}\n```"


VOICES: Mapping[str, Voice] = MappingProxyType(
    {
        "poet": Voice(96, poet),
        "lister": Voice(240, lister),
        "terse": Voice(160, terse),
        "professor": Voice(320, professor),
        "contrarian": Voice(40, contrarian),
        "coder": Voice(200, coder),
    }
)
