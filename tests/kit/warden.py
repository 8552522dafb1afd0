"""The warden, compiled from its source, as a child of the test or as process 1 of a container."""

from __future__ import annotations

import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import docker

import polyarena_sandbox
from polyarena.sandbox import SourceFile, StepResult
from polyarena_sandbox.base import BASE, ensure_base
from polyarena_sandbox.protocol import (
    Bounds,
    Command,
    FileCame,
    FileLeft,
    Finished,
    Reader,
    StepEnded,
    encode,
)

SOURCE = Path(polyarena_sandbox.__file__).parent / "images" / "warden"
BOUNDS = Bounds(
    output_bytes=100_000,
    files=5,
    file_bytes=10_000,
    total_bytes=20_000,
    open_files=64,
    file_size=50_000,
)
CAREFUL = (
    *("--network", "none", "--read-only", "--cap-drop", "ALL", "--user", "65534:65534"),
    *("--security-opt", "no-new-privileges", "--security-opt", "seccomp=unconfined"),
    *("--memory", "64m", "--memory-swap", "64m", "--pids-limit", "32"),
    *("--tmpfs", "/work:mode=1777,size=4m,nr_inodes=20000"),
    *("--tmpfs", "/tmp:mode=1777,size=1m,nr_inodes=64"),
)


@dataclass(frozen=True)
class Reported:
    """All that a warden said; `left` are the reasons by name, `trouble` its own standard error."""

    steps: tuple[StepResult, ...]
    files: Mapping[str, bytes]
    left: Mapping[str, str]
    finished: bool
    trouble: str

    @property
    def step(self) -> StepResult:
        """The only step."""
        (only,) = self.steps
        return only


def sh(script: str, *, stdin: bytes = b"", seconds: float = 20.0, name: str = "run") -> Command:
    """A step that is a shell's script."""
    return Command(name, ("sh", "-c", script), stdin, seconds)


def compiled(folder: Path, *sources: Path) -> Path:
    """A static program made of C sources; the warden's own where none are named.

    Raises:
        RuntimeError: there is no C compiler.
    """
    if not shutil.which("cc"):
        raise RuntimeError("A C compiler is needed: install gcc and libc6-dev.")
    program = folder / (sources[0].stem if sources else "warden")
    strict = ("-Wall", "-Wextra", "-Werror", "-O2", "-static")
    files = sources or sorted(SOURCE.glob("*.c"))
    subprocess.run(["cc", *strict, "-o", program, *files], check=True)
    return program


@contextmanager
def image(*programs: Path) -> Iterator[str]:
    """An image of the base with these programs, the first its entry point; removed at the end."""
    tag = f"polyarena-test-warden:{uuid.uuid4().hex[:12]}"
    folder = programs[0].parent
    names = " ".join(program.name for program in programs)
    entry = f'ENTRYPOINT ["/usr/local/bin/{programs[0].name}"]'
    (folder / "Dockerfile").write_text(f"FROM {BASE}\nCOPY {names} /usr/local/bin/\n{entry}\n")
    with closing(docker.from_env()) as client:
        ensure_base(client, print)
        client.images.build(path=str(folder), tag=tag, rm=True, forcerm=True)
        try:
            yield tag
        finally:
            client.images.remove(tag, force=True)


def run_here(
    warden: Path,
    folder: Path,
    commands: Sequence[Command],
    files: Sequence[SourceFile] = (),
    bounds: Bounds = BOUNDS,
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Reported:
    """Run a job in that folder, with the warden as this process's child."""
    job = encode(files, commands, bounds, environment or {})
    return _reported([str(warden), str(folder), *_ahead(before)], job, bounds)


def run_contained(
    tag: str,
    commands: Sequence[Command],
    bounds: Bounds = BOUNDS,
    before: Sequence[str] = (),
) -> Reported:
    """Run a job in a container of its own, with the warden as process 1."""
    name = f"polyarena-test-{uuid.uuid4().hex[:12]}"
    start = ["docker", "run", "--rm", "-i", "--name", name, *CAREFUL, tag, *_ahead(before)]
    try:
        return _reported(start, encode((), commands, bounds, {}), bounds)
    except subprocess.TimeoutExpired:
        subprocess.run(["docker", "rm", "-f", name], check=True, stdout=subprocess.DEVNULL)
        raise


def _ahead(command: Sequence[str]) -> Sequence[str]:
    return ("--before", *command) if command else ()


def _reported(start: Sequence[str], job: bytes, bounds: Bounds) -> Reported:
    done = subprocess.run(start, input=job, capture_output=True, timeout=60)
    reports = Reader(bounds).feed(done.stdout)
    return Reported(
        steps=tuple(r.result for r in reports if isinstance(r, StepEnded)),
        files={r.file.name: r.file.data for r in reports if isinstance(r, FileCame)},
        left={r.file.name: r.file.reason for r in reports if isinstance(r, FileLeft)},
        finished=any(isinstance(r, Finished) for r in reports),
        trouble=done.stderr.decode(),
    )
