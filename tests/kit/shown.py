"""Apps shown in the browser image."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
from docker import DockerClient
from PIL import Image

from kit.contained import LIMITS, Ran, run
from polyarena.sandbox import StepResult
from polyarena_sandbox.limits import Limits
from polyarena_sandbox.protocol import Command
from polyarena_sandbox.seccomp import profile


@dataclass(frozen=True)
class Shown:
    """What was seen of an app, and the step that looked at it."""

    report: Mapping[str, Any]
    shots: Mapping[str, Image.Image]
    step: StepResult
    ran: Ran

    def said(self, level: str = "") -> list[str]:
        """What stood in the console."""
        return [m["text"] for m in self.report["console"] if level in ("", m["level"])]


def has_colour(shot: Image.Image, low: tuple[int, int, int], high: tuple[int, int, int]) -> bool:
    """Whether any pixel lies between two colours."""
    pixels = np.asarray(shot.convert("RGB"))
    return bool(np.any(np.all((pixels >= low) & (pixels <= high), axis=-1)))


def show(
    client: DockerClient,
    app: str | Mapping[str, str | bytes],
    seconds: float = 40,
    limits: Limits = LIMITS,
    own_sandbox: bool = True,
    warm: float = 0.0,
    **options: Any,
) -> Shown:
    """Show an app, its page or its files by name, in a container that had `warm` seconds."""
    files = {"index.html": app} if isinstance(app, str) else app
    sent = {f"app/{n}": d.encode() if isinstance(d, str) else d for n, d in files.items()}
    words = ("warden", "--ask", "/tmp/worker", "/work/app", "/work/out", json.dumps(options))
    step = Command("render", words, b"", seconds)
    seccomp = None if own_sandbox else profile()
    ran = run(client, "browser", sent, [step], limits, seccomp, warm)
    assert ran.steps[0].stdout == b"", ran.steps[0].stdout.decode()
    shots = {
        name.removeprefix("out/").partition(".")[0]: Image.open(BytesIO(data))
        for name, data in ran.files.items()
        if name.endswith((".png", ".webp"))
    }
    report = ran.json("out/report.json") if "out/report.json" in ran.files else {}
    return Shown(report, shots, ran.steps[0], ran)
