"""The default renderer of each part type: sanitised HTML, one string a block."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from polyarena.content import (
    App,
    Audio,
    Code,
    Custom,
    Execution,
    File,
    Image,
    Input,
    Part,
    Table,
    Text,
)

from .app_part import render_app
from .artifacts import artifact_url, readable_size
from .audio import render_audio
from .execution import render_execution
from .markdown import render_blocks as markdown_blocks
from .markdown import render_markdown
from .plaintext import clean_text


def render_blocks(part: Part) -> tuple[Markup, ...]:
    """The HTML of a part, in top-level blocks."""
    match part:
        case Text():
            return _text_blocks(part.text)
        case Code():
            return (_code(part),)
        case Table():
            return (_table(part),)
        case Input():
            return (_input(part),)
        case Image():
            return (_image(part),)
        case File():
            return (_file(part),)
        case Execution():
            return render_execution(part)
        case Audio():
            return render_audio(part)
        case App():
            return render_app(part)
        case Custom():
            return (Markup('<p class="note">{}</p>').format(f"No renderer for {part.kind}."),)


@lru_cache(maxsize=512)
def _text_blocks(text: str) -> tuple[Markup, ...]:
    return tuple(Markup(block) for block in markdown_blocks(clean_text(text)))  # noqa: S704


def _code(part: Code) -> Markup:
    fence = "```"
    while fence in part.text:
        fence += "`"
    language = "".join(c for c in part.language if c.isalnum() or c in "+#-_.")
    shown = render_markdown(f"{fence}{language}\n{part.text}\n{fence}")
    if not part.filename:
        return shown
    return Markup('<p class="filename">{}</p>{}').format(part.filename, shown)


def _input(part: Input) -> Markup:
    return Markup('<p class="filename">{}</p><pre class="input" tabindex="0">{}</pre>').format(
        part.name, clean_text(part.text)
    )


def _image(part: Image) -> Markup:
    return Markup(
        '<figure class="picture"><img src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
        "</figure>"
    ).format(artifact_url(part), part.width, part.height, part.alt or part.filename)


def _file(part: File) -> Markup:
    return Markup('<p class="file"><a href="{}" download>{}</a> <small>{}</small></p>').format(
        artifact_url(part), part.filename, readable_size(part.size)
    )


def _table(part: Table) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(cell) for cell in part.header)
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in part.rows
    )
    caption = Markup("<caption>{}</caption>").format(part.caption) if part.caption else Markup("")
    return Markup(
        '<div class="table-scroll" tabindex="0"><table>{}<thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(caption, head, rows)
