"""The stages of the benchmark, and its command line."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path

import docker.errors
import structlog
import uvloop

from figures import Figure, table
from polyarena import SandboxError

from . import empty, killing, memory, start, sustained, warm
from .traces import Traces, following

Stage = Callable[[bool, Traces], Coroutine[None, None, list[Figure]]]

STAGES: dict[str, Stage] = {
    "warm": warm.measure,
    "empty": empty.measure,
    "sustained": sustained.measure,
    "memory": memory.measure,
    "kill": killing.measure,
    "start": start.measure,
}


def main() -> int:
    """Run the stages and print the table; 1 if a target is missed or a stage failed."""
    parser = argparse.ArgumentParser(description="Measure the sandbox beside bare Docker.")
    parser.add_argument("--quick", action="store_true", help="less of everything, in a minute")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=list(STAGES), metavar="STAGE")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    asked = parser.parse_args()
    # So that every process and container is cleaned up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    quiet = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=quiet)
    began, before = time.monotonic(), os.getloadavg()[0]
    figures: list[Figure] = []
    failures: list[str] = []
    try:
        with following() as traces:
            for name in asked.only:
                _measure(name, asked.quick, traces, figures, failures)
            figures += traces.figures()
    except docker.errors.DockerException as error:
        failures.append(f"Docker: {error}")
    load = ", ".join(f"{one:.1f}" for one in (before, os.getloadavg()[0]))
    print(f"{os.cpu_count()} CPUs, load before and after: {load}; ", end="")
    print(f"{time.monotonic() - began:.0f} s\n{table(figures)}")
    for failure in failures:
        print(failure, file=sys.stderr)
    if asked.json:
        asked.json.write_text(json.dumps([figure.as_json() for figure in figures], indent=1))
    return 1 if failures or any(figure.met is False for figure in figures) else 0


def _measure(
    name: str, quick: bool, traces: Traces, figures: list[Figure], failures: list[str]
) -> None:
    began = time.monotonic()
    try:
        figures += uvloop.run(STAGES[name](quick, traces))
    except (RuntimeError, OSError, TimeoutError, SandboxError) as error:
        failures.append(f"{name}: {error or type(error).__name__}")
    print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
