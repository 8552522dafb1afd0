"""What flows through a battle: parts, messages, prompts."""

from __future__ import annotations

from operator import not_
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

ARTIFACT = r"^[0-9a-f]{64}$"
BUNDLE = r"^([0-9a-f]{64})?$"
SERVER = r"^[a-z0-9-]{0,40}$"
ROLE = Literal["system", "user", "assistant"]
Device = Literal["phone", "tablet", "desktop"]


class _Part(BaseModel):
    """What parts have in common: a part of an answer that is `withheld` waits for the reveal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    withheld: bool = Field(default=False, exclude_if=not_)


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


class Input(_Part):
    """A further input of a prompt, by the id of one of the manifest's `fields`."""

    type: Literal["input"] = "input"
    name: str
    text: str


class _Stored(_Part):
    artifact: str = Field(pattern=ARTIFACT)
    filename: str = ""

    @property
    def url(self) -> str:
        """Where its bytes are served, for a page of this site."""
        name = self.filename.rsplit("/", 1)[-1] or "file"
        return f"/artifacts/{self.artifact}/{quote(name, safe='')}"


class File(_Stored):
    """A stored file; `artifact` is the SHA-256 of its bytes, `size` their number."""

    type: Literal["file"] = "file"
    filename: str
    size: int = Field(ge=0)


class Fitted(_Part):
    """A stored picture that models are given in place of another; see `Image.fitted`.

    `frame` says that it is one frame of a picture that moves.
    """

    artifact: str = Field(pattern=ARTIFACT)
    media_type: Literal["image/png", "image/jpeg", "image/webp"]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    frame: bool = False


class Image(_Stored):
    """A stored picture, `width` by `height` pixels.

    `fitted` are given to both models of a battle in its place, where one of them does not take it
    as it is: it is too large, of another type, or moves; in the last case they are its frames.
    `blind` is given to voters in its place until the reveal; see `Tools.rendition`.
    """

    type: Literal["image"] = "image"
    media_type: Literal["image/png", "image/jpeg", "image/webp", "image/gif"]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    alt: str = ""
    fitted: tuple[Fitted, ...] = ()
    blind: Image | None = Field(default=None, exclude_if=not_)

    @property
    def given(self) -> tuple[Image, ...]:
        """What models are given: itself, or what was made of it."""
        if not self.fitted:
            return (self,)
        names = {"filename": self.filename, "alt": self.alt}
        return tuple(Image(**one.model_dump(exclude={"frame"}), **names) for one in self.fitted)


class Audio(_Stored):
    """A stored sound, `seconds` long, and the `text` that is spoken in it, where known.

    Its bytes are kept as they came, with whatever they say of their maker: an arena writes them
    anew before it keeps them.
    """

    type: Literal["audio"] = "audio"
    filename: str
    size: int = Field(ge=0)
    seconds: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    text: str = ""


class ExecutionStep(_Part):
    """One start of a program, as `polyarena.sandbox.StepResult` has it, its output as text.

    `expected` is the output that a test wanted; `passed` is None where nothing was wanted.
    """

    name: str
    outcome: str
    exit_code: int | None = None
    signal: str = ""
    stdout: str = ""
    stderr: str = ""
    stdout_cut: bool = False
    stderr_cut: bool = False
    seconds: float
    cpu_seconds: float
    memory: int
    stdin: str = ""
    expected: str | None = None
    passed: bool | None = None


class Execution(_Part):
    """What a program did when it was run; `environment` names the image that ran it.

    `omitted` says in words which of its files did not come back. `own` marks a run that the
    voter asked for with another input or changed code.
    """

    type: Literal["execution"] = "execution"
    language: str
    outcome: str
    steps: tuple[ExecutionStep, ...]
    files: tuple[Image | File, ...] = ()
    omitted: tuple[str, ...] = ()
    environment: str = ""
    own: bool = False


class Shot(_Part):
    """A picture of an app on a screen of a device's size."""

    device: Device
    image: Image


class ConsoleLine(_Part):
    """What an app wrote in its browser's console."""

    text: str
    level: Literal["log", "info", "warning", "error"] = "log"


class App(_Part):
    """An app, built and looked at; `kind` says how it is made ("html", "react").

    `bundle` is what `Tools.keep_bundle` answered, empty where nothing could be built; `entry` the
    file of it that is opened, `files` and `bytes` how much it holds. An app with a server names
    the sandbox's kind of it as `server`; its bundle holds its sources, of which `entry` is
    started. `problems` are sentences for the voter. `figures` are shown where their names are
    known: `build_seconds`, `start_seconds`, `first_paint_ms`, `accessibility` (findings),
    `clicked` (controls that were tried). `libraries` are those it uses, `missing` those it asked
    for in vain.
    """

    type: Literal["app"] = "app"
    kind: str
    bundle: str = Field(default="", pattern=BUNDLE)
    entry: str = "index.html"
    server: str = Field(default="", pattern=SERVER)
    files: int = Field(default=0, ge=0)
    bytes: int = Field(default=0, ge=0)
    shots: tuple[Shot, ...] = ()
    problems: tuple[str, ...] = ()
    console: tuple[ConsoleLine, ...] = ()
    figures: dict[str, float] = Field(default_factory=dict)
    libraries: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Custom(_Part):
    """A part of a plugin's own: `kind` names it, `data` is JSON, its arena renders it."""

    type: Literal["custom"] = "custom"
    kind: str
    data: dict[str, Any] = Field(default_factory=dict)


Part = Annotated[
    Text | Code | Table | Input | File | Image | Audio | Execution | App | Custom,
    Field(discriminator="type"),
]


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
