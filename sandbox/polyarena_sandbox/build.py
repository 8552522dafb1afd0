"""Building an image, told line by line, and removing the ones it replaces."""

from __future__ import annotations

import io
import re
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from polyarena import SandboxUnavailable

from .base import BASE, ensure_base
from .contents import contents, repository, tag

if TYPE_CHECKING:
    from docker import DockerClient

LAST_LINES = 20
LAST_CHARACTERS = 8000
LINE_LENGTH = 110

_STEP = re.compile(r"Step (\d+/\d+) : (.*)", re.DOTALL)
_MADE = re.compile(r" ---> ([0-9a-f]{12,64})\n")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def build(client: DockerClient, image: str, report: Callable[[str], None]) -> None:
    """Build an image unless it is built, the base too, and remove older versions of it.

    `report` is told every step as it begins; what it raises ends the build.

    Raises:
        SandboxUnavailable: it could not be built; the message ends with the last lines of output.
    """
    from docker.errors import DockerException
    from urllib3.exceptions import HTTPError

    began, how = time.monotonic(), "is there"
    try:
        if not is_built(client, image):
            ensure_base(client, report)
            _make(client, image, report)
            how = f"built in {time.monotonic() - began:.0f} s"
        size = client.api.inspect_image(tag(image))["Size"] / 1e6
        _remove_older(client, image)
    except (DockerException, HTTPError, OSError) as error:
        raise SandboxUnavailable(f"The image {image} could not be built: {error}") from error
    report(f"{image}: {how}, {size:.0f} MB")


def is_built(client: DockerClient, image: str) -> bool:
    """Whether the engine has an image as it is to be now.

    Raises:
        docker.errors.DockerException, OSError: the engine does not answer.
    """
    return bool(client.api.images(name=tag(image), quiet=True))


def context(files: Mapping[str, bytes]) -> bytes:
    """A build context: a tar that is the same for the same files."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def _make(client: DockerClient, image: str, report: Callable[[str], None]) -> None:
    stages = _follow(_output(client, image), lambda line: report(f"{image}: {line}"))
    for number, stage in enumerate(stages, 1):
        # By this name it is found once it is to be removed along with the image.
        client.api.tag(stage, repository(image), f"{tag(image).partition(':')[2]}-stage{number}")


def _output(client: DockerClient, image: str) -> Iterator[Mapping[str, Any]]:
    """The engine's account of a build; pieces of several lines, or of less than one."""
    pieces: Iterator[Mapping[str, Any]] = client.api.build(
        fileobj=io.BytesIO(context(contents(image))),
        custom_context=True,
        buildargs={"BASE": BASE},
        tag=tag(image),
        rm=True,
        forcerm=True,
        decode=True,
    )
    return pieces


def _follow(output: Iterator[Mapping[str, Any]], tell: Callable[[str], None]) -> list[str]:
    """Tell the steps of a build as they begin; the images of its stages before the last.

    Raises:
        SandboxUnavailable: the build failed.
    """
    said, last, stages = "", "", list[str]()
    for piece in output:
        text = piece.get("stream", "")
        said = (said + text)[-LAST_CHARACTERS:]
        if made := _MADE.match(text):
            last = made[1]
        elif step := _STEP.match(text):
            tell(f"{step[1]} {' '.join(step[2].split())}"[:LINE_LENGTH])
            if step[2].startswith("FROM ") and last:
                stages.append(last)
        if fault := piece.get("error"):
            lines = _COLOUR.sub("", said).rstrip().splitlines()[-LAST_LINES:]
            raise SandboxUnavailable("\n".join((f"The build failed: {fault}", *lines)))
    return stages


def _remove_older(client: DockerClient, image: str) -> None:
    """Remove other versions of an image; one that a container still runs from stays for now."""
    from docker.errors import APIError

    for found in client.api.images(name=repository(image)):
        for name in found["RepoTags"] or ():
            if name.startswith(f"{repository(image)}:") and not name.startswith(tag(image)):
                with suppress(APIError):
                    client.images.remove(name)
