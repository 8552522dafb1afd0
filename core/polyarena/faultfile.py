"""The faults of plugins in a running server, kept in a file for whoever asks from the shell."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from .plugins import Fault

NAME = "plugin-faults.json"


def write_faults(data: Path, faults: Sequence[Fault]) -> None:
    """Keep faults in the data directory, in place of those before; a full disk is no fault more."""
    with suppress(OSError):
        handle, draft = tempfile.mkstemp(dir=data, prefix=NAME)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([asdict(fault) for fault in faults], file)
        os.replace(draft, data / NAME)


def read_faults(data: Path) -> list[Fault]:
    """The faults of the server that last used the data directory; none where nothing is kept."""
    try:
        kept = json.loads((data / NAME).read_text(encoding="utf-8"))
        return [Fault(**fault) for fault in kept]
    except (OSError, ValueError, TypeError):
        return []
