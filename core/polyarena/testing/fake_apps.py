"""What the tools for web apps answer, without a builder or a browser."""

from __future__ import annotations

import json
from typing import Any

from ..apps import APP, BUILD_REPORT, BUNDLE, DEVICES, LOOK_REPORT, SEEN, SOURCES
from ..sandbox import Job, Outcome, OutputFile, Result
from .fake_sandbox import job_result, step_result

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""The smallest picture."""


def built_result(job: Job, **report: Any) -> Result:
    """A build that takes the files as they are; `report` are fields of the builder's report.

    With `ok=False` there is no bundle.
    """
    front = f"{SOURCES}/"
    files = {file.name.removeprefix(front): file.data for file in job.files}
    entry = "index.html" if "index.html" in files else next(iter(files))
    said: dict[str, Any] = {"ok": True, "kind": "html", "entry": entry, "seconds": 0.25} | report
    came = [OutputFile(BUILD_REPORT, json.dumps(said).encode())]
    if said["ok"]:
        came += [OutputFile(f"{BUNDLE}/{name}", data) for name, data in files.items()]
    outcome = Outcome.OK if said["ok"] else Outcome.FAILED
    return job_result(step_result("build", outcome=outcome), files=came)


def seen_result(job: Job, **report: Any) -> Result:
    """A look at an app in which nothing is wrong; `report` are fields of the browser's report."""
    name = next(file.name for file in job.files).removeprefix(f"{APP}/")
    said: dict[str, Any] = {
        "title": name,
        "first_paint_ms": 40,
        "axe": {"violations": []},
        "shots": {device: f"{device}.png" for device in DEVICES},
    } | report
    came = [OutputFile(LOOK_REPORT, json.dumps(said).encode())]
    came += [OutputFile(f"{SEEN}/{shot}", PIXEL) for shot in said["shots"].values()]
    return job_result(step_result("look"), files=came)
