"""What every worker does: load, run once to warm up, time repeats, write down the result."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from .votes import Array, save

Run = Callable[[], dict[str, Array]]
Task = Callable[[Path], Run]

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
FORGET_PEAK = "5"


def work(tasks: Mapping[str, Task]) -> None:
    """`TASK VOTES.npz RESULT.npz REPEATS WARM`: time a task; prints seconds and memory as JSON.

    What the task's first call does, loading votes into the shape that the engine takes, is
    neither timed nor measured. `before` is what the process holds when loaded, votes included;
    `peak` the most it holds from then on. (The peak that `getrusage` tells begins with what the
    parent held when it started this process, and has what loading left.)
    """
    name, source, target, repeats, warm = sys.argv[1:6]
    run = tasks[name](Path(source))
    gc.collect()
    RESET.write_text(FORGET_PEAK)
    before = _held("VmRSS")
    for _ in range(int(warm)):
        run()
    seconds, busy = [], []
    for _ in range(int(repeats)):
        begin, used = time.perf_counter(), time.process_time()
        result = run()
        seconds.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
    peak = _held("VmHWM")
    save(Path(target), result)
    print(json.dumps({"seconds": seconds, "busy": busy, "peak": peak, "before": before}))


def _held(field: str) -> int:
    """Bytes of memory that the kernel counts for this process."""
    lines = STATUS.read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith(field))
