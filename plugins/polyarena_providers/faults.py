"""What went wrong upstream, as the kinds of failure that Polyarena knows."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from polyarena import Failure, ProviderError

DETAIL_LIMIT = 500
LONGEST_PAUSE = 5.0
RETRIED = frozenset({429, 500, 502, 503, 504})
_jitter = random.SystemRandom()


class StatusFault(ProviderError):
    """An HTTP status other than success; `body` is the beginning of what came with it."""

    def __init__(self, status: int, headers: Mapping[str, str], body: str) -> None:
        super().__init__(
            _kind(status),
            f"HTTP {status}: {body}",
            retry_after=retry_after(headers.get("retry-after")),
        )
        self.status = status
        self.body = body


def pause(error: ProviderError, tries: int) -> float | None:
    """Seconds to wait before a request is sent again, or None where that would not help.

    `tries` is how often it has failed before this time. A Retry-After is honoured up to
    `LONGEST_PAUSE` seconds.
    """
    temporary = error.status in RETRIED if isinstance(error, StatusFault) else False
    if not temporary and error.failure is not Failure.UNREACHABLE:
        return None
    wait = _jitter.uniform(0.15, 0.45) * 2**tries
    if error.retry_after is not None:
        wait = error.retry_after + wait / 4
    return wait if wait <= LONGEST_PAUSE else None


def retry_after(value: str | None) -> float | None:
    """Seconds to wait by a Retry-After header (a number or a date), or None."""
    if not value:
        return None
    try:
        return min(max(float(int(value)), 0), 86_400)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(value).timestamp() - time.time(), 0)
    except ValueError:
        return None


def without(error: ProviderError, key: str) -> ProviderError:
    """The same fault, fit to be logged: without the key, and no longer than `DETAIL_LIMIT`."""
    detail = error.detail.replace(key, "[key]") if key else error.detail
    return ProviderError(error.failure, detail[:DETAIL_LIMIT], retry_after=error.retry_after)


def _kind(status: int) -> Failure:
    if status in (401, 403):
        return Failure.UNAUTHORISED
    if status == 429:
        return Failure.RATE_LIMITED
    return Failure.SERVER_ERROR if status >= 500 else Failure.REFUSED
