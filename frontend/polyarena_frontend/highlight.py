"""Highlighted code as HTML classes, and the style sheet for these classes.

`python -m polyarena_frontend.highlight` prints the style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from time import thread_time
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, _TokenType

from polyarena_frontend.plaintext import escape

MAX_CODE: Final = 20_000
MAX_LINE: Final = 1_000
MAX_SECONDS: Final = 0.25

# Lexers whose time stays near linear, or can be cut off between tokens, on hostile input.
LANGUAGES: Final = {
    alias: lexer
    for lexer, aliases in {
        "bash": "bash sh shell zsh",
        "bat": "bat batch cmd",
        "c": "c h",
        "clojure": "clojure clj",
        "cmake": "cmake",
        "cpp": "cpp c++ cc cxx hpp",
        "csharp": "csharp c# cs",
        "css": "css",
        "dart": "dart",
        "diff": "diff patch",
        "docker": "docker dockerfile",
        "elixir": "elixir ex",
        "erlang": "erlang erl",
        "fortran": "fortran f90",
        "fsharp": "fsharp f# fs",
        "go": "go golang",
        "graphql": "graphql gql",
        "haskell": "haskell hs",
        "html": "html htm svg",
        "ini": "ini cfg conf",
        "java": "java",
        "javascript": "javascript js mjs node",
        "json": "json jsonc json5",
        "jsx": "jsx",
        "julia": "julia jl",
        "kotlin": "kotlin kt",
        "latex": "latex tex",
        "lisp": "lisp common-lisp elisp",
        "lua": "lua",
        "makefile": "makefile make",
        "markdown": "markdown md",
        "nginx": "nginx",
        "perl": "perl pl",
        "php": "php",
        "powershell": "powershell ps1 pwsh",
        "protobuf": "protobuf proto",
        "python": "python py python3 pyi",
        "pycon": "pycon",
        "r": "r",
        "ruby": "ruby rb",
        "rust": "rust rs",
        "scala": "scala",
        "scss": "scss sass",
        "solidity": "solidity sol",
        "sql": "sql postgresql mysql sqlite",
        "swift": "swift",
        "terraform": "terraform hcl tf",
        "toml": "toml",
        "tsx": "tsx",
        "typescript": "typescript ts",
        "vbnet": "vbnet vb",
        "xml": "xml xsd",
        "yaml": "yaml yml",
        "zig": "zig",
    }.items()
    for alias in aliases.split()
}

# Pygments token -> its light and its dark colour; descendants inherit.
_COLOURS: Final[dict[_TokenType, tuple[str, str]]] = {
    Token.Comment: ("#57606a", "#9aa4b0"),
    Token.Keyword: ("#a0282f", "#ff8f87"),
    Token.Literal.String: ("#0a3069", "#a5d6ff"),
    Token.Literal.Number: ("#0550ae", "#79c0ff"),
    Token.Name.Builtin: ("#8a4600", "#ffb26b"),
    Token.Name.Function: ("#6f42c1", "#d2a8ff"),
    Token.Name.Class: ("#7a4100", "#f2c078"),
    Token.Name.Decorator: ("#6f42c1", "#d2a8ff"),
    Token.Name.Tag: ("#116329", "#7ee787"),
    Token.Name.Attribute: ("#0550ae", "#79c0ff"),
    Token.Operator.Word: ("#a0282f", "#ff8f87"),
    Token.Generic.Deleted: ("#82071e", "#ffb3ad"),
    Token.Generic.Inserted: ("#116329", "#7ee787"),
    Token.Generic.Heading: ("#0550ae", "#79c0ff"),
    Token.Generic.Prompt: ("#57606a", "#9aa4b0"),
}
PAPER: Final = ("#f6f8fa", "#161b22")
INK: Final = ("#1f2328", "#e6edf3")


@cache
def _class_of(kind: _TokenType) -> str:
    while kind.parent is not None:
        if kind in _COLOURS:
            return STANDARD_TYPES[kind]
        kind = kind.parent
    return ""


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


@lru_cache(maxsize=64)
def highlight(code: str, language: str) -> str:
    """`code` as HTML, its tokens in `<span class=…>` where the language is known.

    Code longer than `MAX_CODE` characters, with a line longer than `MAX_LINE`, or that takes more
    than `MAX_SECONDS` of CPU time is escaped and left plain.
    """
    lexer_name = LANGUAGES.get(language.lower())
    if lexer_name is None or len(code) > MAX_CODE or _longest_line(code) > MAX_LINE:
        return escape(code)
    pieces = _spans(_lexer(lexer_name).get_tokens(code))
    return escape(code) if pieces is None else pieces


def _longest_line(code: str) -> int:
    return max(map(len, code.split("\n")))


def _within_budget(
    tokens: Iterable[tuple[_TokenType, str]],
) -> Iterator[tuple[_TokenType, str]]:
    deadline = thread_time() + MAX_SECONDS
    for token in tokens:
        if thread_time() > deadline:
            raise TimeoutError
        yield token


def _spans(tokens: Iterable[tuple[_TokenType, str]]) -> str | None:
    html: list[str] = []
    try:
        for name, run in groupby(_within_budget(tokens), key=lambda token: _class_of(token[0])):
            text = escape("".join(value for _, value in run))
            html.append(f'<span class="{name}">{text}</span>' if name else text)
    except TimeoutError:
        return None
    return "".join(html)


def _variables(theme: int) -> str:
    pairs = [("paper", PAPER[theme]), ("ink", INK[theme])]
    pairs += [(STANDARD_TYPES[kind], colours[theme]) for kind, colours in _COLOURS.items()]
    return " ".join(f"--code-{name}: {colour};" for name, colour in pairs)


def stylesheet() -> str:
    """CSS for highlighted code: light by default, dark by preference or `data-theme`.

    Every colour has a contrast of at least 4.5:1 on its paper (WCAG 2.2 AA).
    """
    light, dark = _variables(0), _variables(1)
    rules = [
        f":root {{ {light} }}",
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}",
        f":root[data-theme='light'] {{ {light} }}",
        f":root[data-theme='dark'] {{ {dark} }}",
        "figure.code pre, pre.plain { background: var(--code-paper); color: var(--code-ink); }",
    ]
    for kind in _COLOURS:
        name = STANDARD_TYPES[kind]
        rules.append(f"figure.code .{name} {{ color: var(--code-{name}); }}")
    return "\n".join(rules) + "\n"


if __name__ == "__main__":
    print(stylesheet(), end="")
