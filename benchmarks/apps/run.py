"""Measure building and showing apps beside raw Vite and raw Playwright, in the same images."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from apps.stages import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
