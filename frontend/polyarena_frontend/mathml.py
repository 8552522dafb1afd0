"""LaTeX formulas as MathML."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from typing import Final
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter

from polyarena_frontend.plaintext import clean_text
from polyarena_frontend.sanitise import MATH_ATTRIBUTES

MAX_FORMULA: Final = 4_000

# Definitions that use each other grow exponentially.
_DEFINITION: Final = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|def|(?:re)?newenvironment|DeclareMathOperator)"
    r"(?![A-Za-z])"
)
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_SIZED: Final = MATH_ATTRIBUTES & frozenset(
    [
        "columnspacing",
        "depth",
        "height",
        "linethickness",
        "lspace",
        "mathsize",
        "maxsize",
        "minsize",
        "rowspacing",
        "rspace",
        "voffset",
        "width",
    ]
)
_SIZE: Final = re.compile(
    r"[+-]?\d{0,2}(?:\.\d{1,4})?(?:em|ex|px|pt|mu|width|height|depth|%)?|[a-z]+mathspace"
)


def math_source(latex: str) -> str:
    """The formula as it was written, for when it is not typeset."""
    return f'<code class="math-source">{escape(latex, quote=False)}</code>'


@lru_cache(maxsize=256)
def math_html(latex: str, display: bool) -> str:
    """`latex` as a `<math>` element, or its source in `<code>` if it cannot be parsed.

    A formula of more than `MAX_FORMULA` characters, or one that defines commands, counts as
    unparsable. Lengths with which a formula could reach far out of its place are dropped.
    """
    if len(latex) > MAX_FORMULA or _DEFINITION.search(latex) or not _balanced(latex):
        return math_source(latex)
    converter = Converter(xmlns="", display="block" if display else "inline")
    try:
        return _serialise(converter.convert_to_element(latex), latex)
    except Exception:  # the converter raises whatever its tables raise
        return math_source(latex)


def _balanced(latex: str) -> bool:
    depth = 0
    for match in _BRACE.finditer(latex):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return False
    return depth == 0


def _serialise(root: Element, latex: str) -> str:
    for element in root.iter():
        element.text = unescape(element.text) if element.text else None
        for name, value in list(element.attrib.items()):
            if name in _SIZED and not _SIZE.fullmatch(value):
                del element.attrib[name]
    del root.attrib["xmlns"]
    root.set("alttext", latex)
    return clean_text(tostring(root, encoding="unicode", short_empty_elements=False))
