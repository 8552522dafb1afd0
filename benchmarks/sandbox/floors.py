"""What the sandbox is measured against: `docker run` with the same options, and no sandbox."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from machine import directory
from polyarena_sandbox.container import configuration
from polyarena_sandbox.leftovers import LABEL, mark
from polyarena_sandbox.limits import Limits

from .ours import IMAGE, SOURCE

PYTHON = str(Path(sys.base_prefix) / "bin" / "python3")
"""Outside of any virtual environment, whose start takes longer."""


def subprocess_run() -> None:
    """Run the smallest program as a child of this process.

    Raises:
        RuntimeError: it failed.
    """
    _run([PYTHON, "-c", SOURCE])


@contextmanager
def docker_run() -> Iterator[Sequence[str]]:
    """The command that runs the smallest program in a container held as ours are."""
    limits = Limits.read({})
    asked = configuration(IMAGE, limits, {LABEL: mark()}, 1)
    with directory() as folder:
        command = ["docker", "run", "--rm", *_options(asked, folder)]
        yield [*command, "--entrypoint", "python3", asked["Image"], "-c", SOURCE]


def run(command: Sequence[str]) -> None:
    """Run a command that prints 1.

    Raises:
        RuntimeError: it failed.
    """
    _run(command)


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL)
    if done.returncode or done.stdout != b"1\n":
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()}")


def _options(asked: Mapping[str, Any], folder: Path) -> list[str]:
    """A configuration in the words of the command, which has none for masked paths."""
    host = asked["HostConfig"]
    security = []
    for option in host["SecurityOpt"]:
        name, _, value = option.partition("=")
        if name == "seccomp":
            (folder / "seccomp.json").write_text(value)
            option = f"seccomp={folder / 'seccomp.json'}"
        security.append(option)
    many = {
        "--label": [f"{name}={value}" for name, value in asked["Labels"].items()],
        "--dns": host["Dns"],
        "--cap-drop": host["CapDrop"],
        "--security-opt": security,
        "--tmpfs": [f"{path}:{options}" for path, options in host["Tmpfs"].items()],
        "--ulimit": [f"{one['Name']}={one['Soft']}:{one['Hard']}" for one in host["Ulimits"]],
    }
    one = {
        "--user": asked["User"],
        "--hostname": asked["Hostname"],
        "--network": host["NetworkMode"],
        "--ipc": host["IpcMode"],
        "--log-driver": host["LogConfig"]["Type"],
        "--memory": host["Memory"],
        "--memory-swap": host["MemorySwap"],
        "--cpus": host["NanoCpus"] / 1e9,
        "--pids-limit": host["PidsLimit"],
        "--oom-score-adj": host["OomScoreAdj"],
    }
    options = [f"{name}={value}" for name, value in one.items()]
    options += [f"{name}={value}" for name, values in many.items() for value in values]
    return [*options, *(["--read-only"] if host["ReadonlyRootfs"] else [])]
