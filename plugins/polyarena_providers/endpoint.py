"""An endpoint: what a model's configuration says about how it is reached."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from polyarena import ConfigError, Failure, ProviderError

from .patience import Patience

M = TypeVar("M", bound=BaseModel)


def http_address(value: str) -> str:
    """An address without a slash at its end.

    Raises:
        ValueError: it is none of http or https.
    """
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address that starts with http:// or https://")
    return value.rstrip("/")


def checked(kind: type[M], data: object, prefix: str) -> M:
    """What somebody wrote in a configuration, as a value of this kind.

    Raises:
        ConfigError: a field is missing, unknown or wrong; the message names it behind the prefix.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise ConfigError(explain(error, prefix)) from None


class Endpoint(BaseModel):
    """`key_env` names the environment variable that holds the key; the key is never kept here.

    `timeouts` overrides single fields of `Patience`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str
    model: str = Field(min_length=1)
    key_env: str | None = None
    timeouts: dict[str, Any] = Field(default_factory=dict)

    _http = field_validator("base_url")(http_address)

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Self:
        """Read a model's configuration.

        Raises:
            ConfigError: a field is missing, unknown or wrong; the message names it.
        """
        return checked(cls, config, "config.")

    def patience(self, default: Patience) -> Patience:
        """The given patience with this endpoint's overrides.

        Raises:
            ConfigError: an override is unknown or wrong.
        """
        if not self.timeouts:
            return default
        return checked(Patience, {**default.model_dump(), **self.timeouts}, "config.timeouts.")


def read_key(variable: str | None) -> str:
    """The key that an environment variable holds now; empty if none is needed.

    Raises:
        ProviderError: the variable is not set, or holds what cannot be sent.
    """
    if not variable:
        return ""
    key = os.environ.get(variable, "").strip()
    if not key:
        raise ProviderError(Failure.UNAUTHORISED, f"the environment variable {variable} is not set")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ProviderError(
            Failure.UNAUTHORISED,
            f"the environment variable {variable} holds characters that no key has",
        )
    return key


def explain(error: ValidationError, prefix: str) -> str:
    """A validation error in one line, each fault with the setting's name."""
    return "; ".join(
        f"{prefix}{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix('Value error, ')}"
        for fault in error.errors()
    )
