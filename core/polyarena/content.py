"""What flows through a battle: parts, messages, prompts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

ROLE = Literal["system", "user", "assistant"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(_Part):
    """Markdown text."""

    type: Literal["text"] = "text"
    text: str


class Code(_Part):
    """Source code, shown highlighted; `language` as a fence would name it."""

    type: Literal["code"] = "code"
    text: str
    language: str = ""
    filename: str = ""


class Table(_Part):
    """Rows of cells under a header; every row as long as the header."""

    type: Literal["table"] = "table"
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


class Custom(_Part):
    """A part of a plugin's own: `kind` names it, `data` is JSON, its arena renders it."""

    type: Literal["custom"] = "custom"
    kind: str
    data: dict[str, Any] = Field(default_factory=dict)


Part = Annotated[Text | Code | Table | Custom, Field(discriminator="type")]


class Message(BaseModel):
    """One message of a thread."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: ROLE
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The message's text parts, joined by blank lines."""
        return "\n\n".join(part.text for part in self.parts if isinstance(part, Text))


class Prompt(BaseModel):
    """What a person asks, the same for both sides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: tuple[Part, ...]

    @classmethod
    def of(cls, text: str) -> Prompt:
        """A prompt of one text part."""
        return cls(parts=(Text(text=text),))

    @property
    def text(self) -> str:
        """The prompt's text parts, joined by blank lines."""
        return "\n\n".join(part.text for part in self.parts if isinstance(part, Text))

    @property
    def kinds(self) -> frozenset[str]:
        """The types of its parts."""
        return frozenset(part.type for part in self.parts)
