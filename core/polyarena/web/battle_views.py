"""What the pages of a battle are given: plain values, blind where the battle is blind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from ..ballot import Reason
from ..content import Image
from ..side import Side
from .views import FieldView, KeptView, NameView

Compared = Literal["sources", "pair", "both"]
"""What of two answers is compared: their files, their pictures, or both."""


@dataclass(frozen=True, slots=True)
class StatsView:
    """Figures shown after the reveal; seconds and tokens a second."""

    first_token: float | None
    seconds: float | None
    tokens_per_second: float | None


@dataclass(frozen=True, slots=True)
class ActionView:
    """A form under an answer; it posts to `url`."""

    url: str
    title: str
    submit: str
    hint: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class WaitingView:
    """What stands in an answer's place until it comes; `seconds` have passed so far."""

    html: Markup
    seconds: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer: `blocks` is sanitised HTML, one string a block; `note` is for the voter.

    `actions_url` answers the forms of an answer that has just been finished; it is empty where
    the arena has none.
    """

    status: str
    blocks: tuple[Markup, ...]
    text: str
    note: str = ""
    can_retry: bool = False
    attempt: int = 1
    stats: StatsView | None = None
    actions: tuple[ActionView, ...] = ()
    actions_url: str = ""
    waiting: WaitingView | None = None


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece of a prompt in its order: a text, or what stands together before the next."""

    text: Markup | None = None
    attached: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class PairView:
    """A picture of each side; `device` is whose screen they show, empty where they are no apps."""

    left: Image
    right: Image
    device: str = ""


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn; `compare_url` answers the comparison of both sides, empty where there is none.

    `compared` says what is compared there.
    `pieces` are the prompt in its order, empty where all words come before what is attached.
    `base` is the turn it goes on from, None where that is the one before it; `set_aside` says that
    the thread goes on without it; at `continue_url` the thread goes on from it, where it may.
    """

    index: int
    prompt_html: Markup
    prompt_text: str
    answers: Mapping[Side, AnswerView]
    last: bool
    attached: tuple[Markup, ...] = ()
    pieces: tuple[PieceView, ...] = ()
    fields: tuple[FieldView, ...] = ()
    kept: tuple[KeptView, ...] = ()
    compare_url: str = ""
    compared: Compared = "sources"
    base: int | None = None
    set_aside: bool = False
    continue_url: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A choice on the ballot with the key that gives it."""

    id: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class AspectView:
    """An aspect on the ballot with the key that leads to it, and its choices by id and label."""

    id: str
    label: str
    hint: str
    key: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag on the ballot, with its levels by id and label."""

    id: str
    label: str
    hint: str
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VotingAs:
    """As whom a vote counts: `tier` is empty unless the voter is an expert."""

    tier: str
    required: bool


@dataclass(frozen=True, slots=True)
class VoteView:
    """A vote that was cast; `excluded` says in words why it is not rated, if so.

    `aspects` are the labels of those judged, each with the label of its choice; `flags` those of
    flags with what was said of which side. `tier` is that of the voter, in words.
    """

    choice: str
    label: str
    reasons: tuple[str, ...]
    comment: str
    excluded: str = ""
    aspects: tuple[tuple[str, str], ...] = ()
    flags: tuple[tuple[str, str], ...] = ()
    tier: str = ""


@dataclass(frozen=True, slots=True)
class BattleView:
    """A battle as its page shows it.

    `live` is true while an answer is still to come; the page then listens on `events_url`. Apps
    are shown from hosts under `preview_host`, those with a server once they were started at
    `apps_url`; a voter without scripts says at `looked_url` that
    the apps were looked at, where the ballot waits for that. `base` is the earlier turn that the
    composer's prompt would go on from.
    """

    id: str
    arena: str
    mode: str
    title: str
    url: str
    events_url: str
    live: bool
    sides: tuple[Side, ...]
    turns: tuple[TurnView, ...]
    choices: tuple[ChoiceView, ...]
    reasons: tuple[Reason, ...]
    aspects: tuple[AspectView, ...]
    flags: tuple[FlagView, ...]
    explain: str
    voting_as: VotingAs | None
    ballot_open: bool
    closed_because: str
    turn_allowed: bool
    prompt_limit: int
    fields: tuple[FieldView, ...] = ()
    uploads: int = 0
    upload_bytes: int = 0
    of_pictures: bool = False
    vote: VoteView | None = None
    names: Mapping[Side, NameView] = field(default_factory=dict)
    again_url: str = ""
    share_url: str = ""
    read_only: bool = False
    commitment: str = ""
    salt: str = ""
    preview_host: str = ""
    apps_url: str = ""
    follow_ups: bool = True
    looked_url: str = ""
    gate: str = ""
    base: int | None = None
