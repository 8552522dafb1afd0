"""Apps with a server: the site starts them, and their hosts lead to them and nowhere else."""

from __future__ import annotations

from .policy import confined
from .requests import AppRequests
from .sockets import AppSockets

__all__ = ["AppRequests", "AppSockets", "confined"]
