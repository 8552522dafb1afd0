"""An arena: what a plugin brings, a manifest and an object."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from .ballot import Choice
from .content import Code, File, Image, Message, Part, Prompt, Text
from .errors import BadRequest
from .manifest import (
    ArenaManifest,
    Assets,
    Category,
    Column,
    Mode,
    Need,
    PromptField,
    Starter,
    StarterPicture,
    Uploads,
)
from .model import Model
from .provider import Event, ModelRequest

if TYPE_CHECKING:
    from .sandbox import Sandbox
    from .side import Answer

__all__ = [
    "Action",
    "ActionForm",
    "Arena",
    "ArenaManifest",
    "Ask",
    "Assets",
    "Category",
    "Column",
    "FinishedBattle",
    "Mode",
    "Need",
    "PromptField",
    "Run",
    "Scalar",
    "Starter",
    "StarterPicture",
    "Tools",
    "Turn",
    "Uploads",
    "View",
]

Scalar = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as an arena sees it: the thread before it, and its prompt."""

    arena: str
    history: tuple[Message, ...]
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class FinishedBattle:
    """A battle as `categories` sees it: prompts, and the answers of both sides, turn by turn."""

    arena: str
    prompts: tuple[Prompt, ...]
    answers: tuple[tuple[Answer, Answer], ...]
    choice: Choice | None = None

    @property
    def text(self) -> str:
        """The prompts' text, joined by blank lines."""
        return "\n\n".join(prompt.text for prompt in self.prompts)


@dataclass(frozen=True, slots=True)
class ActionForm:
    """A form under an answer, with which a voter asks for the action `name`; see `Arena.act`.

    `values` are what its fields hold at first, by id.
    """

    name: str
    title: str
    submit: str
    fields: tuple[PromptField, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a voter does with one side's answer: `name` and the form's `values`."""

    name: str
    values: Mapping[str, str]
    side: str
    turn: Turn
    parts: tuple[Part, ...]


class Ask(Protocol):
    """Asks a model of the roster, by name, something beside any battle."""

    async def __call__(self, name: str, request: ModelRequest) -> str:
        """The whole answer.

        Raises:
            UnknownModel: the roster has no model of this name.
            ProviderError: it did not answer, or not within the limits.
        """
        ...


class Tools(Protocol):
    """What the core hands an arena to work with.

    `owner` stands for the person behind the battle, for fair queues; it says nothing of them.
    """

    @property
    def owner(self) -> str: ...

    @property
    def sandbox(self) -> Sandbox:
        """The sandbox.

        Raises:
            SandboxUnavailable: none is installed.
        """
        ...

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Store bytes; a picture that can be read becomes an `Image`, anything else a `File`.

        A picture is stored anew, as PNG, JPEG or WebP and without metadata; `filename` gets the
        ending of what it is now.

        Raises:
            StorageError: it could not be stored.
            BadRequest: it is larger than `limits.artifact_bytes`.
            PictureRefused: a plugin objected to the picture.
        """
        ...

    async def fetch(self, url: str) -> Image:
        """Store the picture at an http or https address, which must be a public one.

        Raises:
            PictureRefused: it cannot be had, is no picture, or a plugin objected to it.
            StorageError: it could not be stored.
        """
        ...

    async def keep_bundle(self, files: Mapping[str, bytes]) -> str:
        """Store a built app's files by path; the answer is `App.bundle`.

        Raises:
            StorageError: they could not be stored.
            BadRequest: they are more than `limits.bundle_files` or larger than
                `limits.bundle_bytes`, or a path has an empty step, `..` or a sign like `?`.
        """
        ...

    async def load(self, part: Image | File) -> bytes:
        """The bytes of a stored part.

        Raises:
            NotFound: it was deleted.
        """
        ...

    async def rendition(self, picture: Image, width: int, height: int) -> Image:
        """Store a picture once more, as a JPEG of this size in pixels: for `Image.blind`.

        It is scaled to fit; what it does not fill, and where it is clear, is white. Of one that
        moves it is the first frame. Where a side is longer than `images.side`, the size is
        smaller in both directions.

        Raises:
            NotFound: it was deleted.
            PictureRefused: it cannot be read any more, or the JPEG would be larger than
                `limits.artifact_bytes`.
            StorageError: it could not be stored.
        """
        ...


class Run(Tools, Protocol):
    """What `Arena.respond` may use while one side answers."""

    model: Model

    def stream(self, request: ModelRequest) -> AsyncGenerator[Event]:
        """Stream this side's model."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """How a part is being shown: on a live page, in history, or in a shared page.

    `revealed` says that the models may be known; `prompt` is what the part answers. `parts` are
    all parts of the answer, once it is `final`.
    """

    arena: str
    side: str = "a"
    final: bool = True
    revealed: bool = False
    prompt: Prompt | None = None
    parts: tuple[Part, ...] = ()


class Arena:
    """Base of every arena. A subclass sets `manifest` and overrides what differs."""

    manifest: ArenaManifest

    def supports(self, model: Model, prompt: Prompt) -> bool:
        """Whether a model can answer a prompt; asked before a pair is drawn."""
        kinds = prompt.kinds - {"text", "input"}
        pictures = sum(isinstance(part, Image) for part in prompt.parts)
        able = self.manifest.capability in model.capabilities and kinds <= model.capabilities
        return able and pictures <= model.pictures.count

    def validate(self, prompt: Prompt) -> str | None:
        """What is wrong with a prompt, beyond the manifest's limits, or None."""
        return None

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        """Make of a turn what the model is asked; the same for both sides but for the model."""
        system = (Message(role="system", parts=(Text(text=model.system),)),) if model.system else ()
        asked = Message(role="user", parts=turn.prompt.parts)
        return ModelRequest((*system, *turn.history, asked), model.parameters)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """Answer a request; by default the model's own stream."""
        async for event in run.stream(request):
            yield event

    def render(self, part: Part, view: View) -> Markup | None:
        """HTML for a part, or None for the default renderer of its type."""
        return None

    def waiting(self, turn: Turn) -> Markup | None:
        """HTML in an answer's place until there is anything of it, or None."""
        return None

    def actions(self, turn: Turn, parts: Sequence[Part]) -> Sequence[ActionForm]:
        """What a voter may do with a turn's finished answer of these parts."""
        return ()

    def sources(self, parts: Sequence[Part]) -> Sequence[Code]:
        """The files that an answer hands in, by name; what a comparison of the sides shows."""
        return ()

    async def act(self, action: Action, tools: Tools) -> Sequence[Part]:
        """Do what a voter asked with one side's answer; the parts are shown and not stored.

        Raises:
            BadRequest: the arena has no such action, or it cannot be done as asked.
        """
        raise BadRequest(f"The {self.manifest.title} arena has no action {action.name!r}.")

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        """Ids of the manifest's categories that a finished battle falls in."""
        return frozenset()

    def explain(self, battle: FinishedBattle) -> Mapping[str, Sequence[str]]:
        """The ids that `categories` answers, each with what decided, such as words of a prompt."""
        return dict.fromkeys(sorted(self.categories(battle)), ())

    @property
    def judged_by(self) -> str:
        """The version of how `judge` decides; empty where no model is asked."""
        return ""

    async def judge(self, battle: FinishedBattle, ask: Ask) -> frozenset[str] | None:
        """What `categories` answers, decided with a model's help; None where that is of no use.

        Asked after the vote, in the background, and only where `judged_by` is not empty.
        """
        return None

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        """Per side, the measures that style control holds constant."""
        return {}

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        """Per side, what was found out about the answers; stored with the vote and released."""
        return {}
