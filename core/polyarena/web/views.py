"""What the page templates are given: plain values."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class TabView:
    """An arena's tab; `missing` holds sentences that say what it lacks and how to get it."""

    id: str
    title: str
    icon: str
    url: str
    active: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link in a row of alternatives: modes, categories."""

    id: str
    title: str
    url: str
    active: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class StarterView:
    """A prompt to begin with; `query` fills the composer with it, `inputs` and `kept` are JSON."""

    title: str
    prompt: str
    query: str = ""
    inputs: str = "{}"
    pictures: tuple[KeptView, ...] = ()
    kept: str = "[]"


@dataclass(frozen=True, slots=True)
class ArenaView:
    """An arena's page before a battle; `problem` says why no battle can begin, if so.

    `uploads` is how many files a prompt may carry, `upload_bytes` how large they may be together.
    """

    id: str
    title: str
    summary: str
    notice: str
    placeholder: str
    prompt_limit: int
    mode: str
    modes: tuple[LinkView, ...]
    models: tuple[str, ...]
    starters: tuple[StarterView, ...]
    action: str
    leaderboard_url: str
    problem: str | None = None
    missing: tuple[str, ...] = ()
    fields: tuple[FieldView, ...] = ()
    uploads: int = 0
    upload_bytes: int = 0
    of_pictures: bool = False
    prompt: str = ""
    kept: tuple[KeptView, ...] = ()
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameView:
    """Who a side was; present only where it may be known."""

    name: str
    organization: str
    license: str
    link: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the composer or of an action's form, with what it holds."""

    id: str
    title: str
    kind: str
    options: tuple[tuple[str, str], ...]
    placeholder: str
    hint: str
    limit: int
    value: str = ""

    @property
    def given(self) -> bool:
        """Whether it holds anything; the first of a choice's options is what stands unasked."""
        return bool(self.value) and self.value not in [id for id, _ in self.options[:1]]


@dataclass(frozen=True, slots=True)
class KeptView:
    """A file that a prompt holds: what the form sends to keep it, and how it is shown."""

    value: str
    name: str
    url: str
    picture: bool
    alt: str = ""

    @property
    def artifact(self) -> str:
        """Its digest."""
        return self.value.partition("/")[0]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    id: str
    url: str
    title: str
    arena: str
    mode: str
    when: str
    choice: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    rows: tuple[HistoryRow, ...]
    query: str
    total: int
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A prompt that would be taken in place of a refused one, with what is `attached` to it.

    It goes to `action`: as the form's `values`, by name, or as JSON of the same, `sent`. `inputs`
    is JSON of its further inputs, with which a composer is filled.
    """

    action: str
    prompt: str
    attached: tuple[Markup, ...]
    values: tuple[tuple[str, str], ...]
    sent: str
    inputs: str


@dataclass(frozen=True, slots=True)
class ErrorView:
    status: int
    title: str
    message: str
    back_url: str = "/"
    suggestion: SuggestionView | None = None
