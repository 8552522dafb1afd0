"""Processes of the benchmark's own: where they run, what they cost, that they end."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
CPUS = sorted(os.sched_getaffinity(0))
SERVER_CPU, CLIENT_CPU = CPUS[0], CPUS[-1]
START_SECONDS = 30.0


@dataclass(frozen=True)
class Process:
    """A server: its address, its process id, and the seconds until it was open."""

    url: str
    pid: int
    opened_after: float

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2].rstrip("/"))

    def cpu(self) -> float:
        """Processor seconds it has used, all threads, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) * 1024 / 1e6
        raise RuntimeError(f"process {self.pid} is gone")


@contextmanager
def started(
    command: Sequence[str], env: Mapping[str, str] | None = None, cpu: int = SERVER_CPU
) -> Iterator[Process]:
    """Run a command that prints "open at URL", on one CPU; it is killed at the end.

    Raises:
        RuntimeError: it did not open within `START_SECONDS`.
    """
    began = time.perf_counter()
    with subprocess.Popen(
        ["taskset", "-c", str(cpu), *command],
        env={**os.environ, **(env or {})},
        cwd=tempfile.gettempdir(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            ready, _, _ = select.select([process.stdout], [], [], START_SECONDS)
            line = process.stdout.readline() if ready else ""
            if "open at" not in line:
                raise RuntimeError(f"{' '.join(command)} printed {line!r} and did not open")
            yield Process(line.split()[-1], process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def upstream() -> Iterator[Process]:
    """The double of a model's server, beside the client."""
    with started([sys.executable, str(HERE / "upstream.py")], cpu=CLIENT_CPU) as process:
        yield process


@contextmanager
def floor(double: Process) -> Iterator[Process]:
    """The relay that does nothing else."""
    command = [sys.executable, str(HERE / "floor.py")]
    with started(command, {"BENCH_UPSTREAM": double.url}) as process:
        yield process


@contextmanager
def directory() -> Iterator[Path]:
    """A directory for a server's data, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="polyarena-bench-") as path:
        yield Path(path)


@contextmanager
def polyarena(
    data: Path,
    double: Process | None = None,
    env: Mapping[str, str] | None = None,
    models: str = "",
) -> Iterator[Process]:
    """Our server; with two models behind the double, or with the demo models.

    `models` is added to the configuration of both, as TOML.
    """
    config = data / "bench.toml"
    config.write_text(_models(double, models) if double else "")
    command = [sys.executable, "-m", "polyarena.cli", "serve", "--port", "0", "--data", str(data)]
    if double:
        command.append("--no-demo")
    with started(command, {**(env or {}), "POLYARENA_CONFIG": str(config)}) as process:
        yield process


def _models(double: Process, more: str) -> str:
    return "".join(
        f'[[models]]\nname = "bench-{name}"\n{more}'
        f'config = {{ base_url = "{double.url}/{name}/v1", model = "double" }}\n'
        for name in ("one", "two")
    )
