"""A server as its own process, started as a person would start it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NO_SANDBOX = '["code", "sandbox", "webdev"]'


@dataclass(frozen=True)
class Served:
    """A running server: its address and its process."""

    url: str
    process: subprocess.Popen[str]


def polyarena(
    *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command and hand back what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "polyarena.cli", *arguments],
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def server_process(data: Path, env: Mapping[str, str] | None = None) -> Iterator[Served]:
    """`polyarena serve` on a free port; killed at the end if it still runs.

    It serves without sandbox, unless `env` says which plugins are disabled.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "polyarena.cli", "serve", "--port", "0", "--data", str(data)],
        env={**os.environ, "POLYARENA_DISABLED_PLUGINS": NO_SANDBOX, **(env or {})},
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert "open at" in line, f"the server printed {line!r}"
            yield Served(line.split()[-1], process)
        finally:
            process.kill()
            process.wait()
