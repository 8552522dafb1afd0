"""The manifest of a release: which votes it holds, and how anyone can tell they are those."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from .errors import VoteFileError

MANIFEST = "manifest.json"

Filename = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class FileDigest(_Frozen):
    """What a file of the release must be."""

    sha256: Sha256
    bytes: int = Field(ge=0)


class Range(_Frozen):
    """The keys of the oldest and the newest vote in the ledger, and when those were cast."""

    first: int
    last: int
    since: str
    until: str


class ReleaseColumns(_Frozen):
    """What the columns of the votes hold; `features` by name, side a and side b; `aspects` by id.

    `evidence` has JSON, by name what the arena found out about side a and side b; `flags` by id
    and side what level the voter gave. `occupation`, `tier`, `specialty` and `expert` have what was
    known of the voter.
    """

    a: str
    b: str
    winner: str
    voter: str
    excluded: str
    categories: str
    propensity: str
    evidence: str | None = None
    flags: str | None = None
    occupation: str | None = None
    tier: str | None = None
    specialty: str | None = None
    expert: str | None = None
    features: dict[str, tuple[str, str]]
    aspects: dict[str, str] = Field(default_factory=dict)


class Manifest(_Frozen):
    """A release: the arena, the engine that made its board, and its files.

    `table` is the file of votes, of which there are `votes`, those that do not count among them;
    `range` is None where there are none. A model with fewer than `minimum_votes` has no rank.
    `composite` has the aspects of the composite board and the weight of each.
    """

    format: Literal["polyarena votes 1"] = "polyarena votes 1"
    arena: str
    engine: str
    minimum_votes: int = Field(ge=0)
    votes: int = Field(ge=0)
    range: Range | None
    table: Filename
    columns: ReleaseColumns
    composite: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = Field(
        default_factory=dict
    )
    files: dict[Filename, FileDigest]

    def told(self) -> str:
        """The manifest as it is written."""
        return self.model_dump_json(indent=2) + "\n"


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        VoteFileError: it is none; the message names the first fault.
    """
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise VoteFileError(f"{MANIFEST} is no release's: {place}: {first['msg']}") from None
    if manifest.table not in manifest.files:
        raise VoteFileError(f"{MANIFEST} has no SHA-256 of {manifest.table}")
    return manifest
