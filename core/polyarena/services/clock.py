"""The time, as the services are told it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Two clocks, in seconds: `wall` since 1970, and `steady`, which is never set back."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
