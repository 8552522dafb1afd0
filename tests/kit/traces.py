"""What containers leave on the engine and its machine."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docker
from docker import DockerClient
from docker.errors import NotFound

from polyarena_sandbox.leftovers import LABEL, mark

PATIENCE = 10.0
PLACES = ("/run/docker", "/sys/fs/cgroup")
OWN_LAYERS = ("UpperDir", "MergedDir", "WorkDir")


@dataclass
class Containers:
    """The containers that this process makes meanwhile, and the volumes and folders of them."""

    client: DockerClient
    root: Path
    names: set[str] = field(default_factory=set)
    volumes: set[str] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)

    def note(self, container: str) -> None:
        """Take note of a container that was made."""
        self.names.add(container)
        self.folders.add(self.root / "containers" / container)
        # It may be gone already.
        with suppress(NotFound):
            found: dict[str, Any] = self.client.api.inspect_container(container)
            layers = found["GraphDriver"]["Data"] or {}
            self.folders |= {Path(layers[name]) for name in OWN_LAYERS if name in layers}
            mounts = found["Mounts"]
            self.volumes |= {mount["Name"] for mount in mounts if mount["Type"] == "volume"}

    def left(self) -> list[str]:
        """What is still there of them."""
        known = self.client.api.containers(all=True, filters={"label": f"{LABEL}={mark()}"})
        volumes = {volume.name for volume in self.client.volumes.list()} & self.volumes
        return [
            *(f"container {one['Id']}" for one in known),
            *(f"volume {name}" for name in volumes),
            *(f"process {one}" for one in self._processes()),
            *(f"folder {one}" for one in self.folders if os.path.lexists(one)),
            *(f"folder {one}" for place in PLACES for one in self._named(place)),
        ]

    async def vanish(self) -> None:
        """Wait until nothing is left; an engine clears up shortly after it said so.

        Raises:
            AssertionError: something stayed.
        """
        for _ in range(int(PATIENCE / 0.1)):
            if not (left := self.left()):
                break
            await asyncio.sleep(0.1)
        assert self.names
        assert left == []

    def _processes(self) -> Iterator[str]:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                told = (process / "cgroup").read_text() + (process / "cmdline").read_text()
                if any(container in told for container in self.names):
                    yield f"{process.name} {(process / 'comm').read_text().strip()}"

    def _named(self, place: str) -> Iterator[str]:
        """Folders of the engine or the kernel that bear a container's name."""
        for folder, inner, _ in os.walk(place):
            for name in inner:
                if any(container in name for container in self.names):
                    yield f"{folder}/{name}"


@contextmanager
def following() -> Iterator[Containers]:
    """Follow the containers that this process makes."""
    with closing(docker.from_env()) as client:
        containers = Containers(client, Path(client.info()["DockerRootDir"]))
        made = {"type": "container", "event": "create", "label": f"{LABEL}={mark()}"}
        events = client.events(decode=True, filters=made)

        def follow() -> None:
            for event in events:
                containers.note(event["id"])

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield containers
        finally:
            events.close()
            thread.join()
