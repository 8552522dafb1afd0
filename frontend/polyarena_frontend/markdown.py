"""Untrusted Markdown, as models write it, to HTML that is safe to put into a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from polyarena_frontend.bounds import bound_rules
from polyarena_frontend.mathrules import math_rules
from polyarena_frontend.plaintext import clean_text
from polyarena_frontend.renderer import AnswerRenderer, plain_block, restrain_links
from polyarena_frontend.sanitise import sanitise

MAX_SOURCE: Final = 200_000

References = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block: its sanitised HTML, its token, and the lines [start, stop) it is from."""

    html: str
    token: Token
    start: int
    stop: int


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 40})
    md.enable(["table", "strikethrough"])
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    math_rules(md)
    bound_rules(md)
    md.core.ruler.push("restrain_links", restrain_links)
    md.renderer = AnswerRenderer()
    return md


_PARSER: Final = _parser()


def render_markdown(source: str) -> Markup:
    """The whole answer as sanitised HTML.

    Raw HTML in `source` is shown as text, pictures become links, formulas become MathML. Of a
    source longer than `MAX_SOURCE` characters the rest is shown as preformatted text. Time grows
    linearly with the length of `source`.
    """
    return Markup("".join(render_blocks(clean_text(source))))  # noqa: S704


def render_blocks(text: str) -> list[str]:
    """The sanitised HTML of each top-level block of an already cleaned text."""
    html = [block.html for block in parse_blocks(text[:MAX_SOURCE], {})]
    if len(text) > MAX_SOURCE:
        html.append(sanitise(plain_block(text[MAX_SOURCE:])))
    return html


def parse_blocks(text: str, env: dict[str, Any]) -> list[Block]:
    """The top-level blocks of a cleaned text.

    `env` may bring `references` (definitions from earlier text) and gets those of this text. With
    `streaming` and `lines` (the number of lines) more text is expected: open code is not
    highlighted and open formulas are not typeset.
    """
    tokens = _PARSER.parse(text, env)
    # A character reference can spell what the text was cleaned of.
    finish = _sanitise_and_clean if "&" in text else sanitise
    return [_block(group, env, finish) for group in _groups(tokens)]


def _groups(tokens: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1


def _sanitise_and_clean(html: str) -> str:
    return clean_text(sanitise(html))


def _block(tokens: list[Token], env: dict[str, Any], finish: Callable[[str], str]) -> Block:
    html = finish(_PARSER.renderer.render(tokens, _PARSER.options, env))
    first = tokens[0]
    start, stop = first.map or (0, 0)
    return Block(html, first, start, stop)
