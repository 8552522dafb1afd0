"""A job as the bytes that a warden reads."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from polyarena import BadJob
from polyarena.sandbox import SourceFile

FRAME_BYTES = 16 << 20
COMMANDS = 256
VARIABLES = 128
NAME_BYTES = 4096
COMPONENT_BYTES = 255
STEP_NAME_BYTES = 200
DAY = 86_400.0
LINK_BYTES = 128 << 10
"""What may be under way in a tunnel's connection, each way."""

HEADER = struct.Struct(">BI")

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/work",
    "USER": "sandbox",
    "LOGNAME": "sandbox",
    "LANG": "C.UTF-8",
    "TMPDIR": "/tmp",  # noqa: S108
}


@dataclass(frozen=True, slots=True)
class Command:
    """One step of a job: what is started, its whole standard input, its wall time."""

    name: str
    argv: tuple[str, ...]
    stdin: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a job may use and hand back.

    `output_bytes` is per stream and step; `files` and `total_bytes` are all that comes back,
    `file_bytes` each file of it; `open_files` and `file_size` hold for each process.
    """

    output_bytes: int
    files: int
    file_bytes: int
    total_bytes: int
    open_files: int
    file_size: int


class Way(IntEnum):
    """Who asks for a tunnel's connections: the server, or the program."""

    IN = 1
    OUT = 2


@dataclass(frozen=True, slots=True)
class Tunnel:
    """Connections with a port of a container's loopback, for as long as its commands run."""

    way: Way
    port: int


def encode(
    files: Sequence[SourceFile],
    commands: Sequence[Command],
    bounds: Bounds,
    environment: Mapping[str, str],
    tunnel: Tunnel | None = None,
) -> bytes:
    """A whole job for a warden, whose `environment` goes over `ENVIRONMENT`.

    After a command named `compile` that fails none is run; after any other the rest is.

    Raises:
        BadJob: a file's name is no name inside the work directory or stands twice, a command
            takes no time or more than a day, or there is more than frames hold.
    """
    variables = {**ENVIRONMENT, **environment}
    if len(commands) > COMMANDS or len(variables) > VARIABLES:
        raise BadJob(f"A job has at most {COMMANDS} steps and {VARIABLES} variables.")
    _check_names(files)
    frames = [_frame("B", struct.pack(">6Q", *astuple(bounds)))]
    frames += (_frame("V", _text(f"{name}={value}")) for name, value in variables.items())
    frames += (_frame("F", _text(file.name) + file.data) for file in files)
    frames += (_frame("C", _command(command)) for command in commands)
    if tunnel is not None:
        frames.append(_frame("T", struct.pack(">BH", tunnel.way, tunnel.port)))
    return b"".join([*frames, _frame("G", b"")])


def link_frame(kind: str, number: int, payload: bytes = b"") -> bytes:
    """A frame about a tunnel's connection, either way."""
    return _frame(kind, struct.pack(">I", number) + payload)


def _command(command: Command) -> bytes:
    if not command.argv or not 0 < command.seconds <= DAY:
        raise BadJob(f"The step {command.name!r} starts nothing, or has no time to.")
    name = _text(command.name)
    if not 1 < len(name) <= STEP_NAME_BYTES:
        raise BadJob(f"A step's name has 1 to {STEP_NAME_BYTES - 1} bytes.")
    head = struct.pack(">QI", round(command.seconds * 1e6), len(command.argv))
    return b"".join([head, name, *map(_text, command.argv), command.stdin])


def _check_names(files: Sequence[SourceFile]) -> None:
    names = {file.name for file in files}
    folders = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    if len(names) < len(files) or names & folders:
        raise BadJob("Two of the files have the same name.")
    for name in names:
        if len(_text(name)) > NAME_BYTES or any(map(_is_odd, name.split("/"))):
            raise BadJob(f"{name[:STEP_NAME_BYTES]!r} is no name of a file in the work directory.")


def _is_odd(component: str) -> bool:
    return component in {"", ".", ".."} or len(component.encode()) > COMPONENT_BYTES


def _text(text: str) -> bytes:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadJob("A name, an argument or a variable holds what no text may.")
    return text.encode() + b"\0"


def _frame(kind: str, payload: bytes) -> bytes:
    if len(payload) > FRAME_BYTES:
        raise BadJob(f"A file or an input is larger than {FRAME_BYTES >> 20} MiB.")
    return HEADER.pack(ord(kind), len(payload)) + payload
