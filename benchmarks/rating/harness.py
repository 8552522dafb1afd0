"""What every worker does: load, run once to warm up, time repeats, write down the result."""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from .votes import Array, save

Run = Callable[[], dict[str, Array]]
Task = Callable[[Path], Run]

PAGE = os.sysconf("SC_PAGE_SIZE")


def work(tasks: Mapping[str, Task]) -> None:
    """`TASK VOTES.npz RESULT.npz REPEATS WARM`: time a task; prints seconds and memory as JSON.

    What the task's first call does, loading votes into the shape that the engine takes, is not
    timed. `peak` is the most bytes the process ever held; `before` what it held when loaded.
    """
    name, source, target, repeats, warm = sys.argv[1:6]
    run = tasks[name](Path(source))
    gc.collect()
    before = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    for _ in range(int(warm)):
        run()
    seconds, busy = [], []
    for _ in range(int(repeats)):
        begin, used = time.perf_counter(), time.process_time()
        result = run()
        seconds.append(time.perf_counter() - begin)
        busy.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    save(Path(target), result)
    print(json.dumps({"seconds": seconds, "busy": busy, "peak": peak, "before": before}))
