"""Jobs in containers of the images that build and show apps, held as the sandbox holds them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import docker
import pytest
from docker import DockerClient

from polyarena.sandbox import SourceFile, StepResult
from polyarena_sandbox.attach import Attached
from polyarena_sandbox.build import build
from polyarena_sandbox.container import configuration
from polyarena_sandbox.limits import Limits
from polyarena_sandbox.protocol import (
    Command,
    FileCame,
    FileLeft,
    Finished,
    Reader,
    StepEnded,
    encode,
)

LIMITS = Limits()


@dataclass(frozen=True)
class Ran:
    """What a warden reported, and the wall time from the job's first byte to its last report."""

    steps: tuple[StepResult, ...]
    files: Mapping[str, bytes]
    left: Mapping[str, str]
    finished: bool
    seconds: float

    def json(self, name: str) -> Any:
        """A file as what it says in JSON."""
        return json.loads(self.files[name])


def first(names: Iterable[str], *chosen: str) -> list[Any]:
    """Parameters of which the chosen ones are always tried, and the rest by `make apps`."""
    return [n if n in chosen else pytest.param(n, marks=pytest.mark.apps) for n in names]


@contextmanager
def built(image: str) -> Iterator[DockerClient]:
    """The engine, with an image built."""
    with closing(docker.from_env()) as client:
        build(client, image, print)
        yield client


@contextmanager
def started(
    client: DockerClient, image: str, limits: Limits = LIMITS, seccomp: str | None = None
) -> Iterator[Attached]:
    """A warm container of an image, removed at the end."""
    settings = configuration(image, limits, {"polyarena.test": "yes"}, 1)
    if seccomp is not None:
        settings["HostConfig"]["SecurityOpt"] = ["no-new-privileges:true", f"seccomp={seccomp}"]
    name = client.api.create_container_from_config(settings)["Id"]
    try:
        raw = client.api.attach_socket(name, {"stdin": 1, "stdout": 1, "stream": 1})
        with closing(Attached(raw)) as attached:
            client.api.start(name)
            yield attached
    finally:
        client.api.remove_container(name, force=True)


def run(
    client: DockerClient,
    image: str,
    files: Mapping[str, bytes],
    commands: Sequence[Command],
    limits: Limits = LIMITS,
    seccomp: str | None = None,
    warm: float = 0.0,
) -> Ran:
    """Run a job in a container of its own, which had `warm` seconds to get ready."""
    bounds = limits.of(image).bounds
    sources = [SourceFile(name, data) for name, data in files.items()]
    job = encode(sources, commands, bounds, {})
    with started(client, image, limits, seccomp) as attached:
        time.sleep(warm)
        began = time.perf_counter()
        attached.send(job)
        reader, reports = Reader(bounds), []
        for piece in attached.pieces(200 << 20):
            reports += reader.feed(piece)
            if reports and isinstance(reports[-1], Finished):
                break
        seconds = time.perf_counter() - began
    return Ran(
        steps=tuple(r.result for r in reports if isinstance(r, StepEnded)),
        files={r.file.name: r.file.data for r in reports if isinstance(r, FileCame)},
        left={r.file.name: r.file.reason for r in reports if isinstance(r, FileLeft)},
        finished=bool(reports) and isinstance(reports[-1], Finished),
        seconds=seconds,
    )
