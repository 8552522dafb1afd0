"""A PostgreSQL cluster of the tests' own, on a socket in a temporary directory."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.ports import free_port

NEEDED = "PostgreSQL is needed: install the package postgresql (make test does, where it may)"


def binaries() -> Path:
    """Where initdb and pg_ctl are.

    Raises:
        RuntimeError: PostgreSQL is not installed.
    """
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not versions:
        raise RuntimeError(NEEDED)
    return versions[-1].parent


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and yield the URL of its maintenance database."""
    with tempfile.TemporaryDirectory(prefix="polyarena-pg-") as directory:
        home = Path(directory)
        port = free_port()
        owner = _owner(home)
        data = str(home / "data")
        _run(owner, "initdb", "-D", data, "-U", "polyarena", "--auth=trust", "-E", "UTF8")
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
        log = str(home / "log")
        _run(owner, "pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield f"postgresql://polyarena@127.0.0.1:{port}/postgres"
        finally:
            _run(owner, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _owner(home: Path) -> int | None:
    """PostgreSQL refuses to run as root: then the user `postgres` owns the cluster."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam("postgres")
    os.chown(home, entry.pw_uid, entry.pw_gid)
    return entry.pw_uid


def _run(owner: int | None, command: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(binaries() / command), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        user=owner,
        group=None if owner is None else pwd.getpwuid(owner).pw_gid,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.decode()}")
