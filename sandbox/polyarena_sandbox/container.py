"""One container: what it may do, and its three calls."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .attach import Attached
from .contents import tag
from .limits import Limits
from .seccomp import profile

FIRST_USER = 20_000
USERS = 40_000
GROUP = 65_534
"""A user of its own for every container: some of what the kernel gives out, such as inotify
instances, timers and queued signals, it counts by user, whatever the container."""
SHARED_MEMORY_BYTES = 32 << 20
OOM_SCORE = 500
SPARE_FILES = 64
RUNSC_THREADS = 512
"""gVisor's kernel is a process of the container, whose threads count among its processes."""

MASKED = (
    "/proc/acpi",
    "/proc/asound",
    "/proc/cmdline",
    "/proc/config.gz",
    "/proc/interrupts",
    "/proc/kallsyms",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/modules",
    "/proc/pressure",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/devices/virtual/dmi",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
    "/sys/kernel",
    "/sys/module",
)
READ_ONLY = ("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger")


@dataclass(eq=False, slots=True)
class Container:
    """A started container whose warden waits for a job, or works on it."""

    name: str
    image: str
    tag: str
    attached: Attached
    made: float = field(default_factory=time.monotonic)

    def alive(self) -> bool:
        """Whether its warden still waits; true only before a job was sent."""
        return self.attached.quiet()


def configuration(
    image: str, limits: Limits, labels: Mapping[str, str], number: int
) -> dict[str, Any]:
    """The configuration of an image's container of that number, as the Engine API takes it."""
    own = limits.of(image)
    return {
        "Image": tag(image),
        "Hostname": "sandbox",
        "User": f"{FIRST_USER + number % USERS}:{GROUP}",
        "Labels": dict(labels),
        "AttachStdin": True,
        "AttachStdout": True,
        "AttachStderr": False,
        "OpenStdin": True,
        # When this server dies its end closes, the warden reads the end of its input, and leaves.
        "StdinOnce": True,
        "Tty": False,
        "NetworkDisabled": True,
        "HostConfig": _isolation(image, own) | _bounds(own),
    }


def _isolation(image: str, limits: Limits) -> dict[str, Any]:
    options = {
        "NetworkMode": "none",
        # With an empty list the host's name servers would stand in /etc/resolv.conf.
        "Dns": ["127.0.0.1"],
        "IpcMode": "none",
        "Privileged": False,
        "ReadonlyRootfs": True,
        "CapDrop": ["ALL"],
        "SecurityOpt": ["no-new-privileges:true", f"seccomp={profile(image)}"],
        "MaskedPaths": list(MASKED),
        "ReadonlyPaths": list(READ_ONLY),
        "LogConfig": {"Type": "none", "Config": {}},
        "Init": False,
        "AutoRemove": False,
        "RestartPolicy": {"Name": "no"},
    }
    return options | ({"Runtime": limits.runtime} if limits.runtime else {})


def _bounds(limits: Limits) -> dict[str, Any]:
    folder = f"rw,exec,nosuid,nodev,mode=1777,size={limits.disk:d},nr_inodes={limits.inodes}"
    shared = f"rw,noexec,nosuid,nodev,mode=1777,size={SHARED_MEMORY_BYTES},nr_inodes=1024"
    threads = RUNSC_THREADS if limits.runtime == "runsc" else 0
    return {
        "Memory": int(limits.memory),
        "MemorySwap": int(limits.memory),
        "NanoCpus": round(limits.cpus * 1e9),
        "PidsLimit": limits.processes + threads,
        "OomScoreAdj": OOM_SCORE,
        "Tmpfs": {"/work": folder, "/tmp": folder, "/dev/shm": shared},  # noqa: S108
        "Ulimits": [
            _ulimit("core", 0),
            _ulimit("memlock", 64 << 10),
            _ulimit("nofile", limits.open_files + SPARE_FILES),
            _ulimit("rtprio", 0),
        ],
    }


def _ulimit(name: str, value: int) -> dict[str, Any]:
    return {"Name": name, "Soft": value, "Hard": value}
