"""Pictures of an app by a warm container, beside raw Playwright in the same image."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from docker import DockerClient

from apps.sources import PAGE, REACT
from figures import Figure, median
from kit.contained import run
from kit.shown import show
from kit.web_builds import build_app
from polyarena.sandbox import Outcome
from polyarena_sandbox.protocol import Command

SCRIPT = Path(__file__).with_name("raw_shots.mjs")
WARM_SECONDS = 6.0
FIRST = 2
FIRST_PICTURE: Mapping[str, Any] = {"sizes": ["desktop"], "axe": False, "walk": 0}


def _raw(client: DockerClient, bundle: Mapping[str, bytes], rounds: int) -> list[float]:
    files = {f"app/{name}": data for name, data in bundle.items()}
    files["raw.mjs"] = SCRIPT.read_bytes()
    step = Command("raw", ("node", "raw.mjs", "/work/app", str(rounds + FIRST)), b"", 90)
    ran = run(client, "browser", files, [step], warm=WARM_SECONDS)
    if ran.steps[0].outcome is not Outcome.OK:
        raise RuntimeError(f"raw Playwright failed: {ran.steps[0].stderr!r}")
    times: list[float] = json.loads(ran.steps[0].stdout)
    return times[FIRST:]


def _first(client: DockerClient, name: str, bundle: Mapping[str, bytes], quick: bool) -> Figure:
    rounds = 3 if quick else 9
    ours, raw = [], []
    for _ in range(rounds):
        ours.append(show(client, bundle, warm=WARM_SECONDS, **FIRST_PICTURE).ran.seconds * 1e3)
        raw += _raw(client, bundle, 3)
    note = "floor: raw Playwright in the same image"
    return Figure(
        f"{name}, first picture", median(ours), "ms", median(raw), 1.5, of_floor=True, note=note
    )


def measure(client: DockerClient, quick: bool) -> list[Figure]:
    """From the job's first byte to the last of what was seen, in ms."""
    react, page = (build_app(client, app).bundle for app in (REACT, PAGE))
    rounds = 3 if quick else 9
    whole = [show(client, react, warm=WARM_SECONDS).ran.seconds * 1e3 for _ in range(rounds)]
    cold = []
    for _ in range(rounds):
        began = time.perf_counter()
        show(client, react, **FIRST_PICTURE)
        cold.append((time.perf_counter() - began) * 1e3)
    return [
        _first(client, "React app", react, quick),
        _first(client, "HTML page", page, quick),
        Figure("React app, three pictures, axe and the walk", median(whole), "ms"),
        Figure("React app, first picture, container made first and removed", median(cold), "ms"),
        _sustained(client, react, quick),
    ]


def _sustained(client: DockerClient, bundle: Mapping[str, bytes], quick: bool) -> Figure:
    """Two at a time, each in a container that is made for it."""
    jobs = 4 if quick else 16
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        shown = list(pool.map(lambda _: show(client, bundle, axe=False, walk=0), range(jobs)))
    taken = time.perf_counter() - began
    pictures = sum(len(one.shots) for one in shown)
    return Figure(
        "pictures, sustained", pictures / taken, "/s", least=1.5, note="three a container"
    )
