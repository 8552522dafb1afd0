"""The system calls that a program may make: a list of those allowed, every other is refused."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def profile() -> str:
    """The list as Docker takes it in a container's security options."""
    text = files(__package__).joinpath("seccomp.json").read_text()
    return json.dumps(json.loads(text), separators=(",", ":"))
