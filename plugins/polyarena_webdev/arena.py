"""The WebDev arena."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from markupsafe import Markup

from polyarena import (
    App,
    Arena,
    BadJob,
    Code,
    Delta,
    Event,
    Failure,
    Finish,
    FinishedBattle,
    Model,
    ModelRequest,
    Part,
    PartReady,
    ProviderError,
    Run,
    Scalar,
    Status,
    Turn,
    View,
)
from polyarena.answers import file_tree, folded, written
from polyarena.apps import expect

from .asking import AppRequest, request_of
from .categories import categories
from .evidence import evidence
from .extraction import TEXT_READ, files_in
from .makers import maker_of
from .manifest import MANIFEST
from .notes import note
from .sources import Sources, merged, parts_of, sources_in
from .streaming import Answer
from .style import features


class WebDevArena(Arena):
    """Two apps for one prompt, both built, looked at, and to be played with."""

    manifest = MANIFEST

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        return request_of(turn, model)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """The words of the model's stream, then the app that its files make, then the files."""
        expect(run.sandbox)
        before = request.before if isinstance(request, AppRequest) else {}
        answer = Answer()
        finish: Finish | None = None
        async with aclosing(run.stream(request)) as events:
            async for event in events:
                if isinstance(event, Finish):
                    finish = event
                    break
                for shown in _taken(answer, event):
                    yield shown
        if finish is None:
            return
        if rest := answer.end():
            yield Delta(rest)
        if answer.text.strip() and finish.reason != "refused":
            async with aclosing(_made(answer.text, before, run)) as made:
                async for event in made:
                    yield event
        yield finish

    def render(self, part: Part, view: View) -> Markup | None:
        if not isinstance(part, Code) or not part.filename:
            return None
        files = [one for one in view.parts if isinstance(one, Code) and one.filename]
        if len(files) < 2:
            return folded(part)
        return file_tree(files) if part.filename == files[0].filename else Markup("")

    def sources(self, parts: Sequence[Part]) -> Sequence[Code]:
        return parts_of(sources_in(parts))

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return categories(battle)

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return features(battle)

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        return evidence(battle)


def _taken(answer: Answer, event: Event) -> list[Event]:
    """What is shown of an event of the model's.

    Raises:
        ProviderError: the answer is longer than any that is read.
    """
    text = written(event)
    if not text and not isinstance(event, Delta):
        return [event]
    shown = answer.take(text)
    if answer.length > TEXT_READ:
        raise ProviderError(Failure.ENDLESS, f"more than {TEXT_READ} characters")
    working = answer.working
    # An empty one says that the model is at work.
    return [Delta(shown), *([Status(working)] if working else [])]


async def _made(text: str, before: Sources, run: Run) -> AsyncGenerator[Event]:
    handed = await asyncio.to_thread(files_in, text, before)
    if not handed:
        yield PartReady(note("there is no app in this answer."))
        return
    sources = merged(before, handed)
    try:
        async with aclosing(maker_of(sources).make(sources, run)) as events:
            async for event in events:
                yield PartReady(event) if isinstance(event, App) else event
    except BadJob as error:
        yield PartReady(note(str(error)))
    for part in parts_of(sources):
        yield PartReady(part)
