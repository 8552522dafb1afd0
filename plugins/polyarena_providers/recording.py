"""Recorded answers: what models once answered to which prompts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from polyarena import ConfigError

from .endpoint import explain


class Timing(BaseModel):
    """Seconds until the first token, and tokens a second after it."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    first_token: float | None = Field(default=None, ge=0)
    rate: float | None = Field(default=None, gt=0)


class _Row(BaseModel):
    model: str = Field(min_length=1)
    prompt: str
    answer: str
    timing: Timing = Timing()
    organization: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One answer."""

    answer: str
    timing: Timing


@dataclass
class Contestant:
    """Everything that was recorded of one model; `digest` changes with any of its answers."""

    name: str
    organization: str = ""
    license: str = ""
    answers: dict[str, Recorded] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Sixteen hex digits of the SHA-256 of prompts and answers."""
        pairs = sorted((prompt, each.answer) for prompt, each in self.answers.items())
        return hashlib.sha256(orjson.dumps(pairs)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Recording:
    """Contestants by name."""

    contestants: Mapping[str, Contestant]

    @classmethod
    def load(cls, file: Path, prompts: Path | None = None) -> Self:
        """Read answers from JSON lines.

        A row is ``{"model", "prompt", "answer"}``, or with a file of prompts
        ``{"id", "text"}``, also ``{"name", "prompt": ID, "result"}``. Rows with an empty
        answer are left out; of two for one prompt the first counts.

        Raises:
            ConfigError: a file cannot be read or a row is wrong; the message names the line.
        """
        texts = _prompts(prompts) if prompts else None
        found: dict[str, Contestant] = {}
        for where, raw in _rows(file):
            row = _row(where, raw, texts)
            each = found.setdefault(row.model, Contestant(row.model))
            each.organization = each.organization or row.organization
            each.license = each.license or row.license
            if row.answer.strip():
                recorded = Recorded(row.answer.strip(), row.timing)
                each.answers.setdefault(normal(row.prompt), recorded)
        return cls({name: each for name, each in found.items() if each.answers})


def normal(prompt: str) -> str:
    """A prompt with every run of white space made one space."""
    return " ".join(prompt.split())


def _row(where: str, raw: dict[str, Any], texts: Mapping[Any, str] | None) -> _Row:
    if texts is not None:
        raw = _llmfao(raw)
        key = raw.get("prompt")
        if not isinstance(key, int | str) or key not in texts:
            raise ConfigError(f"{where}: no prompt has the id {key!r}")
        raw = {**raw, "prompt": texts[key]}
    try:
        return _Row.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(f"{where}: {explain(error, '')}") from None


def _llmfao(raw: dict[str, Any]) -> dict[str, Any]:
    """The row with this module's names; there `model` is a number and `name` the name."""
    renamed = {"name": "model", "result": "answer", "org": "organization"}
    row = raw | {new: raw[old] for old, new in renamed.items() if old in raw}
    rate = raw.get("rate")
    if "timing" not in row and isinstance(rate, int | float) and rate > 0:
        row["timing"] = {"rate": rate}
    return row


def _prompts(file: Path) -> Mapping[Any, str]:
    texts: dict[Any, str] = {}
    for where, raw in _rows(file):
        key, text = raw.get("id"), raw.get("text")
        if not isinstance(key, int | str) or not isinstance(text, str):
            raise ConfigError(f"{where}: a prompt needs an id and a text")
        texts[key] = text
    return texts


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, start=1):
        where = f"{file}, line {number}"
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise ConfigError(f"{where}: not valid JSON: {error}") from None
        if not isinstance(row, dict):
            raise ConfigError(f"{where}: must be a JSON object")
        yield where, row
