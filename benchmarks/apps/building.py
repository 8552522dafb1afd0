"""An app built by a warm container, beside raw `vite build` in the same image."""

from __future__ import annotations

import time
from collections.abc import Mapping

from docker import DockerClient

from apps.sources import PAGE, REACT, VITE
from figures import Figure, median
from kit.contained import Ran, run
from kit.web_builds import BUILD
from polyarena.sandbox import Outcome
from polyarena_sandbox.protocol import Command

WARM_SECONDS = 2.5
LINK = "cd src && ln -s /opt/polyarena/node_modules node_modules"
RAW = f"{LINK} && exec node node_modules/vite/bin/vite.js build --configLoader native -l error"


def _run(client: DockerClient, files: dict[str, bytes], *argv: str, warm: float) -> Ran:
    ran = run(client, "web", files, [Command("build", argv, b"", 60)], warm=warm)
    if ran.steps[0].outcome is not Outcome.OK:
        raise RuntimeError(f"the build failed: {ran.steps[0].stdout + ran.steps[0].stderr!r}")
    return ran


def _sent(app: Mapping[str, str]) -> dict[str, bytes]:
    return {f"src/{name}": text.encode() for name, text in app.items()}


def measure(client: DockerClient, quick: bool) -> list[Figure]:
    """From the job's first byte to the bundle's last, in ms; the raw build's step alone."""
    react, page, raw, cold = [], [], [], []
    for _ in range(3 if quick else 15):
        react.append(_run(client, _sent(REACT), *BUILD, warm=WARM_SECONDS).seconds * 1e3)
        raw.append(
            _run(client, _sent(VITE), "sh", "-c", RAW, warm=WARM_SECONDS).steps[0].seconds * 1e3
        )
        page.append(_run(client, _sent(PAGE), *BUILD, warm=WARM_SECONDS).seconds * 1e3)
        began = time.perf_counter()
        _run(client, _sent(REACT), *BUILD, warm=0)
        cold.append((time.perf_counter() - began) * 1e3)
    beside = "floor: raw vite build in the same image"
    return [
        Figure(
            "React app built", median(react), "ms", median(raw), 0.2, of_floor=True, note=beside
        ),
        Figure("HTML page with Tailwind built", median(page), "ms"),
        Figure("React app built, container made first and removed", median(cold), "ms"),
    ]
