from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polyarena.rating

CORE = Path(polyarena.rating.__file__).parents[2]


def test_importing_the_engine_imports_no_scipy() -> None:
    script = "import sys, polyarena.rating; print(sorted(m for m in sys.modules if 'scipy' in m))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=CORE
    )
    assert done.stdout.strip() == "[]"


def test_public_names_are_sorted_and_there() -> None:
    names = polyarena.rating.__all__
    kinds = [(not n.isupper(), n[0].islower(), n) for n in names]
    assert kinds == sorted(kinds)
    assert all(hasattr(polyarena.rating, name) for name in names)
