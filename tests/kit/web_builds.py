"""Apps built in the web image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docker import DockerClient

from kit.contained import LIMITS, Ran, run
from polyarena.sandbox import StepResult
from polyarena_sandbox.protocol import Command

BUILD = ("warden", "--ask", "/tmp/worker", "/work/src", "/work/dist", "/work/build.json")


@dataclass(frozen=True)
class Built:
    """A build's report, the bundle's files by name, and the step that built them."""

    report: Mapping[str, Any]
    bundle: Mapping[str, bytes]
    step: StepResult
    ran: Ran

    @property
    def texts(self) -> Sequence[str]:
        """What the messages say."""
        return [message["text"] for message in self.report["messages"]]

    @property
    def everything(self) -> bytes:
        """All that came back, as one."""
        return b"\n".join([*self.ran.files.values(), self.step.stdout, self.step.stderr])

    def page(self, name: str = "index.html") -> str:
        return self.bundle[name].decode()


def build_app(
    client: DockerClient,
    files: Mapping[str, str | bytes],
    seconds: float = 60,
    before: Sequence[str] = (),
) -> Built:
    """Build an app from its files; `before` is a command that is run ahead of that."""
    sources = {
        f"src/{name}": data.encode() if isinstance(data, str) else data
        for name, data in files.items()
    }
    first = [Command("before", tuple(before), b"", 10)] if before else []
    ran = run(client, "web", sources, [*first, Command("build", BUILD, b"", seconds)], LIMITS)
    bundle = {n.removeprefix("dist/"): d for n, d in ran.files.items() if n.startswith("dist/")}
    report = ran.json("build.json") if "build.json" in ran.files else {}
    return Built(report, bundle, ran.steps[-1], ran)
