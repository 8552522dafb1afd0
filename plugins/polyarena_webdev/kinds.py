"""The kinds of app that can be handed in, and what makes an app of each.

A `Maker` brings kinds and makes apps of them out of an author's files; `MAKERS` are asked in their
order which of them claims the files of an answer. Another one is added by putting it there.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from polyarena import App, Status, Tools

from .making import make_static
from .sources import Sources


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of app: `title` as `App.kind` has it, `words` tell a model what to hand in."""

    id: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes apps of `kinds` out of sources that it `claims`.

    `make` yields words on how far it is and the app last, also where it could not be built, which
    its problems tell then. It raises a `SandboxError` where that is no fault of the app's.
    """

    kinds: tuple[Kind, ...]
    claims: Callable[[Sources], bool]
    make: Callable[[Sources, Tools], AsyncGenerator[Status | App]]


STATIC = Maker(
    kinds=(
        Kind("html", "HTML", "One index.html with its styles and scripts in it, or beside it."),
        Kind(
            "react",
            "React",
            "src/App.tsx with a component as its default export, in TypeScript or JavaScript, "
            "and further files as you need them.",
        ),
        Kind("vue", "Vue", "src/App.vue, a single-file component of Vue 3."),
        Kind("svelte", "Svelte", "src/App.svelte, of Svelte 5."),
        Kind("p5", "p5.js", "sketch.js with setup() and draw(); no page is needed."),
    ),
    claims=lambda sources: True,
    make=make_static,
)
MAKERS: tuple[Maker, ...] = (STATIC,)
"""The last one claims whatever is left."""


def all_kinds() -> dict[str, Kind]:
    """Every kind by its id."""
    return {kind.id: kind for maker in MAKERS for kind in maker.kinds}


def maker_of(sources: Sources) -> Maker:
    """What makes an app of these files."""
    return next(maker for maker in MAKERS if maker.claims(sources))


def kind_titled(title: str) -> str:
    """The id of a kind by its title, or an empty string."""
    return next((kind.id for kind in all_kinds().values() if kind.title == title), "")
