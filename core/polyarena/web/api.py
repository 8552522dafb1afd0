"""The JSON API, over the same services as the pages."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Response
from pydantic import BaseModel, ConfigDict, Field

from ..arena import Mode
from ..content import ARTIFACT, Code, Custom, File, Input, Part, Prompt, Table, Text
from ..services.artifacts import named
from ..services.live import Entry, LiveBattle
from ..side import Side
from .board_api import model_fields
from .context import HeldBattle, ServicesDep, Visitor
from .present import note
from .sse import PING, EventStream, event
from .words import EXCLUSIONS

router = APIRouter(prefix="/api/v1")


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class StoredPart(_Body):
    """A file that was uploaded to `/api/v1/artifacts`, by its artifact."""

    type: Literal["image", "file"]
    artifact: str = Field(pattern=ARTIFACT)
    filename: str = "file"
    alt: str = ""


PromptPart = Annotated[
    Text | Code | Table | Input | Custom | StoredPart, Field(discriminator="type")
]


def _prompt(parts: list[PromptPart]) -> Prompt:
    made: list[Part] = []
    for part in parts:
        # What it is and how large is looked up; the sender's word is not taken.
        if isinstance(part, StoredPart) and part.type == "file":
            made.append(File(artifact=part.artifact, filename=part.filename, size=0))
        elif isinstance(part, StoredPart):
            made.append(named(part.artifact, part.filename, part.alt))
        else:
            made.append(part)
    return Prompt(parts=tuple(made))


class NewBattle(_Body):
    """A prompt to begin a battle with; `models` by name where the mode lets one choose."""

    prompt: list[PromptPart] = Field(
        min_length=1, examples=[[{"type": "text", "text": "Why is it?"}]]
    )
    mode: Mode = Mode.BATTLE
    models: list[str] = Field(default_factory=list, max_length=2)


class NewTurn(_Body):
    """A prompt for another turn, which goes on from turn `base`, counted from 0; else the last."""

    prompt: list[PromptPart] = Field(min_length=1)
    base: int | None = None


class NewVote(_Body):
    """A vote: `a` is the left side.

    `aspects` are those of the ballot that are judged, by id; `flags` are levels by id and side.
    With `expert` true the vote is an expert's or refused; with false it is a public one.
    """

    choice: str = Field(examples=["a", "b", "tie", "both_bad"])
    reasons: list[str] = Field(default_factory=list, max_length=50)
    comment: str = ""
    expert: bool | None = None
    flags: dict[str, dict[str, str]] = Field(
        default_factory=dict, max_length=50, examples=[{"harm": {"a": "severe"}}]
    )
    aspects: dict[str, str] = Field(
        default_factory=dict, max_length=50, examples=[{"looks": "a", "works": "tie"}]
    )


class NewAction(_Body):
    """Something to do with one side's answer to a turn, as its arena offers it."""

    turn: int = Field(default=0, ge=0)
    side: Literal["a", "b"]
    name: str
    values: dict[str, str] = Field(default_factory=dict, max_length=50)


class RetrySide(_Body):
    """The failed side to ask again."""

    side: Literal["a", "b"]


@router.get("/arenas")
async def arenas(services: ServicesDep) -> list[dict[str, Any]]:
    """The arenas, in the order of their tabs."""
    return [
        {
            "id": name,
            "title": arena.manifest.title,
            "summary": arena.manifest.summary,
            "modes": [mode.value for mode in arena.manifest.modes],
            "accepts": sorted(arena.manifest.accepts),
            "prompt_limit": arena.manifest.prompt_limit,
            "fields": [asdict(field) for field in arena.manifest.fields],
            "uploads": asdict(arena.manifest.uploads) if arena.manifest.uploads else None,
            "refusals": arena.manifest.refusals,
            "missing": list(arena.manifest.missing),
            "choices": [choice.value for choice in arena.manifest.ballot.choices],
            "reasons": {r.id: r.label for r in arena.manifest.ballot.reasons},
            "aspects": {one.id: one.label for one in arena.manifest.ballot.aspects},
            "flags": {one.id: dict(one.levels) for one in arena.manifest.ballot.flags},
            "expertise": asdict(arena.manifest.expertise) if arena.manifest.expertise else None,
            "explain": arena.manifest.ballot.explain or None,
            "categories": {c.id: c.title for c in arena.manifest.categories},
        }
        for name, arena in services.registry.arenas.items()
    ]


@router.get("/models")
async def models(services: ServicesDep) -> list[dict[str, Any]]:
    """The models that are listed; those in blind testing are not."""
    return [{**model_fields(m), "state": m.state.value} for m in await services.models.shown()]


@router.post("/arenas/{arena_id}/battles", status_code=201)
async def begin(
    services: ServicesDep, visitor: Visitor, arena_id: str, body: NewBattle
) -> dict[str, Any]:
    """Begin a battle; its answers come on `/battles/{id}/events`."""
    prompt = _prompt(body.prompt)
    live = await services.battles.begin(arena_id, prompt, visitor, body.mode, body.models)
    return _battle(live)


@router.get("/battles/{battle_id}")
async def battle(live: HeldBattle) -> dict[str, Any]:
    """A battle as it stands; blind until the vote."""
    return _battle(live)


