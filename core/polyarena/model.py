"""A model: a contestant, its capabilities and its lifecycle."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

StillType = Literal["image/jpeg", "image/png", "image/webp"]
NAME_PATTERN = r"^[^\s/@\x00-\x1f\x7f][^/@\x00-\x1f\x7f]{0,79}$"


class ModelState(StrEnum):
    """Where a model stands; `DRAWABLE` says which states take part in battles."""

    PRIVATE = "private"
    PRELIMINARY = "preliminary"
    LISTED = "listed"
    WITHDRAWN = "withdrawn"
    RETIRED = "retired"


DRAWABLE = frozenset({ModelState.PRIVATE, ModelState.PRELIMINARY, ModelState.LISTED})
SHOWN = frozenset({ModelState.PRELIMINARY, ModelState.LISTED, ModelState.RETIRED})


class Price(BaseModel):
    """What a million tokens cost, in US dollars."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class PictureLimits(BaseModel):
    """What a model takes of pictures.

    `count` are those of one request, the thread before it included; each is at most `side` pixels
    long, at most `bytes` large and of one of `types`, of which JPEG must be one. Of a picture that
    moves it is shown at most `frames` frames, each of which counts as a picture.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int = Field(default=10, ge=1)
    side: int = Field(default=2048, ge=64)
    bytes: int = Field(default=5_000_000, ge=50_000)
    types: tuple[StillType, ...] = ("image/jpeg", "image/png")
    frames: int = Field(default=1, ge=1)

    @field_validator("types")
    @classmethod
    def _with_jpeg(cls, value: tuple[StillType, ...]) -> tuple[StillType, ...]:
        if "image/jpeg" not in value:
            raise ValueError("types must hold image/jpeg, so that any two models can be compared")
        return tuple(sorted(set(value)))

    def shared(self, other: Self) -> Self:
        """What this model and another both take."""
        return self.model_copy(
            update={
                "count": min(self.count, other.count),
                "side": min(self.side, other.side),
                "bytes": min(self.bytes, other.bytes),
                "types": tuple(kind for kind in self.types if kind in other.types),
                "frames": min(self.frames, other.frames),
            }
        )


class Model(BaseModel):
    """A contestant.

    `provider` names how it is reached and `config` is what that provider needs (for an
    OpenAI-compatible server `base_url`, `model`, `key_env`); a key is named by its environment
    variable and never held here. `config`, `system` and `parameters` decide what answers, so a
    change in one of them makes a new entry: see `config_hash`.

    `arenas` maps an arena's id to the model's sampling weight there; empty means every arena
    that it is capable of, at `weight`. A `fallback` model is drawn only where fewer than two
    others can answer. `pictures` matters to a model that is capable of `image`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=NAME_PATTERN)
    provider: str
    config: dict[str, Any] = Field(default_factory=dict)
    system: str = ""
    parameters: dict[str, Any] = Field(default_factory=dict)
    capabilities: frozenset[str] = frozenset({"text"})
    pictures: PictureLimits = PictureLimits()
    state: ModelState = ModelState.LISTED
    weight: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    arenas: dict[str, float] = Field(default_factory=dict)
    organization: str = ""
    license: str = ""
    link: str = ""
    aliases: tuple[str, ...] = ()
    price: Price | None = None
    fallback: bool = False

    @field_validator("config", "parameters")
    @classmethod
    def _json_only(cls, value: dict[str, Any]) -> dict[str, Any]:
        try:
            _canonical(value).encode()
        except (TypeError, ValueError) as error:
            raise ValueError(f"it may hold JSON values only: {error}") from None
        return value

    @field_validator("link")
    @classmethod
    def _http_link(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("link must start with http:// or https://")
        return value

    @field_validator("arenas")
    @classmethod
    def _weights(cls, value: dict[str, float]) -> dict[str, float]:
        for arena, weight in value.items():
            if not 0 <= weight < float("inf"):
                raise ValueError(f"weight of arena {arena!r} must be a finite number of at least 0")
        return value

    @property
    def config_hash(self) -> str:
        """Twelve hex digits of the SHA-256 of what decides the answers."""
        deciding = [self.provider, self.config, self.system, self.parameters]
        return hashlib.sha256(_canonical(deciding).encode()).hexdigest()[:12]

    @property
    def entry(self) -> str:
        """The id of this entry in votes and ratings: name and config hash."""
        return f"{self.name}@{self.config_hash}"

    @property
    def drawable(self) -> bool:
        """Whether its state lets it into battles."""
        return self.state in DRAWABLE

    def weight_in(self, arena: str) -> float:
        """Its sampling weight in an arena, 0 where it does not take part."""
        if not self.arenas:
            return self.weight
        return self.arenas.get(arena, 0.0)


def _canonical(value: object) -> str:
    compact = (",", ":")
    return json.dumps(
        value, sort_keys=True, separators=compact, ensure_ascii=False, allow_nan=False
    )
