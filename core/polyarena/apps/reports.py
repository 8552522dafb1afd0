"""What the tools for web apps say, read as what anybody might have written, and cut."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from ..content import Device

DEVICES: tuple[Device, ...] = get_args(Device)
TEXT_SHOWN = 2000
ENTRIES_SHOWN = 200

_Text = Annotated[str, AfterValidator(lambda text: text[:TEXT_SHOWN])]
_Item = TypeVar("_Item")
_Few = Annotated[
    tuple[_Item, ...],
    BeforeValidator(lambda many: many[:ENTRIES_SHOWN] if isinstance(many, list) else many),
]


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class BuildMessage(_Read):
    """What the builder says: its place in the author's files, `line` and `column` 0 if unknown."""

    level: Literal["error", "warning"] = "error"
    file: _Text = ""
    line: int = 0
    column: int = 0
    text: _Text


class BuiltApp(_Read):
    """What came of a build; `files` is the bundle by path, empty unless it is `ok`.

    `entry` is the file of it to open; `kind` what sort of app it is, such as "react" or "html".
    `libraries` are those it takes something from, `missing` those that are not installed.
    `environment` names the image that built it.
    """

    ok: bool
    kind: _Text = ""
    entry: _Text = ""
    messages: _Few[BuildMessage] = ()
    libraries: _Few[_Text] = ()
    missing: _Few[_Text] = ()
    seconds: float = 0.0
    files: Mapping[str, bytes] = {}
    environment: str = ""

    @classmethod
    def failed(cls, reason: str) -> BuiltApp:
        """An app of which nothing is known but why it was not built."""
        return cls(ok=False, messages=(BuildMessage(text=reason),))


class Said(_Read):
    """A line of an app's console."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    text: _Text


class FailedRequest(_Read):
    """Something an app asked for in vain: a path of its own, or another host's address."""

    url: _Text
    reason: _Text = ""


class Finding(_Read):
    """A barrier by axe's name of the rule, its `impact`, and in how many places it is."""

    id: _Text
    impact: _Text | None = None
    help: _Text = ""
    nodes: int = 1


class SeenApp(_Read):
    """What was seen of an app; `shots` are pictures by device.

    `findings` is None where the page could not be examined. `dead_controls` are the labels of
    those, of the `clicked`, that did nothing. `hung` says that its scripts had to be stopped.
    """

    shots: Mapping[Device, bytes] = {}
    title: _Text = ""
    first_paint_ms: float | None = None
    elements: int = 0
    blank: bool = False
    console: _Few[Said] = ()
    errors: _Few[_Text] = ()
    failed_requests: _Few[FailedRequest] = ()
    findings: _Few[Finding] | None = None
    clicked: int = 0
    dead_controls: _Few[_Text] = ()
    dialogs: int = 0
    popups: int = 0
    hung: bool = False
    crashed: bool = False
    seconds: float = 0.0
    environment: str = ""
