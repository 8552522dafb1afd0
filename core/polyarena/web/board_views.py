"""What the leaderboards' templates are given: plain values.

Places on a plot are in percent of its width and height, ratings in points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .board_columns import EvidenceView
from .views import LinkView


@dataclass(frozen=True, slots=True)
class PicksView:
    """Categories that belong together; `chosen` is the title of the one that is shown, if any."""

    title: str
    links: tuple[LinkView, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class HeadView:
    """What stands above every page of a board: where one is, and where else one can go."""

    arena: str
    title: str
    tabs: tuple[LinkView, ...]
    categories: tuple[LinkView, ...]
    controls: tuple[LinkView, ...]
    csv_url: str
    json_url: str
    votes: int
    control: str = ""
    aspects: tuple[LinkView, ...] = ()
    groups: tuple[PicksView, ...] = ()
    aspect: str = ""
    voters: PicksView | None = None
    voting: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One model on a leaderboard; ratings on the scale 400/ln 10, price a million tokens."""

    rank: int | None
    rank_low: int | None
    rank_high: int | None
    name: str
    organization: str
    license: str
    url: str
    rating: float | None
    lower: float | None
    upper: float | None
    votes: int
    state: str
    shift: float | None = None
    price: float | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column's heading, and how it is sorted: `ascending`, `descending` or empty."""

    id: str
    url: str
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class EffectView:
    """What one unit of a measure does to the odds of winning, in percent, with bounds."""

    name: str
    percent: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """What the board does not know: its kind, and a sentence."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """A ranking; `hidden` are the parameters that a search must keep, as name and value."""

    head: HeadView
    rows: tuple[BoardRow, ...]
    preliminary: tuple[BoardRow, ...]
    columns: dict[str, ColumnView]
    notes: tuple[NoteView, ...]
    organizations: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    organization: str = ""
    license: str = ""
    query: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    low: float = 0.0
    high: float = 0.0
    effects: tuple[EffectView, ...] = ()
    effects_csv: str = ""
    priced: bool = False
    evidence: tuple[EvidenceView, ...] = ()
    minimum: int = 0
    method: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of a heat map: its text, its shade (0 to 10, or empty), what it says, its link."""

    text: str
    shade: str = ""
    words: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatView:
    """A table with shaded cells; each row has a name, its page, and a cell a column."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, tuple[HeatCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class PointView:
    """A point on a plot, with the ends of its interval if it has one."""

    x: float
    y: float
    words: str
    size: int = 3
    low: float | None = None
    high: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class CategoriesView:
    """Every category beside every other, one heat map a group of them."""

    head: HeadView
    heats: tuple[tuple[str, HeatView], ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class WinsView:
    """Win rates and numbers of battles by pair, and predictions beside what came of them."""

    head: HeadView
    rates: HeatView
    counts: HeatView
    points: tuple[PointView, ...]
    bins: tuple[PointView, ...]
    shown: int
    models: int
    all_url: str
    calibration_csv: str
    calibration_json: str


@dataclass(frozen=True, slots=True)
class LineView:
    """One model's ratings over time; its `number` stands at `mark`, beside the line's end."""

    number: int
    name: str
    url: str
    points: tuple[PointView, ...]
    first: float
    last: float
    mark: float


@dataclass(frozen=True, slots=True)
class MoveView:
    """A model whose rank or rating changed; `moved` is in places, up is positive."""

    name: str
    url: str
    rank_then: int
    rank: int
    moved: int
    change: float


@dataclass(frozen=True, slots=True)
class SnapshotLink:
    """A stored snapshot and where to read it."""

    id: int
    when: str
    votes: int
    url: str


@dataclass(frozen=True, slots=True)
class HistoryPageView:
    """Ratings over time and who moved; `ticks` are places and dates or numbers of votes.

    `snapshots` are the newest of the `stored` ones, newest first. `ends` are, by model, the first
    and the last text of each of the columns of `evidence`.
    """

    head: HeadView
    lines: tuple[LineView, ...]
    ticks: tuple[tuple[float, str], ...]
    by_votes: bool
    low: float
    high: float
    moves: tuple[MoveView, ...]
    since: str
    snapshots: tuple[SnapshotLink, ...]
    stored: int
    snapshots_csv: str
    snapshots_json: str
    moves_csv: str
    moves_json: str
    evidence: tuple[EvidenceView, ...] = ()
    ends: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PricesView:
    """Price against rating; `ticks` are places and prices on a logarithmic axis."""

    head: HeadView
    points: tuple[PointView, ...]
    ticks: tuple[tuple[float, str], ...]
    rows: tuple[BoardRow, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RecordView:
    """One model against another, in one category or altogether; rates in percent."""

    title: str
    url: str
    votes: int
    wins: int
    losses: int
    ties: int
    both_bad: int
    rate: float | None
    lower: float | None
    upper: float | None
    predicted: float | None


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A shared battle of two models and how it was voted."""

    url: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class CompareView:
    """Two models head to head; without records until two are chosen."""

    head: HeadView
    models: tuple[str, ...]
    first: str
    second: str
    first_url: str = ""
    second_url: str = ""
    total: RecordView | None = None
    records: tuple[RecordView, ...] = ()
    examples: tuple[ExampleView, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelBoardView:
    """A model in one arena: its place in each category, its history, its opponents."""

    title: str
    rows: tuple[tuple[str, BoardRow], ...]
    lines: tuple[LineView, ...]
    ticks: tuple[tuple[float, str], ...]
    by_votes: bool
    low: float
    high: float
    opponents: tuple[RecordView, ...]


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model's page."""

    name: str
    organization: str
    license: str
    link: str
    state: str
    price: tuple[float, float] | None
    boards: tuple[ModelBoardView, ...]
    csv_url: str
    json_url: str
