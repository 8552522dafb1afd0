"""Templates of requests, and pointers into answers, as an operator writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

_HOLE = re.compile(r"\{([a-z]+)\}")


def holes(template: object) -> set[str]:
    """The names in braces that a template has, at any depth."""
    if isinstance(template, str):
        return set(_HOLE.findall(template))
    if isinstance(template, Mapping):
        return set().union(*map(holes, template.values()))
    if isinstance(template, list):
        return set().union(*map(holes, template))
    return set()


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """A template with its names replaced; a text that is one name becomes its value as it is.

    What is alone in its place and has no value is left out.
    """
    if isinstance(template, Mapping):
        made = {name: filled(value, values) for name, value in template.items()}
        return {name: value for name, value in made.items() if value is not None}
    if isinstance(template, list):
        return [value for each in template if (value := filled(each, values)) is not None]
    if not isinstance(template, str):
        return template
    if whole := _HOLE.fullmatch(template):
        return values.get(whole[1])
    return _HOLE.sub(lambda hole: str(values.get(hole[1], "")), template)


def filled_path(template: str, values: Mapping[str, Any]) -> str:
    """A path with its names replaced, each so that it stays one step of the path."""
    return _HOLE.sub(lambda hole: quote(str(values.get(hole[1], "")), safe=""), template)


def pointed(document: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) leads to, None where it leads nowhere."""
    found = document
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found
