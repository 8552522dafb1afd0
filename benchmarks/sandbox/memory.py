"""What a waiting container costs: its processes, and what the kernel counts for it."""

from __future__ import annotations

from pathlib import Path

from figures import Figure, median
from polyarena_sandbox.limits import WARM_BYTES

from .ours import IMAGE, calm, started
from .traces import Traces

CGROUPS = Path("/sys/fs/cgroup")


async def measure(quick: bool, traces: Traces) -> list[Figure]:
    """Medians of a few containers that wait.

    Raises:
        RuntimeError: the engine's processes are not on this machine, or not to be read.
    """
    number = 2 if quick else 6
    shims, wardens, groups = [], [], []
    async with started(warm={IMAGE: number}, warm_memory=number * WARM_BYTES) as sandbox:
        await calm(sandbox, traces, number)
        try:
            for process in traces.processes():
                shims.append(_resident(_parent(process)))
                wardens.append(_resident(process))
                groups.append(_counted(process))
        except OSError as error:
            raise RuntimeError(f"the engine's processes cannot be read: {error}") from error
    together = [shim + group for shim, group in zip(shims, groups, strict=True)]
    return [
        Figure("waiting container: its shim, resident", median(shims), "MB"),
        Figure("waiting container: its warden, resident", median(wardens), "MB"),
        Figure("waiting container: its control group", median(groups), "MB"),
        Figure(
            "waiting container: shim and control group",
            median(together),
            "MB",
            most=WARM_BYTES / 1e6,
            note="the target is what the pool counts it as",
        ),
    ]


def _resident(process: int) -> float:
    """Megabytes that are in memory, those shared with others of its kind included."""
    return _field(process, "VmRSS") * 1024 / 1e6


def _parent(process: int) -> int:
    return _field(process, "PPid")


def _field(process: int, name: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _counted(process: int) -> float:
    """Megabytes the kernel counts for the container: the warden, its pages, kernel memory."""
    for line in Path(f"/proc/{process}/cgroup").read_text().splitlines():
        number, controllers, path = line.split(":", 2)
        if "memory" in controllers.split(","):
            return _number(CGROUPS / "memory" / path[1:] / "memory.usage_in_bytes")
        if number == "0" and (file := CGROUPS / path[1:] / "memory.current").exists():
            return _number(file)
    raise RuntimeError("the container's memory is counted nowhere")


def _number(file: Path) -> float:
    return int(file.read_text()) / 1e6
