"""Parsed answers as HTML: the part of rendering that knows what our pages look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape as quote
from typing import Final
from urllib.parse import urlsplit

from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from polyarena_frontend.highlight import highlight
from polyarena_frontend.mathml import math_html, math_source
from polyarena_frontend.plaintext import escape
from polyarena_frontend.sanitise import URL_SCHEMES

MAX_MATH: Final = 30_000
CODE_END: Final = "</code></pre></figure>\n"

_LANGUAGE: Final = re.compile(r"[\w+#.-]{1,32}")
_ALIGNMENT: Final = re.compile(r"text-align:(left|center|right)")


def plain_block(text: str) -> str:
    """`text` as a preformatted block."""
    return f'<pre class="plain" tabindex="0"><code>{escape(text)}</code></pre>\n'


def code_start(info: str) -> str:
    """All of a code block that comes before the code; `info` is the fence's info string."""
    match = _LANGUAGE.match(info.strip())
    name = quote(match[0]) if match else "text"
    return (
        f'<figure class="code" data-lang="{name}"><figcaption>{name}</figcaption>'
        '<pre tabindex="0"><code>'
    )


def fence_is_open(token: Token, env: EnvType) -> bool:
    """Whether a fenced block has no closing line although more text may still come."""
    if not env.get("streaming") or token.map is None or token.map[1] != env["lines"]:
        return False
    return token.map[1] - token.map[0] != token.content.count("\n") + 2


def restrain_links(state: StateCore) -> None:
    """Core rule: links that may not be followed become their text; no picture is fetched."""
    for token in state.tokens:
        if token.children:
            _restrain(token.children)


def _restrain(children: list[Token]) -> None:
    in_link = dead = False
    for child in children:
        if child.type == "link_open":
            in_link = True
            dead = child.hidden = not _allowed(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            child.hidden = dead
            in_link = dead = False
        elif child.type == "image":
            child.meta["inert"] = in_link or not _allowed(str(child.attrs.get("src", "")))


def _allowed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in URL_SCHEMES and bool(parts.hostname or parts.scheme == "mailto")


class AnswerRenderer(RendererHTML):
    """Renders tokens to HTML that still has to be sanitised."""

    def heading_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Two levels down, so that an answer's outline stays below the page's."""
        return f"<{_shifted(tokens[idx].tag)}>"

    def heading_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The end of a heading."""
        return f"</{_shifted(tokens[idx].tag)}>\n"

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A table in a box of its own that scrolls."""
        return '<div class="table-scroll" tabindex="0"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """The end of a table and its box."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A cell, aligned by class."""
        return _cell(tokens[idx])

    def td_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A cell, aligned by class."""
        return _cell(tokens[idx])

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Code; highlighted, unless it is still being written."""
        token = tokens[idx]
        if fence_is_open(token, env):
            return code_start(token.info) + escape(token.content.rstrip()) + CODE_END
        match = _LANGUAGE.match(token.info.strip())
        return (
            code_start(token.info) + highlight(token.content, match[0] if match else "") + CODE_END
        )

    def code_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Indented code, which names no language."""
        return code_start("") + escape(tokens[idx].content) + CODE_END

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A link to the picture: showing it would send a request to a stranger's host."""
        token = tokens[idx]
        url = str(token.attrs.get("src", ""))
        alt = self.renderInlineAsText(token.children or [], options, env).strip()
        label = quote(f"\U0001f5bc {alt or url}")
        if token.meta.get("inert", True):
            return f'<span class="picture">{label}</span>'
        return f'<a class="picture" href="{quote(url)}">{label}</a>'

    def plain(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Text beyond a bound."""
        return plain_block(tokens[idx].content)

    def math_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A displayed formula that is still being written."""
        return f"<p>{math_source(tokens[idx].content.strip())}</p>\n"

    def math_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A displayed formula of its own."""
        return f"<p>{_math(tokens[idx], env, display=True)}</p>\n"

    def math_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A formula in a line."""
        return _math(tokens[idx], env, display=False)

    def math_inline_double(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """A displayed formula inside a paragraph."""
        return _math(tokens[idx], env, display=True)


def _shifted(tag: str) -> str:
    return f"h{min(int(tag[1]) + 2, 6)}"


def _cell(token: Token) -> str:
    match = _ALIGNMENT.fullmatch(str(token.attrs.get("style", "")))
    return f'<{token.tag} class="align-{match[1]}">' if match else f"<{token.tag}>"


def _math(token: Token, env: EnvType, *, display: bool) -> str:
    latex = token.content.strip()
    env["math"] = env.get("math", 0) + len(latex)
    return math_source(latex) if env["math"] > MAX_MATH else math_html(latex, display)
