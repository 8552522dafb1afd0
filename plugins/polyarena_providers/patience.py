"""How long an answer is waited for, and how much of it is taken."""

from __future__ import annotations

import asyncio

from pydantic import BaseModel, ConfigDict, Field

from polyarena import Failure, ProviderError


class Patience(BaseModel):
    """Seconds to wait: to connect, for the first token, between tokens, in all.

    `answer` is the greatest length of an answer in characters, `retries` how often a request is
    sent again before it has begun to be answered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    connect: float = Field(default=10, gt=0)
    first_token: float = Field(default=60, gt=0)
    between_tokens: float = Field(default=30, gt=0)
    total: float = Field(default=600, gt=0)
    answer: int = Field(default=200_000, gt=0)
    retries: int = Field(default=2, ge=0, le=10)


class Deadline:
    """When patience ends, on the running loop's clock; moved on by every token."""

    def __init__(self, patience: Patience) -> None:
        self._clock = asyncio.get_running_loop().time
        self._between = patience.between_tokens
        now = self._clock()
        self._end = now + patience.total
        self.at = min(now + patience.first_token, self._end)

    @property
    def left(self) -> float:
        """Seconds until it passes."""
        return self.at - self._clock()

    def token(self) -> None:
        """A token came: wait anew for the next."""
        self.at = min(self._clock() + self._between, self._end)

    def shorten(self, seconds: float) -> None:
        """Wait no longer than so many seconds from now."""
        self.at = min(self.at, self._clock() + seconds)

    def failure(self) -> ProviderError:
        """What it means that it passed."""
        if self.at == self._end:
            return ProviderError(Failure.ENDLESS, "the answer took longer than the total time")
        return ProviderError(Failure.SILENT, "no token came in time")
