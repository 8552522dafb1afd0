"""What makes apps out of the files of an answer.

A `Maker` brings kinds of app and makes apps of them; `MAKERS` are asked in their order which of
them claims the files of an answer. Another one is added by putting it there.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from polyarena import App, Status, Tools

from .kinds import SERVED, STATIC, Kind
from .making import make_static
from .serving import is_served, make_served
from .sources import Sources


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes apps of `kinds` out of sources that it `claims`.

    `make` yields words on how far it is and the app last, also where it could not be built, which
    its problems tell then. It raises a `SandboxError` where that is no fault of the app's.
    """

    kinds: tuple[Kind, ...]
    claims: Callable[[Sources], bool]
    make: Callable[[Sources, Tools], AsyncGenerator[Status | App]]


MAKERS: tuple[Maker, ...] = (
    Maker(SERVED, is_served, make_served),
    Maker(STATIC, lambda sources: True, make_static),
)
"""The last one claims whatever is left."""

KINDS = {kind.id: kind for maker in MAKERS for kind in maker.kinds}
"""Every kind by its id."""


def maker_of(sources: Sources) -> Maker:
    """What makes an app of these files."""
    return next(maker for maker in MAKERS if maker.claims(sources))


def kind_titled(title: str) -> str:
    """The id of a kind by its title, or an empty string."""
    return next((kind.id for kind in KINDS.values() if kind.title == title), "")
