"""Which kinds of prompt can be told apart by looking at them.

Each detector would rather miss than be wrong: a category's leaderboard with strangers in it says
less than a smaller one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyarena import Category, Prose

CATEGORIES = (
    Category("coding", "Coding"),
    Category("math", "Maths"),
    Category("long", "Longer prompts"),
    Category("multi-turn", "Multi-turn"),
    Category("non-latin", "Non-Latin scripts"),
)

LONG = 500
_BYTES_A_TOKEN = 4

_LANGUAGE = r"(?:python|java|rust|ruby|swift|perl|php|bash|shell|powershell|haskell|lua)"
_ARTEFACT = r"(?:code|function|script|program|class|method|module|library|snippet|error|exception)"
_CODE_WORDS = re.compile(
    rf"""(?<!\w)(?:
        javascript|typescript|c\+\+|c\#|golang|kotlin|node\.js|sql|html|css|numpy|pytest|leetcode
      | regex(?:es)?|regular\ expressions?|source\ code|unit\ tests?|stack\ trace|segfault
      | segmentation\ fault|(?:this|my)\ code
      | (?:in|using)\ (?:python|rust|ruby|php|bash|haskell)
      | {_LANGUAGE}\ (?:\w{{1,30}}\ )?{_ARTEFACT}s?
      | {_ARTEFACT}\ in\ {_LANGUAGE}
      | (?:write|implement|refactor|debug)\ (?:an?|the|this|my)\ (?:\w{{1,30}}\ )?
        (?:function|algorithm)
      | what\ (?:this|the\ following)\ function\ does
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_CODE_SHAPES = re.compile(
    r"""(?m)^[ \t]*(?:def|class)\ \w.{0,200}:[ \t]{0,9}$
      | ^[ \t]*\#include[ ]?[<"]
      | ^[ \t]*(?:public|private)\ (?:static\ )?\w{1,40}\ \w{1,40}\(
      | \bconsole\.log\( | \bfunction\ \w{0,40}\( | \bSELECT\ .{1,200}\ FROM\ \w
      | Traceback\ \(most\ recent | ^[ \t]*import\ \w{1,40}\ from\ ['"]
    """,
    re.VERBOSE,
)
_MATH_WORDS = re.compile(
    r"""(?<!\w)(?:
        equations?|theorem|polynomials?|eigen(?:values?|vectors?)|trigonometr\w{1,4}|logarithms?
      | quadratic|calculus|algebra(?:ic)?|(?:square|cube)\ roots?|prime\ numbers?|factorial
      | (?:derivative|integral|cosine|determinant|antiderivative)\ of|solve\ for\ [a-z]
      | (?:what|calculate)\ (?:is\ )?(?:the\ )?probability
      | how\ many\ (?:different\ |distinct\ )?(?:ways|permutations|combinations)
      | \d+(?:\.\d+)?\ ?%\ of\ \d+
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_MATH_SHAPES = re.compile(
    r"""\\(?:frac|int|sum|sqrt|lim|prod|begin\{[bpv]?matrix|alpha|theta|pi|cdot|times)\b
      | (?<!\w)\d*[a-z]\^\{?-?\d | (?<![\w.])\d+\ ?[*×^÷]\ ?\d | (?<![\w.])\d+\ \+\ \d
      | (?<!\w)\d*[xyz]\ ?[-+]\ ?\d+\ ?= | [∫∑√∂∞≤≥]
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]")


def categories(prompts: Sequence[str]) -> frozenset[str]:
    """Ids of the categories that a thread of prompts falls in."""
    prose = [Prose.of(prompt) for prompt in prompts]
    found = {
        "coding": any(map(_is_coding, prose)),
        "math": any(map(_is_math, prose)),
        "long": any(len(prompt.encode()) > LONG * _BYTES_A_TOKEN for prompt in prompts),
        "multi-turn": len(prompts) > 1,
        "non-latin": _is_non_latin("".join(each.text for each in prose)),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _is_coding(prose: Prose) -> bool:
    return bool(
        prose.code_blocks or _CODE_WORDS.search(prose.text) or _CODE_SHAPES.search(prose.text)
    )


def _is_math(prose: Prose) -> bool:
    return bool(_MATH_WORDS.search(prose.text) or _MATH_SHAPES.search(prose.text))


def _is_non_latin(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return letters > 1 and len(_LATIN.findall(text)) * 2 < letters
