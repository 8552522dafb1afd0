"""The stages of the benchmark, and its command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

from apps import building, showing, whole
from figures import Figure, table
from kit.contained import built

STAGES = {"building": building.measure, "showing": showing.measure, "whole": whole.measure}


def main() -> int:
    """Run the stages and print the table; 1 if a target is missed."""
    parser = argparse.ArgumentParser(description="Measure building and showing apps.")
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--only", nargs="+", choices=STAGES, default=list(STAGES), metavar="STAGE")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    asked = parser.parse_args()
    began, before = time.monotonic(), os.getloadavg()[0]
    figures: list[Figure] = []
    with built("web"), built("browser") as client:
        for name in asked.only:
            figures += STAGES[name](client, asked.quick)
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    load = ", ".join(f"{one:.1f}" for one in (before, os.getloadavg()[0]))
    print(f"{os.cpu_count()} CPUs, load before and after: {load}\n{table(figures)}")
    if asked.json:
        asked.json.write_text(json.dumps([figure.as_json() for figure in figures], indent=1))
    return 1 if any(figure.met is False for figure in figures) else 0
