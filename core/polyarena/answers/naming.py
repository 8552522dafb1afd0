"""What a block's file is called: in its fence, on the line above it, or in its first line."""

from __future__ import annotations

import re
from collections.abc import Callable

from .fences import Block

NAME_LIMIT = 120

_NAME = r"(?:[\w+@-][\w.+@-]{0,60}/){0,6}[\w+@-][\w.+@-]{0,60}\.[A-Za-z][A-Za-z0-9]{0,9}"
_FILE = re.compile(rf"\.?/?({_NAME})")
_KEY = re.compile(rf"\b(?:title|file_?name|file|name|path)\s?[=:]\s?[\"']?\.?/?({_NAME})")
_LABEL = re.compile(
    rf"[\s>#*+-]{{0,12}}(?:\d{{1,2}}[.)]\s{{1,3}})?[*_`(\[\"']{{0,6}}"
    rf"(?:(?:file|file ?name|save as)\b[*_`:\s]{{0,8}})?[*_`\"'(\[]{{0,6}}"
    rf"\.?/?({_NAME})[*_`\"')\]]{{0,6}}\s{{0,3}}(?::|[-–—(].{{0,120}})?[*_`]{{0,4}}\s{{0,3}}$",
    re.IGNORECASE,
)
_QUOTED = re.compile(rf"[`*\"']\.?/?({_NAME})[`*\"']")
_COMMENT = re.compile(
    rf"\s{{0,20}}(?:#|//|--|/\*+|<!--|%|;)\s{{0,4}}"
    rf"(?:(?:file|file ?name|path)\b\s?:?\s{{0,4}})?[`\"']?\.?/?({_NAME})[`\"']?\s{{0,4}}"
    rf"(?:\s[-–—:]\s.{{0,120}})?(?:\*/|-->)?\s{{0,4}}$",
    re.IGNORECASE,
)
_FRAMEWORKS = "asp.net node.js vue.js next.js nuxt.js three.js d3.js express.js react.js vb.net"
_NO_FILES = frozenset(_FRAMEWORKS.split())
_UNSAFE = re.compile(r"[^\w.+@/-]")
_WORDS_READ = 300


def name_of(block: Block, is_own: Callable[[str], bool]) -> str:
    """The name that an answer gives a block's file, relative and safe; empty if it gives none.

    A name in the midst of a sentence counts only where `is_own` says that a file of that name may
    hold what the block does.
    """
    first = block.text.split("\n", 1)[0][:_WORDS_READ]
    before = block.before[:_WORDS_READ]
    for found in (_in_info(block.info), _COMMENT.match(first), _LABEL.match(before)):
        if found and found[1].lower() not in _NO_FILES:
            return safe_name(found[1])
    quoted = [name for name in _QUOTED.findall(before) if is_own(name)]
    return safe_name(quoted[0]) if len(quoted) == 1 else ""


def safe_name(name: str) -> str:
    """A name as a relative path without `..`, or an empty string where nothing is left of it."""
    parts = [_UNSAFE.sub("_", part).lstrip(".") for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part)[:NAME_LIMIT]


def _in_info(info: str) -> re.Match[str] | None:
    if found := _KEY.search(info):
        return found
    for word in info.split()[:4]:
        bare = word.strip("{}(),\"'")
        if found := _FILE.fullmatch(bare) or _FILE.fullmatch(bare.partition(":")[2]):
            return found
    return None
