"""Workers: one process a task, all with the same environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import numpy as np

from . import peers
from .votes import Array

SOURCES = Path(__file__).resolve().parents[1]
OURS = ("ours", "lbfgs")
# Two settings of some machines that slow numpy down, and threads that cost small matrices more
# than they gain while anything else runs: for us and peers alike.
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
SETTINGS = {"OPENBLAS_NUM_THREADS": "1"} | {
    name: text for name, text in os.environ.items() if name not in UNSET
}


@dataclass(frozen=True)
class Measured:
    """What a worker measured: median seconds, peak bytes, bytes over those it loaded with."""

    seconds: float
    peak: int
    added: int
    result: Mapping[str, Array]


@dataclass(frozen=True)
class Bench:
    """Runs workers one after the other and keeps what they write in `folder`."""

    folder: Path
    repeats: int
    done: dict[tuple[str, str, Path], Measured] = field(default_factory=dict)

    def run(
        self, worker: str, task: str, votes: Path, repeats: int | None = None, warm: int = 1
    ) -> Measured:
        """Run `task` of `worker`, after `warm` runs that do not count.

        Raises:
            RuntimeError: the worker failed; with what it wrote.
        """
        python = Path(sys.executable) if worker in OURS else peers.python()
        target = self.folder / f"{worker}-{task}-{votes.stem}.npz"
        times = str(repeats or self.repeats), str(warm)
        print(f"  {worker} {task}, {votes.stem} …", file=sys.stderr, flush=True)
        done = subprocess.run(
            [python, "-m", f"rating.worker_{worker}", task, votes, target, *times],
            env={**SETTINGS, "PYTHONPATH": str(SOURCES)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{worker} {task} failed:\n{done.stderr.strip()[-2000:]}")
        told = json.loads(done.stdout.splitlines()[-1])
        with np.load(target) as kept:
            result = {name: kept[name] for name in kept}
        peak, before = int(told["peak"]), int(told["before"])
        measured = Measured(median(told["seconds"]), peak, peak - before, result)
        self.done[worker, task, votes] = measured
        return measured

    def result(self, worker: str, task: str, votes: Path) -> Mapping[str, Array]:
        """What `task` of `worker` finds; of the run that was timed, if there was one."""
        done = self.done.get((worker, task, votes)) or self.run(worker, task, votes, 1, 0)
        return done.result
