"""Jinja that always escapes."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError
from jinja2.nodes import EvalContextModifier, Template


class EscapingEnvironment(Environment):
    """An environment without the ways to turn escaping off."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            **given,
        )
        del self.filters["safe"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(EvalContextModifier):
            message = "autoescape cannot be turned off"
            raise TemplateSyntaxError(message, node.lineno, name, filename)
        return tree
