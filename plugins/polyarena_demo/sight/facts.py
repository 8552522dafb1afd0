"""What was seen, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .asked import Question
from .seen import Seen, Shape

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def reply(question: Question, views: Sequence[Seen]) -> str:
    """A direct answer to a question about pictures, in a sentence or two."""
    if question.about == "compare" and len(views) > 1:
        return compared(views[0], views[1])
    said = [_replied(question, view) for view in views]
    if len(said) == 1:
        return said[0]
    return " ".join(f"Picture {n}: {sentence}" for n, sentence in enumerate(said, 1))


def number(count: int) -> str:
    """A small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def listed(words: Iterable[str]) -> str:
    """Words with commas and an "and"."""
    each = list(words)
    return " and ".join([", ".join(each[:-1]), each[-1]]) if len(each) > 1 else "".join(each)


def counted(shapes: Iterable[Shape]) -> list[str]:
    """Shapes of a kind and colour together: "two red circles"."""
    counts = Counter(shape.name for shape in shapes)
    return [f"{number(count)} {_many(name, count)}" for name, count in counts.most_common()]


def main_colours(seen: Seen, most: int = 3) -> list[str]:
    """The names of the colours that cover most of it."""
    return [name for name, _ in seen.colours[:most]]


def lightness(seen: Seen) -> str:
    """How light it is, and how varied."""
    tone = "dark" if seen.brightness < 0.35 else "light" if seen.brightness > 0.68 else "mid-toned"
    span = "strong" if seen.contrast > 0.5 else "soft" if seen.contrast < 0.25 else "moderate"
    return f"{tone}, with {span} contrast"


def compared(one: Seen, other: Seen) -> str:
    """What sets two pictures apart."""
    parts = []
    if (one.width, one.height) != (other.width, other.height):
        parts.append(
            f"the first is {one.width} × {one.height} pixels, the second "
            f"{other.width} × {other.height}"
        )
    left, right = Counter(s.name for s in one.shapes), Counter(s.name for s in other.shapes)
    for only, rest, which in ((left, right, "first"), (right, left, "second")):
        if more := only - rest:
            things = [f"{number(count)} {_many(name, count)}" for name, count in more.items()]
            parts.append(f"only the {which} has {listed(things[:4])}")
    if abs(one.brightness - other.brightness) > 0.06:
        lighter = "first" if one.brightness > other.brightness else "second"
        parts.append(f"the {lighter} is lighter")
    if not parts:
        return "I find no difference in size, colours, shapes or light between the two."
    return f"{_capital('; '.join(parts))}."


def overview(seen: Seen) -> str:
    """The whole in one sentence."""
    things = counted(seen.shapes[:8])
    shown = f" showing {listed(things[:4])}" if things and seen.genre != "photograph" else ""
    return (
        f"A {seen.genre}{shown}, mostly {listed(main_colours(seen, 2))}; it is {lightness(seen)}."
    )


def _replied(question: Question, seen: Seen) -> str:
    match question.about:
        case "count":
            return _how_many(question, seen)
        case "extreme" if seen.bars:
            return _extreme_bar(seen)
        case "extreme" if seen.shapes:
            large, small = seen.shapes[0], seen.shapes[-1]
            found = f"The largest thing is the {large.name} ({large.where})"
            return f"{found}, the smallest the {small.name}."
        case "text":
            return _writing(seen)
        case "where" if _meant(question, seen):
            places = [f"the {one.name} is at the {one.where}" for one in _meant(question, seen)[:4]]
            return f"{_capital(listed(places))}."
        case "colour":
            return f"It is mostly {listed(main_colours(seen))}, on {seen.background}."
        case "size":
            return f"It is {seen.width} pixels wide and {seen.height} high."
        case "light":
            return f"It is {lightness(seen)}."
        case _:
            return overview(seen)


def _how_many(question: Question, seen: Seen) -> str:
    if question.shape == "bar":
        return f"There are {number(len(seen.bars))} bars."
    meant = _meant(question, seen)
    if question.shape and question.colour:
        alike = _meant(replace(question, colour=""), seen)
        verb = "is" if len(alike) == 1 else "are"
        all_of_it = f"{number(len(alike))} {_many(question.shape, len(alike))}"
        return f"There {verb} {all_of_it}, {number(len(meant))} of them {question.colour}."
    asked = " ".join(filter(None, (question.colour, question.shape or "shape")))
    verb = "is" if len(meant) == 1 else "are"
    detail = f": {listed(counted(meant)[:5])}" if meant and not question.shape else ""
    return f"There {verb} {number(len(meant))} {_many(asked, len(meant))}{detail}."


def _extreme_bar(seen: Seen) -> str:
    bars = seen.bars
    heights = [bar.bottom - bar.top for bar in bars]
    tall, low = heights.index(max(heights)), heights.index(min(heights))
    ratio = max(heights) / max(min(heights), 0.001)
    return (
        f"The {_place(tall)} bar from the left ({bars[tall].colour}) is the tallest, about "
        f"{ratio:.1f} times as high as the lowest, the {_place(low)}."
    )


def _writing(seen: Seen) -> str:
    if seen.text:
        return f"It reads: “{seen.text[:400]}”"
    if seen.rows:
        lines = "line" if seen.rows == 1 else "lines"
        return f"I see {number(seen.rows)} {lines} of what looks like writing, but cannot read it."
    return "I see nothing that looks like writing."


def _meant(question: Question, seen: Seen) -> list[Shape]:
    return [
        one
        for one in seen.shapes
        if question.colour in ("", one.colour) and question.shape in ("", one.kind)
    ]


def _place(index: int) -> str:
    return _ORDINALS[index] if index < len(_ORDINALS) else f"{index + 1}th"


def _many(name: str, count: int) -> str:
    if count == 1:
        return name
    return f"{name}es" if name.endswith(("ch", "sh", "x")) else f"{name}s"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
