"""Rendering the pages: one Jinja environment, strict about what a template asks for."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .forest import Axis
from .messages import catalogue

PACKAGE: Final = Path(str(files(__package__)))
MANIFEST: Final = PACKAGE / "static" / "manifest.json"
PREFIX: Final = "/static/"


class NotBuilt(RuntimeError):
    """The scripts and styles are not there; the message says how to make them."""


def asset(name: str) -> str:
    """The address of a built file, such as `app.css`.

    Raises:
        NotBuilt: nothing is built, or the build knows no such file.
    """
    try:
        return PREFIX + _manifest(MANIFEST)[name]
    except KeyError:
        raise NotBuilt(f"The frontend has no file {name}; run `make frontend` again.") from None


def render(name: str, **context: object) -> str:
    """A page, or a part of one whose name begins with an underscore, as HTML.

    Raises:
        NotBuilt: the frontend is not built.
        jinja2.UndefinedError: the template wants something the context lacks.
    """
    return environment().get_template(name).render(context)


def warm() -> None:
    """Compile every template, so that the first visitor does not wait for it.

    Raises:
        NotBuilt: the frontend is not built.
    """
    _manifest(MANIFEST)
    for name in environment().list_templates():
        environment().get_template(name)


@cache
def environment() -> Environment:
    """The one environment, made on first use."""
    made = Environment(
        loader=FileSystemLoader(PACKAGE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    words = catalogue()
    made.globals.update(
        asset=asset,
        t=words.text,
        client_messages=words.client,
        language=words.language,
        axis=Axis.around,
    )
    return made


@cache
def _manifest(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotBuilt("The frontend is not built; run `make frontend`.") from None
    return found
