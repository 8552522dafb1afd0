"""What several test modules share."""

from __future__ import annotations

QUIET = frozenset({"demo", "code", "sandbox"})
"""Plugins that a test does without: those that answer by themselves or need an engine."""
