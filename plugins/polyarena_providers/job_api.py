"""An API of jobs as an operator describes it: how one is submitted, polled, fetched, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from polyarena import ConfigError

from .endpoint import checked, http_address
from .filling import holes

ASKED = frozenset({"prompt", "model", "size", "width", "height"})
EDITED = frozenset({"picture", "mask"})
JOB = frozenset({"job"})


class Call(BaseModel):
    """One request: `path` under the API's address, and a JSON `body`.

    Names in braces are filled in: in a submission `{prompt}`, `{model}`, `{size}`, `{width}` and
    `{height}`, in an edit `{picture}` and `{mask}` too, later `{job}`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(pattern=r"^/[^\s]*$")
    method: Literal["GET", "POST", "PUT", "DELETE"] = "POST"
    body: dict[str, Any] | None = None

    @property
    def holes(self) -> set[str]:
        """The names that are filled in."""
        return holes(self.path) | holes(self.body or {})


class JobApi(BaseModel):
    """`submit` (or `edit`, with a picture) begins a job, whose id lies at `job` in the answer.

    `poll` is asked every `every` seconds until the text at `status` is one of `done`, `failed` or
    `refused`; any other means that it is under way. The picture, its address or its base64, lies
    at `picture` in the answer of `fetch`, or of the last poll where there is none. `cancel` is sent
    when somebody stops waiting. Places in answers are JSON pointers. `pictures` says how one is
    sent: as a data address or as bare base64; `mask` what marks the part that may change.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    base_url: str
    key_env: str | None = None
    key_header: str = "authorization"
    key_prefix: str = "Bearer "
    headers: dict[str, str] = Field(default_factory=dict)
    submit: Call
    edit: Call | None = None
    job: str = Field(pattern=r"^/")
    poll: Call
    every: float = Field(default=1, ge=0.05, le=60)
    status: str = Field(pattern=r"^/")
    done: frozenset[str] = Field(min_length=1)
    failed: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    fetch: Call | None = None
    picture: str = Field(pattern=r"^/")
    cancel: Call | None = None
    pictures: Literal["data", "base64"] = "data"
    mask: Literal["white", "transparent"] = "white"

    @classmethod
    def of(cls, name: str, table: Any) -> Self:
        """Read the table of one API.

        Raises:
            ConfigError: it is no table, or a field is missing, unknown or wrong.
        """
        place = f"plugins.providers.jobs.apis.{name}"
        if not isinstance(table, Mapping):
            raise ConfigError(f"{place} must be a table")
        return checked(cls, table, f"{place}.")

    _http = field_validator("base_url")(http_address)

    @field_validator("poll", "fetch", mode="before")
    @classmethod
    def _asks(cls, value: Any) -> Any:
        return {"method": "GET", **value} if isinstance(value, Mapping) else value

    @model_validator(mode="after")
    def _known_holes(self) -> Self:
        known = {
            "submit": ASKED,
            "edit": ASKED | EDITED,
            "poll": JOB,
            "fetch": JOB,
            "cancel": JOB,
        }
        for name, names in known.items():
            call: Call | None = getattr(self, name)
            if call is not None and (unknown := call.holes - names):
                filled = ", ".join(f"{{{one}}}" for one in sorted(names))
                raise ValueError(f"{name} has no {{{min(unknown)}}}; it has {filled}")
        if "job" not in self.poll.holes:
            raise ValueError("poll must name the {job}")
        return self
