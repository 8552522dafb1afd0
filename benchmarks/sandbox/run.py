"""Measure the sandbox beside bare Docker and a bare subprocess, in one run."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

# This folder, not the one beside `core`, which is not on the path.
from sandbox.stages import main  # noqa: TID251

if __name__ == "__main__":
    sys.exit(main())
