"""Taking times, in milliseconds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import perf_counter

from figures import percentile


def timed(work: Callable[[], object]) -> float:
    """Milliseconds that a call takes; while it goes on nothing else of this process does."""
    began = perf_counter()
    work()
    return 1000 * (perf_counter() - began)


async def timed_async(work: Awaitable[object]) -> float:
    """Milliseconds until something is done."""
    began = perf_counter()
    await work
    return 1000 * (perf_counter() - began)


def high(values: list[float]) -> float:
    """The 95th percentile."""
    return percentile(values, 0.95)
