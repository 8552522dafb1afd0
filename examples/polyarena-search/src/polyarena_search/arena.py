"""The search arena."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any

from markupsafe import Markup
from polyarena import (
    Answer,
    Arena,
    ArenaManifest,
    Ballot,
    Column,
    Custom,
    Delta,
    Event,
    Finish,
    FinishedBattle,
    Message,
    Model,
    ModelRequest,
    Part,
    PartReady,
    Reason,
    Run,
    Scalar,
    Starter,
    Status,
    Templates,
    Text,
    Turn,
    View,
)

from .citations import Cited, normalised

SOURCES = "search.sources"
TEMPLATES = Templates("polyarena_search")
INSTRUCTIONS = (
    "Look up what you need, and answer in a few sentences. Say for every statement where you have "
    "it from, with the address of the page."
)


class SearchArena(Arena):
    """Answers stand on sources; how a model writes its citations is made the same for both."""

    manifest = ArenaManifest(
        id="search",
        title="Search",
        summary="Two models look it up and say where they have it from.",
        icon="⌕",
        order=80,
        produces=frozenset({"text", "custom"}),
        capability="search",
        ballot=Ballot(
            reasons=(
                Reason("correct", "Correct"),
                Reason("supported", "The sources say so"),
                Reason("sources", "Better sources"),
            )
        ),
        columns=(
            Column("sources", "Sources", "mean", hint="In the last answer"),
            Column("founded", "Founded", "share", hint="Answers whose every citation has a source"),
        ),
        starters=(
            Starter("Tides", "Why are there two tides a day?"),
            Starter("Bread", "Why does bread rise?"),
        ),
        placeholder="A question to look up",
        prompt_limit=2000,
        together=True,
    )

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        """Instructions, the thread as text, the question."""
        system = Message(role="system", parts=(Text(text=INSTRUCTIONS),))
        asked = Message(role="user", parts=turn.prompt.parts)
        return ModelRequest((system, *map(_only_text, turn.history), asked), model.parameters)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """The whole answer at once, as only then its citations can be numbered."""
        said = ""
        yield Status("Looking it up")
        async for event in run.stream(request):
            if isinstance(event, Delta):
                said += event.text
                continue
            if isinstance(event, Finish) and said.strip():
                cited = normalised(said)
                yield PartReady(Text(text=cited.text))
                yield PartReady(Custom(kind=SOURCES, data=_plain(cited)))
            if not isinstance(event, PartReady):
                yield event

    def render(self, part: Part, view: View) -> Markup | None:
        """The list of sources; the text is left to Polyarena."""
        if isinstance(part, Custom) and part.kind == SOURCES:
            return TEMPLATES.render("sources.html", **part.data)
        return None

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        """How many sources each side has, and whether all of its citations have one."""
        left, right = (_sources(answer) for answer in battle.answers[-1])
        return {
            "sources": (len(left["sources"]), len(right["sources"])),
            "founded": (_founded(left), _founded(right)),
        }


def _plain(cited: Cited) -> dict[str, object]:
    sources = [{"title": s.title, "url": s.url, "host": s.host} for s in cited.sources]
    return {"sources": sources, "loose": cited.loose}


def _sources(answer: Answer) -> Mapping[str, Any]:
    parts = [
        part.data for part in answer.parts if isinstance(part, Custom) and part.kind == SOURCES
    ]
    return parts[-1] if parts else {"sources": [], "loose": 0}


def _founded(found: Mapping[str, Any]) -> bool:
    return bool(found["sources"]) and not found["loose"]


def _only_text(message: Message) -> Message:
    texts = tuple(part for part in message.parts if isinstance(part, Text))
    return Message(role=message.role, parts=texts)
