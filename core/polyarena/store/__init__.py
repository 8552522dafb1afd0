"""Where battles, votes, models and events are kept: SQLite by default, PostgreSQL by URL."""

from .database import Store, open_store

__all__ = ["Store", "open_store"]
