"""An arena: what a plugin brings, a manifest and an object."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup

from .ballot import Ballot, Choice
from .content import Message, Part, Prompt, Text
from .model import Model
from .provider import Event, ModelRequest

if TYPE_CHECKING:
    from .battle import Answer


class Mode(StrEnum):
    """How a battle is set up: blind, with chosen models, or with one model alone."""

    BATTLE = "battle"
    SIDE_BY_SIDE = "side-by-side"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Starter:
    """A prompt to begin with, offered on the arena's page."""

    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the arena's leaderboard."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Need:
    """Something the arena cannot do without; `missing()` says how to get it, or None."""

    title: str
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class ArenaManifest:
    """What the core must know of an arena before it is used.

    `id` is its place in every URL; `order` sorts the tabs; `accepts` the part types a prompt may
    hold; `capability` what a model must be capable of; `prompt_limit` is in characters.
    """

    id: str
    title: str
    summary: str
    icon: str = ""
    order: int = 100
    modes: tuple[Mode, ...] = tuple(Mode)
    accepts: frozenset[str] = frozenset({"text"})
    produces: frozenset[str] = frozenset({"text"})
    capability: str = "text"
    needs: tuple[Need, ...] = ()
    ballot: Ballot = field(default_factory=Ballot)
    categories: tuple[Category, ...] = ()
    starters: tuple[Starter, ...] = ()
    notice: str = ""
    placeholder: str = "Ask anything"
    prompt_limit: int = 100_000
    max_turns: int = 20

    @property
    def missing(self) -> tuple[str, ...]:
        """What the arena's needs lack, as sentences that say how to get it."""
        return tuple(need.missing for need in self.needs if need.missing)


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


class Run(Protocol):
    """What `Arena.respond` may use while one side answers."""

    model: Model

    def stream(self, request: ModelRequest) -> AsyncGenerator[Event]:
        """Stream this side's model."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """How a part is being shown: on a live page, in history, or in a shared page."""

    arena: str
    side: str = "a"
    final: bool = True


class Arena:
    """Base of every arena. A subclass sets `manifest` and overrides what differs."""

    manifest: ArenaManifest

    def supports(self, model: Model, prompt: Prompt) -> bool:
        """Whether a model can answer a prompt; asked before a pair is drawn."""
        kinds = prompt.kinds - {"text"}
        return self.manifest.capability in model.capabilities and kinds <= model.capabilities

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

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        """Ids of the manifest's categories that a finished battle falls in."""
        return frozenset()

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        """Per side, the measures that style control holds constant."""
        return {}
