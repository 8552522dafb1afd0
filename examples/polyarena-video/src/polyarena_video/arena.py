"""The video arena."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

from markupsafe import Markup
from polyarena import (
    Arena,
    ArenaManifest,
    Assets,
    Ballot,
    Column,
    Delta,
    Event,
    Failure,
    File,
    FinishedBattle,
    Message,
    Model,
    ModelRequest,
    Part,
    PartReady,
    ProviderError,
    Reason,
    Run,
    Scalar,
    Starter,
    Status,
    Templates,
    Turn,
    View,
)

from .films import Film, NoFilm

TEMPLATES = Templates("polyarena_video")


class VideoArena(Arena):
    """Films are files; the element that plays them is the plugin's own."""

    manifest = ArenaManifest(
        id="video",
        title="Video",
        summary="Two models film the same few words.",
        icon="▷",
        order=70,
        produces=frozenset({"file"}),
        capability="video",
        assets=Assets("polyarena_video", modules=("film.js",), styles=("film.css",)),
        ballot=Ballot(
            reasons=(
                Reason("follows", "Shows what was asked"),
                Reason("smooth", "Moves smoothly"),
                Reason("beautiful", "Good to look at"),
            )
        ),
        columns=(Column("seconds", "Length", "median", " s"),),
        starters=(
            Starter("A ball", "A red ball bounces across a quiet square."),
            Starter("Evening", "The sun goes down over a calm sea."),
        ),
        placeholder="What is to be seen, in a few words",
        prompt_limit=500,
        max_turns=1,
        together=True,
    )

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        """The words as they are."""
        asked = Message(role="user", parts=turn.prompt.parts)
        return ModelRequest((asked,), model.parameters)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """The model's film under a name that tells nothing, and no text beside it."""
        yield Status("Filming")
        async for event in run.stream(request):
            if isinstance(event, PartReady) and isinstance(event.part, File):
                yield PartReady(await _film(event.part, run))
            elif not isinstance(event, (Delta, PartReady)):
                yield event

    def render(self, part: Part, view: View) -> Markup | None:
        """The player for a film; without scripts, a link to save it."""
        if isinstance(part, File):
            return TEMPLATES.render("film.html", url=part.url, side=view.side.upper())
        return None

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        """How long each film is, as its name says."""
        left, right = (_seconds(answer.parts) for answer in battle.answers[-1])
        return {"seconds": (left, right)}


async def _film(file: File, run: Run) -> File:
    try:
        film = Film.read(await run.load(file))
    except NoFilm as error:
        raise ProviderError(Failure.MALFORMED, str(error)) from None
    kept = await run.keep(film.written(), f"film-{film.seconds:.1f}s.y4m")
    if not isinstance(kept, File):
        raise ProviderError(Failure.MALFORMED, "a picture, not a film")
    return kept


def _seconds(parts: tuple[Part, ...]) -> float | None:
    names = [part.filename for part in parts if isinstance(part, File)]
    return float(names[0].removeprefix("film-").removesuffix("s.y4m")) if names else None
