"""How long an answer is waited for, and how much of it is taken."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


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
