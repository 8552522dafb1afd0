"""Untrusted Markdown, as models write it, to HTML that is safe to put into a page."""

from __future__ import annotations

from collections.abc import Iterator
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


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block: its sanitised HTML and its tokens, of which there is at least one."""

    html: str
    tokens: list[Token]

    @property
    def token(self) -> Token:
        """The token that says what kind of block it is."""
        return self.tokens[0]

    @property
    def start(self) -> int:
        """The line it starts on."""
        return self.tokens[0].map[0] if self.tokens[0].map else 0


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": 20})
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
    # A character reference can spell what the text was cleaned of.
    env["spelled"] = "&" in text
    groups = _groups(_PARSER.parse(text, env))
    return [Block(render_tokens(tokens, env), tokens) for tokens in groups]


def render_tokens(tokens: list[Token], env: dict[str, Any]) -> str:
    """The sanitised HTML of tokens that were parsed with `env`."""
    html = sanitise(_PARSER.renderer.render(tokens, _PARSER.options, env))
    return clean_text(html) if env["spelled"] else html


def _groups(tokens: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1
