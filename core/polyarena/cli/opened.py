"""Running a command on the services, beside a server or without one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from ..services import Services

T = TypeVar("T")


def run_with_services(work: Callable[[Services], Awaitable[T]]) -> T:
    """Open the services by the settings, do the work, close them."""
    from .. import logs
    from ..services import open_services
    from ..settings import Settings

    async def main() -> T:
        settings = Settings.load()
        logs.configure(as_json=settings.log_json)
        async with open_services(settings, server=False) as services:
            return await work(services)

    return asyncio.run(main())
