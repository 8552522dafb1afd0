"""The options of the sandbox, `[plugins.sandbox]` in polyarena.toml."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ByteSize, ConfigDict, Field, ValidationError, field_validator

from polyarena import ConfigError, PluginOptions

from .encoding import FRAME_BYTES, NAME_BYTES
from .protocol import Bounds

MB = 1_000_000
WARM_BYTES = 16 << 20
"""What a waiting container costs at most: its warden, its shim, and what the kernel keeps."""
_WAITING = {"web": 100 << 20, "browser": 220 << 20}
_Value = TypeVar("_Value")


def _cores() -> int:
    return os.cpu_count() or 1


class Allowance(BaseModel):
    """What one job may use.

    Times are in seconds; sizes in bytes, and may be written as "512MB" or "64MiB". `seconds`
    bounds a step and `compile_seconds` the compiler's; `output` each of a step's two streams;
    `disk` and `inodes` the work directory, and the one for temporary files as much again;
    `files`, `file` and `files_total` what comes back.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    seconds: float = Field(default=10, gt=0, le=3600)
    compile_seconds: float = Field(default=60, gt=0, le=3600)
    memory: ByteSize = Field(default=ByteSize(512 * MB), ge=32 << 20)
    cpus: float = Field(default=1, ge=0.01)
    processes: int = Field(default=64, ge=4)
    disk: ByteSize = Field(default=ByteSize(64 * MB), ge=1 << 20)
    inodes: int = Field(default=4096, ge=64)
    open_files: int = Field(default=256, ge=16)
    output: ByteSize = Field(default=ByteSize(MB), ge=1, le=FRAME_BYTES)
    files: int = Field(default=20, ge=0)
    file: ByteSize = Field(default=ByteSize(5 * MB), ge=0, le=FRAME_BYTES - NAME_BYTES)
    files_total: ByteSize = Field(default=ByteSize(20 * MB), ge=0)

    @property
    def set_ones(self) -> dict[str, Any]:
        """Those that were given, by name."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set)}


_APPS = Allowance(
    seconds=30,
    memory=ByteSize(1000 * MB),
    cpus=2,
    processes=256,
    disk=ByteSize(256 * MB),
    open_files=1024,
    files=500,
    file=ByteSize(15 * MB),
    files_total=ByteSize(60 * MB),
)
TOOLS: Mapping[str, Allowance] = MappingProxyType(
    {
        "web": _APPS,
        "browser": _APPS.model_copy(update={"seconds": 40.0}),
        "server": Allowance(
            seconds=3600, processes=128, open_files=1024, output=ByteSize(200_000), files=0
        ),
    }
)
"""What differs for images that need more than a program does."""


class Limits(Allowance):
    """What a run may use, and how many runs and containers there are.

    `images` holds what is otherwise for single images. `running` jobs run at once and `waiting`
    at most wait; `servers` apps with a server run beside them. `warm` containers of an image are
    kept ready, those beyond `warm_memory` are not.
    """

    images: dict[str, Allowance] = Field(default_factory=dict)
    running: int = Field(default_factory=_cores, ge=1)
    waiting: int = Field(default=64, ge=1)
    servers: int = Field(default=4, ge=0)
    warm: dict[str, int] = Field(default_factory=lambda: {"python": 2, "node": 1})
    warm_memory: ByteSize = Field(default=ByteSize(1000 * MB), ge=0)
    build: bool = True
    runtime: str = ""
    host: str = ""

    @field_validator("warm", "images")
    @classmethod
    def _known(cls, value: dict[str, _Value]) -> dict[str, _Value]:
        from .images import IMAGES

        for image in value:
            if image not in IMAGES:
                raise ValueError(f"there is no image {image!r}; there are {', '.join(IMAGES)}")
        return value

    @field_validator("warm")
    @classmethod
    def _counted(cls, warm: dict[str, int]) -> dict[str, int]:
        for image, number in warm.items():
            if number < 0:
                raise ValueError(f"{image} must be 0 or more")
        return warm

    @classmethod
    def read(cls, options: PluginOptions) -> Self:
        """Read the plugin's options.

        Raises:
            ConfigError: an option is unknown or wrong; the message names it.
        """
        try:
            return cls.model_validate(dict(options))
        except ValidationError as error:
            faults = [
                f"{'.'.join(map(str, ('plugins.sandbox', *fault['loc'])))}: {fault['msg']}"
                for fault in error.errors(include_url=False)
            ]
            raise ConfigError("; ".join(faults)) from None

    @property
    def bounds(self) -> Bounds:
        """What a container is told of these."""
        return Bounds(
            output_bytes=self.output,
            files=self.files,
            file_bytes=self.file,
            total_bytes=self.files_total,
            open_files=self.open_files,
            file_size=self.disk,
        )

    def of(self, image: str) -> Self:
        """The limits of an image's jobs."""
        given = (TOOLS.get(image), self.images.get(image))
        update = {name: one for each in given if each for name, one in each.set_ones.items()}
        return self.model_copy(update=update)


def warm_bytes(image: str) -> int:
    """What a waiting container of an image costs at most."""
    return _WAITING.get(image, WARM_BYTES)
