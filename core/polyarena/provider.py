"""How a model is reached: a provider turns a request into a stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from .content import File, Image, Message, Part, Prompt
from .errors import NotFound
from .model import Model

Load = Callable[[Image | File], Awaitable[bytes]]


async def nothing_stored(part: Image | File) -> bytes:
    """Loads no file at all: what a request has until somebody asks it of a model.

    Raises:
        NotFound: always.
    """
    raise NotFound(f"The file {part.filename or part.artifact} is not at hand.")


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What one side is asked: the thread so far, system prompt and parameters included.

    `load` has the bytes of a picture or file in it, and raises `NotFound` where they were deleted;
    the core sets it when a model is asked. Pictures are then such as the model takes.
    """

    messages: tuple[Message, ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    load: Load = field(default=nothing_stored, repr=False, compare=False, kw_only=True)

    @property
    def prompt_text(self) -> str:
        """The text of the last user message."""
        for message in reversed(self.messages):
            if message.role == "user":
                return message.text
        return ""


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of text to append to the answer; an empty one says that the model is at work."""

    text: str


@dataclass(frozen=True, slots=True)
class PartReady:
    """A whole part to append to the answer: code, a table, a part of a plugin's own."""

    part: Part


@dataclass(frozen=True, slots=True)
class PictureReady:
    """A picture that the model made: its bytes, or the public address where it lies.

    It is stored anew and without metadata, and reaches the arena as `PartReady` of an `Image`. The
    side fails where it is no picture, cannot be had, or a plugin objects to it.
    """

    data: bytes = field(default=b"", repr=False)
    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FileReady:
    """A file that the model made: its bytes, and its name with an ending that says what it is.

    It is stored as it is, and reaches the arena as `PartReady` of a `File`, or of an `Image` where
    it is a picture that can be read. The side fails where there are no bytes, or too many.
    """

    data: bytes = field(repr=False)
    filename: str


@dataclass(frozen=True, slots=True)
class Status:
    """A word on what is being done ("queued", "compiling"), shown until the next event.

    It is shown before the vote and so must not name the model.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a stream; a stream that ends without one has failed.

    `reason` is `stop`, `length`, or `refused` where the model or its server's moderation declined;
    token counts are the provider's own, if given.
    """

    reason: str = "stop"
    tokens_in: int | None = None
    tokens_out: int | None = None


Event = Delta | PartReady | PictureReady | FileReady | Status | Finish


class Provider(ABC):
    """How models are reached. One instance serves every model that names it."""

    name: ClassVar[str]

    @abstractmethod
    def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        """Stream an answer; ends with `Finish`.

        Closing the generator must close the connection to the model at once.

        Raises:
            ProviderError: the model could not answer; with the kind of failure.
        """

    def check(self, model: Model) -> str | None:
        """What is wrong with the model's configuration, or None."""
        return None

    def supports(self, model: Model, prompt: Prompt) -> bool:
        """Whether the model can be asked this prompt; asked before a pair is drawn."""
        return True

    def models(self) -> Sequence[Model]:
        """Models that this provider brings by itself."""
        return ()

    async def discover(self, url: str, key_env: str | None = None) -> Sequence[Model]:
        """Models that a server offers at `url`; empty if this provider cannot ask.

        Raises:
            ProviderError: the server could not be asked.
        """
        return ()

    async def close(self) -> None:
        """Let go of connections; called once, when the server stops."""
        return
