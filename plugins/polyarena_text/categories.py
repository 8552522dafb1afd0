"""Which kinds of prompt can be told apart by looking at them.

Each detector would rather miss than be wrong: a category's leaderboard with strangers in it says
less than a smaller one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyarena import Category, Prose

from . import demands
from .languages import LANGUAGES, SURE, language
from .occupations import CATEGORIES as OCCUPATIONS
from .occupations import occupations

CATEGORIES = (
    Category("coding", "Coding"),
    Category("math", "Maths"),
    Category("creative", "Creative writing"),
    Category("instructions", "Instruction following"),
    Category("hard", "Hard prompts"),
    Category("long", "Longer prompts"),
    Category("multi-turn", "Multi-turn"),
    Category("non-latin", "Non-Latin scripts"),
    *LANGUAGES.values(),
    *OCCUPATIONS,
)
# To be raised whenever the same prompt may come to other categories than before.
VERSION = "text-3"

LONG = 500
_BYTES_A_TOKEN = 4
_SHOWN = 40

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


def classify(prompts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The categories that a thread of prompts falls in, each with the words that decided."""
    prose = [Prose.of(prompt) for prompt in prompts]
    text = "\n\n".join(each.text for each in prose)
    coding, maths = _coding(prose), _maths(prose)
    found = {
        "coding": coding,
        "math": maths,
        "creative": demands.creative(text),
        "instructions": demands.rules(text),
        "long": _long(prompts),
        "multi-turn": (f"{len(prompts)} turns",) if len(prompts) > 1 else (),
        "non-latin": ("letters of another script",) if _is_non_latin(text) else (),
        **_language(text),
    }
    hints = {"software": coding, "mathematical": maths}
    jobs = occupations(text, {group: one[0] for group, one in hints.items() if one})
    found["hard"] = demands.hard(text, bool(coding or maths), len(jobs))
    return {name: reasons for name, reasons in (found | jobs).items() if reasons}


def _coding(prose: Sequence[Prose]) -> tuple[str, ...]:
    blocks = ("a block of code",) if any(each.code_blocks for each in prose) else ()
    return (*blocks, *_matches(prose, _CODE_WORDS, _CODE_SHAPES))


def _maths(prose: Sequence[Prose]) -> tuple[str, ...]:
    return _matches(prose, _MATH_WORDS, _MATH_SHAPES)


def _matches(prose: Sequence[Prose], *patterns: re.Pattern[str]) -> tuple[str, ...]:
    """The first match of each pattern, shortened."""
    for each in prose:
        found = [match[0].strip()[:_SHOWN] for one in patterns if (match := one.search(each.text))]
        if found:
            return tuple(found)
    return ()


def _long(prompts: Sequence[str]) -> tuple[str, ...]:
    most = max((len(prompt.encode()) // _BYTES_A_TOKEN for prompt in prompts), default=0)
    return (f"about {most} tokens",) if most > LONG else ()


def _language(text: str) -> dict[str, tuple[str, ...]]:
    told = language(text)
    if told is None or told[1] < SURE or told[0] not in LANGUAGES:
        return {}
    return {LANGUAGES[told[0]].id: (f"{100 * told[1]:.0f} % sure",)}


def _is_non_latin(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return letters > 1 and len(_LATIN.findall(text)) * 2 < letters
