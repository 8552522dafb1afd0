"""The options of the sandbox, `[plugins.sandbox]` in polyarena.toml."""

from __future__ import annotations

import os
from typing import Self

from pydantic import BaseModel, ByteSize, ConfigDict, Field, ValidationError, field_validator

from polyarena import ConfigError, PluginOptions

from .encoding import FRAME_BYTES, NAME_BYTES
from .protocol import Bounds

MB = 1_000_000
WARM_BYTES = 16 << 20
"""What a waiting container costs at most: its warden, its shim, and what the kernel keeps."""


def _cores() -> int:
    return os.cpu_count() or 1


class Limits(BaseModel):
    """What a run may use, and how many runs and containers there are.

    Times are in seconds; sizes in bytes, and may be written as "512MB" or "64MiB". `seconds`
    bounds a step and `compile_seconds` the compiler's; `output` each of a step's two streams;
    `disk` and `inodes` the work directory, and the one for temporary files as much again;
    `files`, `file` and `files_total` what comes back. `running` jobs run at once and `waiting` at
    most wait. `warm` containers of an image are kept ready, those beyond `warm_memory` are not.
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
    running: int = Field(default_factory=_cores, ge=1)
    waiting: int = Field(default=64, ge=1)
    warm: dict[str, int] = Field(default_factory=lambda: {"python": 2, "node": 1})
    warm_memory: ByteSize = Field(default=ByteSize(256 * MB), ge=0)
    build: bool = True
    runtime: str = ""
    host: str = ""

    @field_validator("warm")
    @classmethod
    def _known(cls, warm: dict[str, int]) -> dict[str, int]:
        from .images import IMAGES

        for image, number in warm.items():
            if image not in IMAGES:
                raise ValueError(f"there is no image {image!r}; there are {', '.join(IMAGES)}")
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

    @property
    def warm_containers(self) -> int:
        """How many containers may wait, all images together."""
        return self.warm_memory // WARM_BYTES