@router.get("/battles/{battle_id}/events", response_class=EventStream)
async def events(
    live: HeldBattle,
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """The last turn's events: `turn`, `delta`, `part`, `status`, `side`, `ballot`.

    A client that was cut off sends the last id it saw as `Last-Event-ID` and goes on from there.
    The stream ends after `ballot`, when both sides are over.
    """
    epoch, _, number = last_event_id.partition(".")
    after = int(number) if epoch == live.epoch and number.isdigit() else 0
    return EventStream(_json_events(live, after))


@router.post("/battles/{battle_id}/turns", status_code=201)
async def ask(services: ServicesDep, live: HeldBattle, body: NewTurn) -> dict[str, Any]:
    """Ask another prompt in the same thread, or in that of an earlier turn.

    Turns after the one that is gone on from stay, and are not part of the thread any more.
    """
    await services.battles.ask(live, _prompt(body.prompt), body.base)
    return _battle(live)


@router.post("/battles/{battle_id}/actions")
async def act(services: ServicesDep, live: HeldBattle, body: NewAction) -> list[dict[str, Any]]:
    """Do something with an answer; the parts that come of it are not stored."""
    parts = await services.battles.act(live, body.turn, body.side, body.name, body.values)
    return [part.model_dump(mode="json") for part in parts]


@router.post("/battles/{battle_id}/retry")
async def retry(services: ServicesDep, live: HeldBattle, body: RetrySide) -> dict[str, Any]:
    """Ask a failed side again."""
    await services.battles.retry(live, body.side)
    return _battle(live)


@router.post("/battles/{battle_id}/regenerate")
async def regenerate(services: ServicesDep, live: HeldBattle) -> dict[str, Any]:
    """Ask the last turn of both sides anew."""
    await services.battles.edit(live)
    return _battle(live)


@router.post("/battles/{battle_id}/stop")
async def stop(services: ServicesDep, live: HeldBattle) -> dict[str, Any]:
    """Stop the sides that are answering."""
    await services.battles.stop(live)
    return _battle(live)


@router.post("/battles/{battle_id}/vote")
async def vote(services: ServicesDep, live: HeldBattle, body: NewVote) -> dict[str, Any]:
    """Cast the battle's one vote; the answer is the reveal."""
    said = (body.choice, body.reasons, body.comment, body.aspects, body.flags, body.expert)
    await services.votes.cast(live, *said)
    return _battle(live)


@router.delete("/battles/{battle_id}", status_code=204)
async def erase(services: ServicesDep, live: HeldBattle) -> None:
    """Delete a battle's texts; its vote stays."""
    await services.battles.erase(live.battle.visitor, live.battle.id)


def _battle(live: LiveBattle) -> dict[str, Any]:
    battle = live.battle
    shown: dict[str, Any] = {
        "id": battle.id,
        "arena": battle.arena,
        "mode": battle.mode.value,
        "url": f"/battles/{battle.id}",
        "events": f"/api/v1/battles/{battle.id}/events",
        "commitment": live.commitment,
        "ballot": {"open": battle.ballot_open, "closed_because": battle.closed_because},
        "turns": [
            {
                "prompt": [part.model_dump(mode="json") for part in turn.prompt.parts],
                "answers": {side: _answer(live, side, n) for side in battle.sides},
                "base": (battle.thread(n)[:-1] or (None,))[-1],
            }
            for n, turn in enumerate(battle.turns)
        ],
        "thread": list(battle.chain),
    }
    if battle.vote is not None:
        vote = battle.vote
        shown["vote"] = {
            "choice": vote.choice.value,
            "reasons": list(vote.reasons),
            "comment": vote.comment,
            "qualification": asdict(vote.qualification) if vote.qualification else None,
            "flags": {name: dict(sides) for name, sides in vote.flags.items()},
            "aspects": {name: choice.value for name, choice in vote.aspects.items()},
            "excluded": EXCLUSIONS.get(battle.exclusion or ""),
        }
    if battle.revealed:
        shown["models"] = {side: model_fields(model) for side, model in live.models.items()}
        shown["entries"] = dict(battle.reveal())
        shown["salt"] = battle.salt
        shown["propensity"] = battle.propensity
    return shown


def _answer(live: LiveBattle, side: Side, number: int) -> dict[str, Any]:
    answer = live.answer(side, number)
    shown: dict[str, Any] = {
        "status": answer.status.value,
        "parts": [part.model_dump(mode="json") for part in answer.parts],
    }
    if answer.failure:
        shown["failure"] = answer.failure.value
        shown["note"] = note(answer.status.value, answer.failure.value)
    if answer.refused:
        shown["refused"] = True
        shown["note"] = note(answer.status.value, None, answer.finish)
    if live.battle.revealed:
        shown["first_token"] = answer.first_token
        shown["seconds"] = answer.seconds
        shown["tokens"] = answer.tokens
    return shown


async def _json_events(live: LiveBattle, after: int) -> AsyncGenerator[bytes]:
    async with aclosing(live.follow(after)) as batches:
        async for batch in batches:
            if not batch:
                yield PING
                continue
            yield b"".join(
                event(entry.kind, _data(entry), f"{live.epoch}.{number}") for number, entry in batch
            )
            if batch[-1][1].kind == "ballot" and not live.answering:
                return


def _data(entry: Entry) -> dict[str, Any]:
    data = dict(entry.data)
    if entry.kind == "part":
        data["part"] = data["part"].model_dump(mode="json")
    return data
