"""The peers, in an environment of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".build" / "peers"
PINS = ("arena-rank==0.1.1", "choix==0.4.1", "evalica==0.4.2")


def python() -> Path:
    """The interpreter that has the pinned peers; made at the first call.

    Raises:
        RuntimeError: they cannot be installed.
    """
    stamp, found = HOME / "pins.txt", HOME / "bin" / "python"
    wanted = "\n".join(PINS)
    if found.exists() and stamp.exists() and stamp.read_text() == wanted:
        return found
    print(f"Installing {', '.join(PINS)} in {HOME.relative_to(ROOT)} …", flush=True)
    _call(sys.executable, "-m", "venv", "--clear", str(HOME))
    _call(str(found), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS)
    stamp.write_text(wanted)
    return found


def _call(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:4])} failed:\n{done.stderr.strip()}")
