"""New plugins, written from the templates beside this."""

from __future__ import annotations

from .writing import NewPlugin, write

__all__ = ["NewPlugin", "write"]
