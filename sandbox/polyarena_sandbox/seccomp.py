"""The system calls that a program may make: a list of those allowed, every other is refused."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

NAMESPACES = frozenset({"browser"})
"""Images whose program has a sandbox of its own, which is made of namespaces."""


@cache
def profile(image: str = "") -> str:
    """The list for an image, as Docker takes it in a container's security options.

    The rules of seccomp-namespaces.json stand in the place of others for the same calls.
    """
    whole = _read("seccomp.json")
    if image in NAMESPACES:
        own = _read("seccomp-namespaces.json")["syscalls"]
        names = {name for rule in own for name in rule["names"]}
        kept = [rule for rule in whole["syscalls"] if not names & set(rule["names"])]
        whole = {**whole, "syscalls": [*own, *kept]}
    return json.dumps(whole, separators=(",", ":"))


def _read(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath(name).read_text()
    found: dict[str, Any] = json.loads(text)
    return found
