"""Containers that a server left behind, told from those of one that is at work."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from docker import DockerClient

LABEL = "polyarena.sandbox"
"""On every container; its value tells which process made it."""
STRANGERS_SECONDS = 24 * 3600
"""No container lives so long, so one whose server cannot be asked was left behind."""

log = structlog.get_logger("polyarena.sandbox")


@cache
def _host() -> str:
    """What processes share that can see one another: a boot and a PID namespace."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return ""


def _started(process: int) -> str:
    """When a process started, in ticks since the boot; nothing where there is none such."""
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in "ZX" else fields[19]
    return ""


def mark() -> str:
    """The label's value for containers of this process: host, process, and when it started."""
    return f"{_host()}:{os.getpid()}:{_started(os.getpid())}"


def is_left(value: str, age: float) -> bool:
    """Whether a container with this label's value, so many seconds old, was left behind."""
    host, _, rest = value.partition(":")
    process, _, started = rest.partition(":")
    if not host or host != _host() or not process.isdecimal():
        return age > STRANGERS_SECONDS
    return _started(int(process)) != started


def remove_leftovers(client: DockerClient) -> None:
    """Remove the containers of servers that no longer run.

    Raises:
        docker.errors.DockerException, requests.RequestException: the engine failed.
    """
    from docker.errors import APIError

    found: list[Mapping[str, Any]] = client.api.containers(all=True, filters={"label": LABEL})
    for one in found:
        if is_left(one["Labels"].get(LABEL, ""), time.time() - one["Created"]):
            # Another server that starts at this moment may be removing the same one.
            with suppress(APIError):
                client.api.remove_container(one["Id"], v=True, force=True)
                log.info("removed a container that a server had left", container=one["Id"][:12])
