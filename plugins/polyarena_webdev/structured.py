"""Answers handed in as JSON, by a schema where the model is held to one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polyarena.answers import safe_name

from .sources import language_of_file

CAPABILITY = "json_schema"
"""What a model must be capable of to be asked for JSON."""

FORMAT: Mapping[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "app",
        "strict": True,
        "schema": {
            "type": "object",
            "additionalProperties": False,
            "required": ["explanation", "files"],
            "properties": {
                "explanation": {"type": "string"},
                "files": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["path", "content"],
                        "properties": {
                            "path": {"type": "string"},
                            "content": {"type": "string"},
                        },
                    },
                },
            },
        },
    },
}
"""The parameter `response_format` of a request."""

_NAMES = ("path", "name", "filename", "file", "file_path", "filePath")
_TEXTS = ("content", "contents", "code", "text", "source")
_WORDS = ("explanation", "description", "summary", "message", "commentary")


@dataclass(frozen=True, slots=True)
class Handed:
    """Files by name, and what the model says of them."""

    files: dict[str, str]
    words: str


def handed_in(text: str) -> Handed | None:
    """What a text of JSON hands in, or None if it is none or hands in nothing."""
    try:
        said = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if isinstance(said, dict) and isinstance(said.get("files"), (list, dict)):
        files = _files(said["files"])
    else:
        files = _files(said)
    if not files:
        return None
    words = [said[key] for key in _WORDS if isinstance(said, dict) and key in said]
    return Handed(files, next((each for each in words if isinstance(each, str)), ""))


def _files(given: object) -> dict[str, str]:
    if isinstance(given, list):
        pairs = [(_first(each, _NAMES), _first(each, _TEXTS)) for each in given]
    elif isinstance(given, dict):
        pairs = [
            (name, text if isinstance(text, str) else _first(text, _TEXTS))
            for name, text in given.items()
        ]
    else:
        return {}
    named = {safe_name(name): text for name, text in pairs if name and text is not None}
    return {name: text for name, text in named.items() if language_of_file(name)}


def _first(given: object, keys: tuple[str, ...]) -> str | None:
    if not isinstance(given, dict):
        return None
    return next((given[key] for key in keys if isinstance(given.get(key), str)), None)
