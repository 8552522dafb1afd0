"""What the containers of this run leave on the engine and its machine."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import docker
from docker import DockerClient

from figures import Figure
from polyarena_sandbox.leftovers import LABEL

PATIENCE = 10.0


class Traces:
    """The containers that this process makes, and those that a server which it follows makes."""

    def __init__(self, client: DockerClient) -> None:
        self._client = client
        self._makers = {os.getpid()}
        self._made: dict[str, int] = {}
        self._volumes: dict[str, str] = {}

    @property
    def ids(self) -> frozenset[str]:
        """Every container so far, those of other processes that carry the label left out."""
        made = dict(self._made)
        return frozenset(one for one, maker in made.items() if maker in self._makers)

    def follow(self, process: int) -> None:
        """Count another process' containers, too."""
        self._makers.add(process)

    def note(self, event: Mapping[str, Any]) -> None:
        """Take in an event of the engine."""
        told = event["Actor"]["Attributes"]
        if event["Type"] == "volume":
            self._volumes[event["Actor"]["ID"]] = told.get("container", "")
        elif LABEL in told:
            self._made[event["Actor"]["ID"]] = _maker(told[LABEL])

    def containers(self) -> Sequence[Mapping[str, Any]]:
        """Those that the engine still has."""
        known = self._client.api.containers(all=True, filters={"label": LABEL})
        return [one for one in known if _maker(one["Labels"][LABEL]) in self._makers]

    def processes(self) -> list[int]:
        """The first process of each container that runs."""
        found = (self._client.api.inspect_container(one["Id"]) for one in self.containers())
        return [one["State"]["Pid"] for one in found if one["State"]["Pid"]]

    def alive(self, ids: Collection[str]) -> list[str]:
        """Processes in these containers, and those that the engine keeps for them."""
        alive = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                told = (process / "cgroup").read_text() + (process / "cmdline").read_text()
                if any(one in told for one in ids):
                    alive.append(process.name)
        return alive

    def figures(self) -> list[Figure]:
        """What is left of all containers, once the engine had the time to clear up."""
        end = time.monotonic() + PATIENCE
        while any((left := self._left()).values()) and time.monotonic() < end:
            time.sleep(0.2)
        note = f"of {len(self.ids):,} containers"
        return [
            Figure(f"{what} left", count, "", most=0, note=note) for what, count in left.items()
        ]

    def _left(self) -> dict[str, int]:
        volumes = {one.name for one in self._client.volumes.list()}
        ours = {name for name, container in self._volumes.items() if container in self.ids}
        return {
            "containers": len(self.containers()),
            "volumes": len(volumes & ours),
            "processes": len(self.alive(self.ids)),
        }


def _maker(mark: str) -> int:
    """The process that a label names."""
    process = mark.split(":")[1:2]
    return int(process[0]) if process and process[0].isdecimal() else 0


@contextmanager
def following() -> Iterator[Traces]:
    """Follow what the engine says of containers and volumes.

    Raises:
        docker.errors.DockerException: it is not there.
    """
    with closing(docker.from_env(timeout=30)) as client:
        traces = Traces(client)
        wanted = {"type": ["container", "volume"], "event": ["create", "mount"]}
        events = client.events(decode=True, filters=wanted)

        def listen() -> None:
            for event in events:
                traces.note(event)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield traces
        finally:
            events.close()
            thread.join()
