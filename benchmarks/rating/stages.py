"""The stages of the benchmark, and its command line."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from . import accuracy, faults, growth, peers, rules, speed
from .launch import Bench
from .table import Row, table
from .votes import real, synthetic

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SEED = 20
# Times as fast as a climb of the likelihood vote by vote, where votes are many.
OF_CLIMB, MANY = 15, 1_000_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer votes and models")
    parser.add_argument("--json", type=Path, help="write the rows here")
    options = parser.parse_args()
    begin = time.monotonic()
    try:
        peers.python()
        with tempfile.TemporaryDirectory() as folder:
            rows = list(_stages(Bench(Path(folder), 3 if options.quick else 5), options.quick))
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"\n{_machine()}; load {load}; {time.monotonic() - begin:.0f} s\n")
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps([row.as_json() for row in rows], indent=1))
    return 0


def _stages(bench: Bench, quick: bool) -> Iterator[Row]:
    yield from _real(bench)
    sizes = ((100_000, 100),) if quick else ((1_000_000, 200), (5_000_000, 300))
    for place, (votes, models) in enumerate(sizes):
        yield from _made(bench, votes, models, place == 0, quick)
    yield from _checked(bench, _file(bench, sizes[0][0]), quick)
    steps = (100_000, 200_000) if quick else (1_000_000, 2_000_000, 5_000_000, 10_000_000)
    yield from growth.growth(bench, "Growth", steps, 100 if quick else 200, SEED)


def _real(bench: Bench) -> Iterator[Row]:
    if not DATA.is_dir():
        print(f"Skipped the votes of people: {DATA} is not a directory.", file=sys.stderr)
        return
    file = DATA / "llmfao_crowd.csv"
    crowd = real(file, ("left", "right"))
    part = f"Votes of people: {len(crowd.first):,} on {len(crowd.names)} models (LLMFAO, CC BY 4.0)"
    votes = crowd.save(bench.folder / "crowd.npz")
    yield from speed.ratings_only(bench, part, votes)
    yield from speed.with_intervals(bench, part, votes, bench.repeats - 2)
    styled = real(DATA / "llmfao_crowd_style.csv", ("model_a", "model_b"))
    told = styled.save(bench.folder / "crowd-style.npz")
    yield from speed.style(bench, part, told, bench.repeats - 2)
    part = "Largest difference, votes of people"
    yield from accuracy.plain(bench, part, votes)
    yield from accuracy.golden(bench, part, votes, DATA / "evalica_llmfao-golden.csv")
    yield from accuracy.style(bench, part, told)


def _made(bench: Bench, count: int, models: int, first: bool, quick: bool) -> Iterator[Row]:
    part = f"Made: {count:,} votes on {models} models"
    votes = synthetic(count, models, SEED, styled=True)
    file = votes.save(_file(bench, count))
    yield from speed.ratings_only(bench, part, file)
    yield from speed.with_intervals(bench, part, file, 3 if first and not quick else 1)
    if first:
        yield from speed.bootstraps(bench, part, file)
    of_climb = OF_CLIMB if count >= MANY else None
    yield from speed.style(bench, part, file, 2 if first and not quick else 1, of_climb)
    if first and not (quick and DATA.is_dir()):
        yield from accuracy.plain(bench, f"Largest difference, {count:,} made votes", file)
    file.unlink()


def _checked(bench: Bench, made: Path, quick: bool) -> Iterator[Row]:
    """Accuracy of style control, and faults; some of those of runs on the votes `made`."""
    styled = synthetic(50_000, 60, SEED, styled=True)
    file = styled.save(bench.folder / "made-50k.npz")
    yield from accuracy.style(bench, "Largest difference, 50,000 made votes", file)
    part = "Faults of peers"
    votes = 1_000_000 if quick else 5_000_000
    yield from faults.coverage(bench, part, votes, 100 if quick else 400, SEED)
    yield from faults.planted(bench, part, made)
    yield from faults.refits(bench, part, made)
    yield from rules.percentiles(bench, part, 60 if quick else 300, SEED)
    yield from rules.surprise(part, 5 if quick else 20, SEED)
    yield from rules.cycles(part, 20 if quick else 100, SEED)


def _file(bench: Bench, count: int) -> Path:
    return bench.folder / f"made-{count // 1000}k.npz"


def _machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = models[0].split(": ", 1)[1] if models else cpu
    return f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}"
