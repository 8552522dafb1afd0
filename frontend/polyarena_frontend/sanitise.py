"""The one allow-list through which all HTML made from untrusted text must pass."""

from __future__ import annotations

from typing import Final

import nh3
from pygments.token import STANDARD_TYPES

_TEXT_TAGS: Final = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "figcaption",
        "figure",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
MATH_TAGS: Final = frozenset(
    [
        "math",
        "menclose",
        "merror",
        "mfrac",
        "mi",
        "mmultiscripts",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
        "none",
    ]
)
MATH_ATTRIBUTES: Final = frozenset(
    [
        "accent",
        "accentunder",
        "columnalign",
        "columnspacing",
        "depth",
        "displaystyle",
        "fence",
        "form",
        "height",
        "largeop",
        "linebreak",
        "linethickness",
        "lspace",
        "mathcolor",
        "mathsize",
        "mathvariant",
        "maxsize",
        "minsize",
        "movablelimits",
        "notation",
        "rowspacing",
        "rspace",
        "scriptlevel",
        "separator",
        "stretchy",
        "symmetric",
        "voffset",
        "width",
    ]
)
URL_SCHEMES: Final = frozenset({"http", "https", "mailto"})

_CLEANER: Final = nh3.Cleaner(
    tags=_TEXT_TAGS | MATH_TAGS,
    clean_content_tags={"script", "style"},
    attributes={
        "a": {"href", "title"},
        "figure": {"data-lang"},
        "ol": {"start"},
        "math": {"alttext", "display"},
        **dict.fromkeys(MATH_TAGS - {"math"}, MATH_ATTRIBUTES),
    },
    tag_attribute_values={"div": {"tabindex": {"0"}}, "pre": {"tabindex": {"0"}}},
    set_tag_attribute_values={"a": {"target": "_blank"}},
    allowed_classes={
        "a": {"picture"},
        "code": {"math-source"},
        "div": {"table-scroll"},
        "figure": {"code"},
        "pre": {"plain"},
        "span": {"picture", *(name for name in STANDARD_TYPES.values() if name)},
        "td": {"align-left", "align-center", "align-right"},
        "th": {"align-left", "align-center", "align-right"},
    },
    link_rel="noopener noreferrer nofollow",
    url_schemes=URL_SCHEMES,
    url_relative="deny",
)


def sanitise(html: str) -> str:
    """`html` reduced to the elements, attributes, classes and link schemes an answer may have.

    The result is balanced, loads nothing, runs nothing and carries no inline style.
    """
    return _CLEANER.clean(html)
