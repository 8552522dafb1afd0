"""Measure Polyarena beside a floor, in one run; traffic goes to 127.0.0.1 only."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import uvloop

import crowds
import page_load
import paintings
import pictures
import previews
import shown
import startup
import streaming
import voting
from figures import Figure, table
from machine import CLIENT_CPU, CPUS
from streams import streams

Stage = Callable[[bool], list[Figure]]


async def _streaming(quick: bool) -> list[Figure]:
    with streams() as servers:
        return await streaming.measure(servers, quick)


async def _crowds(quick: bool) -> list[Figure]:
    with streams() as servers:
        return await crowds.measure(servers, quick)


async def _ramp(quick: bool) -> list[Figure]:
    with streams() as servers:
        return await crowds.ramp(servers, quick)


STAGES: dict[str, Stage] = {
    "alone": lambda quick: uvloop.run(_streaming(quick)),
    "fifty": lambda quick: uvloop.run(_crowds(quick)),
    "held": lambda quick: uvloop.run(_ramp(quick)),
    "votes": voting.measure,
    "start": startup.measure,
    "page": page_load.measure,
    "pictures": pictures.measure,
    "paintings": paintings.measure,
    "shown": shown.measure,
    "previews": previews.measure,
}


def main() -> int:
    """Run the stages and print the table; 1 if a target is missed or a stage failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of everything, in 2 minutes")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=list(STAGES), metavar="STAGE")
    parser.add_argument("--install", action="store_true", help="install a built wheel and weigh it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    asked = parser.parse_args()
    # So that every process and directory is cleaned up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.sched_setaffinity(0, {CLIENT_CPU})
    before = os.getloadavg()[0]
    figures: list[Figure] = []
    failures: list[str] = []
    for name in asked.only:
        began = time.monotonic()
        try:
            figures += STAGES[name](asked.quick)
        except (RuntimeError, OSError, TimeoutError) as error:
            failures.append(f"{name}: {error}")
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    if asked.install:
        figures.append(startup.installed_anew())
    load = ", ".join(f"{one:.1f}" for one in (before, os.getloadavg()[0]))
    print(f"{len(CPUS)} CPUs, load before and after: {load}\n{table(figures)}")
    for failure in failures:
        print(failure, file=sys.stderr)
    if asked.json:
        asked.json.write_text(json.dumps([figure.as_json() for figure in figures], indent=1))
    return 1 if failures or any(figure.met is False for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
