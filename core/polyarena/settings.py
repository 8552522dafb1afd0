"""Settings: polyarena.toml and environment variables that begin with POLYARENA_."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from .errors import ConfigError
from .mailing import EmailSettings
from .model import Model
from .oidc import InstitutionSettings
from .preview_host import check_preview_host

InstitutionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,23}$")]
PluginOptions = Mapping[str, Any]


class Limits(BaseModel):
    """Bounds on what goes in and comes out; times are in seconds, lengths in characters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    connect: float = Field(default=10, gt=0)
    first_token: float = Field(default=60, gt=0)
    between_tokens: float = Field(default=30, gt=0)
    total: float = Field(default=600, gt=0)
    answer: int = Field(default=200_000, gt=0)
    hook: float = Field(default=5, gt=0)
    request_bytes: int = Field(default=2_000_000, gt=0)
    upload_bytes: int = Field(default=25_000_000, gt=0)
    artifact_bytes: int = Field(default=20_000_000, gt=0)
    bundle_bytes: int = Field(default=50_000_000, gt=0)
    bundle_files: int = Field(default=1000, gt=0)


class Images(BaseModel):
    """Bounds on pictures, and on what is spent on reading them.

    `bytes` and `pixels` are of a picture as it comes; a longer one is scaled to `side` pixels.
    `workers` processes read pictures, in `memory` bytes together, each picture in `seconds`.
    `frames` are of one that moves, `pages` of a PDF. `private_hosts` may be fetched from although
    their addresses are not public, each as `HOST` or `HOST:PORT`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    bytes: int = Field(default=20_000_000, gt=0)
    pixels: int = Field(default=50_000_000, gt=0)
    side: int = Field(default=4096, ge=64, le=16_383)
    frames: int = Field(default=300, ge=2)
    pages: int = Field(default=20, ge=1)
    workers: int = Field(default=2, ge=1, le=64)
    memory: int = Field(default=220_000_000, ge=20_000_000)
    seconds: float = Field(default=20, gt=0)
    private_hosts: frozenset[str] = frozenset()


class Apps(BaseModel):
    """How long apps with a server run, and how many for one visitor; times are in seconds.

    One that nobody has used for `idle` is stopped, and so are a battle's `after_vote`. It has
    `start` to begin to answer; then it is asked at most so many `requests` at once, and has as many
    `sockets`. How many run in all, and how long at most, is the sandbox's to say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    each: int = Field(default=2, ge=1)
    idle: float = Field(default=600, gt=0)
    after_vote: float = Field(default=60, ge=0)
    start: float = Field(default=30, gt=0)
    requests: int = Field(default=24, ge=1, le=32)
    sockets: int = Field(default=16, ge=0, le=24)


class Matchmaking(BaseModel):
    """How the two models of a battle are drawn.

    `active` draws the pair whose vote is expected to narrow the widest interval most, `uniform`
    every pair alike; the share `floor` of the draws is uniform in any case.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: Literal["active", "uniform"] = "active"
    floor: float = Field(default=0.2, ge=0.01, le=1)


class Leaderboards(BaseModel):
    """When models are ranked, and when boards are made again and stored; times are in seconds.

    A model has no rank before `minimum_votes`. A board of fewer than `live_votes` votes is made
    again whenever it is looked at; a larger one in the background, which takes `background_share`
    of the time at most. Every `check_every_seconds` it is seen whether a snapshot is due: with
    `snapshot_every_votes` new votes that are also `snapshot_every_share` of those before, but no
    sooner than `snapshot_pause_seconds` after the last one; with any new vote after
    `snapshot_every_seconds`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    minimum_votes: int = Field(default=30, ge=1)
    live_votes: int = Field(default=50_000, ge=0)
    background_share: float = Field(default=0.05, gt=0, le=1)
    check_every_seconds: float = Field(default=5, gt=0)
    snapshot_every_votes: int = Field(default=100, ge=1)
    snapshot_every_share: float = Field(default=0.02, ge=0, le=1)
    snapshot_every_seconds: float = Field(default=3600, gt=0)
    snapshot_pause_seconds: float = Field(default=60, ge=0)

    @model_validator(mode="after")
    def _pause_within(self) -> Self:
        if self.snapshot_pause_seconds > self.snapshot_every_seconds:
            raise ValueError(
                f"snapshot_pause_seconds ({self.snapshot_pause_seconds:g}) may not be above "
                f"snapshot_every_seconds ({self.snapshot_every_seconds:g})"
            )
        return self


class Credentials(BaseModel):
    """How visitors may show what they are beside what plugins check; without `email` not by it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    email: EmailSettings | None = None
    institutions: dict[InstitutionName, InstitutionSettings] = Field(default_factory=dict)


class Settings(BaseSettings):
    """Everything an operator may set.

    Raises:
        ConfigError: from `load`, naming the setting that is wrong.
    """

    model_config = SettingsConfigDict(
        env_prefix="POLYARENA_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data: Path = Path("data")
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    preview_host: str = "preview.localhost"
    title: str = "Polyarena"
    demo: bool = True
    strict_plugins: bool = False
    disabled_plugins: frozenset[str] = frozenset()
    log_json: bool = False
    sandbox: str = ""
    limits: Limits = Limits()
    images: Images = Images()
    apps: Apps = Apps()
    matchmaking: Matchmaking = Matchmaking()
    leaderboards: Leaderboards = Leaderboards()
    credentials: Credentials = Credentials()
    models: tuple[Model, ...] = ()
    plugins: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _provider_default(cls, values: Any) -> Any:
        models = values.get("models") if isinstance(values, dict) else None
        for model in models if isinstance(models, (list, tuple)) else ():
            if isinstance(model, dict):
                model.setdefault("provider", "openai")
        return values

    @model_validator(mode="after")
    def _previews(self) -> Self:
        check_preview_host(self.preview_host, self.public_url)
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=config_path())
        return (init_settings, env_settings, toml)

    @classmethod
    def load(cls, **given: Any) -> Self:
        """Read file and environment; `given` wins over both."""
        try:
            return cls(**given)
        except ValidationError as error:
            raise ConfigError(_explain(error)) from None
        except SettingsError as error:
            raise ConfigError(f"the environment: {error}; it must be JSON") from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{config_path()} cannot be read: {error}") from None
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{config_path()} is not valid TOML: {error}") from None

    @property
    def database(self) -> str:
        """The database's URL; by default a SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'polyarena.db'}"

    def options(self, plugin: str) -> PluginOptions:
        """A plugin's own table, `[plugins.NAME]`."""
        return self.plugins.get(plugin, {})

    def secret(self) -> str:
        """The key that signs visitors' cookies; made on first use, readable by the owner only.

        Raises:
            ConfigError: the file holds no key.
        """
        path = self.data / "secret.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_hex(32))
        key = path.read_text().strip()
        if len(key) < 32:
            raise ConfigError(f"{path} holds no key of 32 characters; delete it to get a new one")
        return key


def _write_once(path: Path, text: str) -> None:
    """Create a file whole or not at all; the first of several processes wins."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def config_path() -> Path:
    """Where the configuration file is looked for: POLYARENA_CONFIG, else ./polyarena.toml."""
    return Path(os.environ.get("POLYARENA_CONFIG", "polyarena.toml"))


def _explain(error: ValidationError) -> str:
    lines = [
        f"{'.'.join(str(step) for step in fault['loc']) or 'settings'}: {fault['msg']}"
        for fault in error.errors()
    ]
    return f"{config_path()} or the environment: " + "; ".join(lines)
