"""The interface's text, read from a catalogue in `messages/`, one TOML file a language."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGE: Final = "en"
CLIENT: Final = "client."


class Catalogue:
    """Messages by dotted key.

    A message is a `str.format` text, or has the forms `one` and `other`, chosen by the argument
    `count`.
    """

    def __init__(self, language: str, tree: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = dict(_flatten(tree))

    @classmethod
    def load(cls, language: str = LANGUAGE) -> Catalogue:
        """The catalogue of a language the package has."""
        source = files(__package__) / "messages" / f"{language}.toml"
        return cls(language, tomllib.loads(source.read_text(encoding="utf-8")))

    @property
    def keys(self) -> frozenset[str]:
        """Every key; a message with two forms counts once."""
        return frozenset(key.removesuffix(".one").removesuffix(".other") for key in self._texts)

    def text(self, key: str, **args: object) -> str:
        """The message of a key.

        Raises:
            KeyError: the catalogue has no such key, or the message wants another argument.
        """
        if key not in self._texts:
            key = f"{key}.{'one' if args.get('count') == 1 else 'other'}"
        return self._texts[key].format(**args)

    def client(self) -> str:
        """The messages the custom elements use, as a JSON object."""
        return json.dumps(
            {k.removeprefix(CLIENT): v for k, v in self._texts.items() if k.startswith(CLIENT)},
            ensure_ascii=False,
        )


@cache
def catalogue(language: str = LANGUAGE) -> Catalogue:
    """A language's catalogue, read once."""
    return Catalogue.load(language)


def _flatten(tree: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, str):
            found.append((prefix + key, value))
        else:
            found += _flatten(value, f"{prefix}{key}.")
    return found
