"""What an arena declares of itself, before it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from .ballot import Ballot, flag_evidence
from .expertise import Expertise

Gate = Literal["look", "listen"]
Refusals = Literal["count", "exclude"]


class Mode(StrEnum):
    """How a battle is set up: blind, with chosen models, or with one model alone."""

    BATTLE = "battle"
    SIDE_BY_SIDE = "side-by-side"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class StarterPicture:
    """A picture of a starter: `draw` answers its bytes, `alt` says what it shows.

    It is drawn in a thread when the arena's page is first looked at.
    """

    filename: str
    alt: str
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Starter:
    """A prompt to begin with, offered on the arena's page.

    `inputs` fill its further fields, `pictures` go along with it.
    """

    title: str
    prompt: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    pictures: tuple[StarterPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the arena's leaderboard; those of the same `group` are shown together."""

    id: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Something the arena cannot do without; `missing()` says how to get it, or None."""

    title: str
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class PromptField:
    """A further input that the composer offers; it reaches the arena as an `Input` part.

    `kind` is a line, a text of several lines, code, or a choice among `options` (id, title);
    `limit` is in characters.
    """

    id: str
    title: str
    kind: Literal["line", "text", "code", "choice"] = "line"
    options: tuple[tuple[str, str], ...] = ()
    placeholder: str = ""
    hint: str = ""
    limit: int = 20_000


@dataclass(frozen=True, slots=True)
class Uploads:
    """How many files a prompt may carry, and how many bytes together.

    With `fitted`, pictures are made such as all models of a battle take them, the same for all.
    """

    count: int = 5
    total_bytes: int = 5_000_000
    fitted: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the leaderboard made of the arena's evidence of the same id.

    `share` is of true among true and false, `median` and `mean` of numbers; a missing value
    does not count. `unit` is shown behind the number.
    """

    id: str
    title: str
    aggregate: Literal["share", "median", "mean"]
    unit: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Assets:
    """Files in the folder `folder` of a plugin's `package`, served under the plugin's own name.

    `modules` are ES modules and `styles` style sheets in it, which the arena's pages load; what
    they import or name by a relative address is served too, if it is of a type in `ASSET_TYPES`.
    """

    package: str
    modules: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    folder: str = "static"


@dataclass(frozen=True, slots=True)
class ArenaManifest:
    """What the core must know of an arena before it is used.

    `id` is its place in every URL; `order` sorts the tabs; `accepts` the part types a prompt may
    hold, `fields` and `uploads` what the composer offers beside the text; `capability` what a
    model must be capable of; `sandboxed` that it runs programs; `prompt_limit` is in characters.
    `classifier` is the version of how `Arena.categories` decides, stored with every vote; a new one
    says that the same battle may now come to other categories.
    `gate` is what the ballot waits for once the answers are in: with "look", until the voter has
    looked at every app of the last turn, with "listen" until each side's sounds were heard.
    `assets` are scripts and styles of the plugin's own. With `together` nothing of an answer is
    shown before the other side is over too, so that nobody sees which was quicker.
    `refusals` is the rule for votes on an answer that a model declined to give: they count like
    any other, or are kept and left out of ratings.
    `expertise` says whose votes are an expert's, where that matters.
    `begins_with` are the part types that the first prompt of a thread must hold.
    """

    id: str
    title: str
    summary: str
    icon: str = ""
    order: int = 100
    modes: tuple[Mode, ...] = tuple(Mode)
    accepts: frozenset[str] = frozenset({"text"})
    begins_with: frozenset[str] = frozenset()
    produces: frozenset[str] = frozenset({"text"})
    capability: str = "text"
    needs: tuple[Need, ...] = ()
    sandboxed: bool = False
    fields: tuple[PromptField, ...] = ()
    uploads: Uploads | None = None
    columns: tuple[Column, ...] = ()
    ballot: Ballot = field(default_factory=Ballot)
    gate: Gate | None = None
    assets: Assets | None = None
    refusals: Refusals = "count"
    expertise: Expertise | None = None
    together: bool = False
    categories: tuple[Category, ...] = ()
    classifier: str = ""
    starters: tuple[Starter, ...] = ()
    notice: str = ""
    placeholder: str = "Ask anything"
    prompt_limit: int = 100_000
    max_turns: int = 20

    @property
    def of_pictures(self) -> bool:
        """Whether what is uploaded can only be pictures."""
        return "image" in self.accepts and "file" not in self.accepts

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The leaderboard's columns: the arena's own, then one for each flag of the ballot."""
        words = "Answers that a voter flagged, of all that were voted on while voters were asked"
        flags = (
            Column(flag_evidence(flag), flag.label, "share", hint=flag.hint or words)
            for flag in self.ballot.flags
        )
        return (*self.columns, *flags)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the arena's needs lack, as sentences that say how to get it."""
        return tuple(need.missing for need in self.needs if need.missing)
