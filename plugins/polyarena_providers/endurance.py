"""How long a picture is waited for, and how much of it is taken."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from .patience import Patience


class Endurance(BaseModel):
    """Seconds to wait: to connect, and for the picture in all; painting takes its time.

    `bytes` is the most that an answer may have, `retries` how often a request is sent again before
    it has begun to be answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    connect: float = Field(default=10, gt=0)
    total: float = Field(default=570, gt=0)
    bytes: int = Field(default=40_000_000, gt=0)
    retries: int = Field(default=2, ge=0, le=10)

    @property
    def patience(self) -> Patience:
        """The same, of a request whose answer comes in one piece."""
        return Patience(
            connect=self.connect,
            first_token=self.total,
            between_tokens=self.total,
            total=self.total,
            retries=self.retries,
        )
