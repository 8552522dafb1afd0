"""What a model writes, event by event, and a file of it as HTML."""

from __future__ import annotations

from markupsafe import Markup

from ..content import Code, Text
from ..provider import Delta, Event, PartReady
from .quoting import quoted


def written(event: Event) -> str:
    """What an event of a model's stream adds to its answer, as Markdown; nothing for most."""
    match event:
        case Delta(text):
            return text
        case PartReady(Text(text=text)):
            return f"\n\n{text}\n\n"
        case PartReady(Code(text=text, language=language, filename=name)):
            return f"\n\n{quoted(text, f'{language} {name}'.strip())}\n\n"
        case _:
            return ""


def folded(part: Code, remark: str = "") -> Markup:
    """A file, closed, with its name, its length, and a remark."""
    lines = part.text.count("\n") + 1
    length = "1 line" if lines == 1 else f"{lines:,} lines"
    return Markup(
        '<details class="program"><summary>{} <small>{}</small></summary>'
        '<pre tabindex="0"><code class="language-{}">{}</code></pre></details>'
    ).format(part.filename, ", ".join(filter(None, (length, remark))), part.language, part.text)
