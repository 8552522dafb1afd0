"""Snapshots: what a test saw, kept in a file beside it, to be looked at and compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path

from ..content import Part


def parts_text(parts: Iterable[Part]) -> str:
    """Parts as JSON that is the same on every run: sorted keys, no defaults."""
    plain = [{"type": each.type, **each.model_dump(exclude_defaults=True)} for each in parts]
    return json.dumps(plain, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


class PartSnapshots:
    """Compares parts with those that a file in `folder` holds.

    A file that is missing is written; with `update` every file is written anew.
    """

    def __init__(self, folder: Path, *, update: bool = False) -> None:
        self._folder = folder
        self._update = update

    def check(self, name: str, parts: Iterable[Part]) -> None:
        """Compare, or write what is there now.

        Raises:
            AssertionError: they differ; the message shows how.
        """
        path, text = self._folder / f"{name}.json", parts_text(parts)
        if self._update or not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        before = path.read_text(encoding="utf-8")
        if before != text:
            lines = unified_diff(
                before.splitlines(), text.splitlines(), str(path), "this run", lineterm=""
            )
            shown = "\n".join(lines)
            raise AssertionError(f"{shown}\nIf this is as it should be, delete {path.name}.")
