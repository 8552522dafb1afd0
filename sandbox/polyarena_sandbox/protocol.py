"""What the server and the warden inside a container say to each other.

A frame is one byte of kind, four bytes of length (big-endian, at most `FRAME_BYTES`) and as many
bytes of payload. Text ends with a zero byte, numbers are big-endian, times are microseconds.

To the warden, which begins with the first command once it has read everything::

    B  six u64: the fields of `Bounds` in their order
    V  a variable of the programs' environment: NAME=value
    F  a file: its name, then its bytes
    C  a command: u64 time, u32 number of arguments, its name, its arguments, then its input
    G  go

From the warden, of which no byte is trusted::

    S  a step began: its name
    O  a piece of its standard output        E  a piece of its standard error
    R  it ended: u8 outcome, u8 what was cut, u8 whether by a signal, u8 exit code or signal,
       u64 wall time, u64 processor time, u64 largest resident set in bytes
    F  a file that came to be or changed: its name, then its bytes
    L  a file left out: u8 reason, u64 size, its name
    D  done
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from pathlib import PurePosixPath
from signal import Signals

from polyarena import BadJob
from polyarena.sandbox import OmittedFile, Outcome, OutputFile, SourceFile, StepResult

FRAME_BYTES = 16 << 20
COMMANDS = 256
VARIABLES = 128
NAME_BYTES = 4096
COMPONENT_BYTES = 255
STEP_NAME_BYTES = 200
SHOWN_NAME = 200
OMITTED = 64
DAY = 86_400.0

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/work",
    "LANG": "C.UTF-8",
    "TMPDIR": "/tmp",  # noqa: S108
}

_HEADER = struct.Struct(">BI")
_ENDED = struct.Struct(">BBBBQQQ")
_LEFT = struct.Struct(">BQ")
_OUTCOMES = (
    Outcome.OK,
    Outcome.FAILED,
    Outcome.TIME,
    Outcome.MEMORY,
    Outcome.OUTPUT,
    Outcome.PROCESSES,
    Outcome.DISK,
)
_REASONS = (
    "larger than a file may be",
    "the files are too large together",
    "more files than may come back",
    "a link",
    "not an ordinary file",
    "not readable",
    "in folders too deep",
    "more was left out than is listed",
)
_LARGEST_NUMBER = 1 << 53


class ProtocolError(Exception):
    """What came from the container is no report of a warden."""


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


@dataclass(frozen=True, slots=True)
class StepBegan:
    name: str


@dataclass(frozen=True, slots=True)
class StepEnded:
    result: StepResult


@dataclass(frozen=True, slots=True)
class FileCame:
    file: OutputFile


@dataclass(frozen=True, slots=True)
class FileLeft:
    file: OmittedFile


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing follows."""


Report = StepBegan | StepEnded | FileCame | FileLeft | Finished


def encode(
    files: Sequence[SourceFile],
    commands: Sequence[Command],
    bounds: Bounds,
    environment: Mapping[str, str],
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
    return b"".join([*frames, _frame("G", b"")])


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
            raise BadJob(f"{name[:SHOWN_NAME]!r} is no name of a file in the work directory.")


def _is_odd(component: str) -> bool:
    return component in {"", ".", ".."} or len(component.encode()) > COMPONENT_BYTES


def _text(text: str) -> bytes:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise BadJob("A name, an argument or a variable holds what no text may.")
    return text.encode() + b"\0"


def _frame(kind: str, payload: bytes) -> bytes:
    if len(payload) > FRAME_BYTES:
        raise BadJob(f"A file or an input is larger than {FRAME_BYTES >> 20} MiB.")
    return _HEADER.pack(ord(kind), len(payload)) + payload


@dataclass(slots=True)
class _Step:
    """A step that began and has not ended."""

    name: str
    output: dict[str, bytearray] = field(
        default_factory=lambda: {"O": bytearray(), "E": bytearray()}
    )


class Reader:
    """Puts a warden's frames together; holds no more than a frame and a step's output.

    Names come back fit to be shown and stored: relative, printable, at most `SHOWN_NAME` long.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._buffer = bytearray()
        self._step: _Step | None = None
        self._steps = self._files = self._omitted = self._total = 0
        self._names: set[str] = set()
        self._collecting = self._finished = self._broken = False

    def feed(self, data: bytes) -> list[Report]:
        """What became known by these bytes.

        Raises:
            ProtocolError: they are no warden's, or hold more than was allowed; so does every
                call after that.
        """
        if self._broken:
            raise ProtocolError("The container broke the protocol before.")
        self._buffer += data
        try:
            return [report for frame in self._frames() if (report := self._take(*frame))]
        except ProtocolError:
            self._broken = True
            self._buffer.clear()
            raise

    def _frames(self) -> Iterator[tuple[str, bytes]]:
        while len(self._buffer) >= _HEADER.size:
            number, length = _HEADER.unpack_from(self._buffer)
            kind = chr(number)
            if length > self._allowed(kind):
                raise ProtocolError(f"A frame {kind!r} of {length} bytes is too large here.")
            end = _HEADER.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[_HEADER.size : end])
            del self._buffer[:end]
            yield kind, payload

    def _allowed(self, kind: str) -> int:
        """The largest payload of a frame of that kind, as things stand."""
        if self._finished:
            raise ProtocolError("Something follows the end.")
        if self._step is not None:
            if kind in "OE":
                return self._bounds.output_bytes - len(self._step.output[kind])
            sizes = {"R": _ENDED.size}
        else:
            kept = min(self._bounds.file_bytes, self._bounds.total_bytes - self._total)
            sizes = {"F": NAME_BYTES + kept, "L": _LEFT.size + NAME_BYTES, "D": 0}
            if not self._collecting:
                sizes["S"] = STEP_NAME_BYTES
        if kind not in sizes:
            raise ProtocolError(f"A frame {kind!r} has no place here.")
        return sizes[kind]

    def _take(self, kind: str, payload: bytes) -> Report | None:
        match kind:
            case "S":
                return self._begin(payload)
            case "O" | "E":
                return self._gather(kind, payload)
            case "R":
                return self._end(payload)
            case "F":
                return self._file(payload)
            case "L":
                return self._left(payload)
        if self._step is not None or payload:
            raise ProtocolError("The end came too early.")
        self._finished = True
        return Finished()

    def _begin(self, payload: bytes) -> StepBegan:
        name, rest = _named(payload)
        self._steps += 1
        if rest or not name or self._steps > COMMANDS:
            raise ProtocolError("A step's beginning is malformed.")
        self._step = _Step(_printable(name))
        return StepBegan(self._step.name)

    def _gather(self, kind: str, payload: bytes) -> None:
        if self._step is None or not payload:
            raise ProtocolError("Output came that is none.")
        self._step.output[kind] += payload

    def _end(self, payload: bytes) -> StepEnded:
        step, self._step = self._step, None
        if step is None or len(payload) != _ENDED.size:
            raise ProtocolError("A step's end is malformed.")
        outcome, cut, killed, code, *numbers = _ENDED.unpack(payload)
        wrong = outcome >= len(_OUTCOMES) or cut > 3 or killed > 1 or (killed and not code)
        if wrong or max(numbers) > _LARGEST_NUMBER or (not outcome and (killed or code or cut)):
            raise ProtocolError("A step's end contradicts itself.")
        return StepEnded(
            StepResult(
                name=step.name,
                outcome=_OUTCOMES[outcome],
                exit_code=None if killed else code,
                signal=_signal_name(code) if killed else "",
                stdout=bytes(step.output["O"]),
                stderr=bytes(step.output["E"]),
                stdout_cut=bool(cut & 1),
                stderr_cut=bool(cut & 2),
                seconds=numbers[0] / 1e6,
                cpu_seconds=numbers[1] / 1e6,
                memory=numbers[2],
            )
        )

    def _file(self, payload: bytes) -> FileCame | FileLeft:
        name, data = _named(payload)
        shown = self._collect(name)
        self._files += 1
        self._total += len(data)
        bounds = self._bounds
        if (
            self._files > bounds.files
            or len(data) > bounds.file_bytes
            or self._total > bounds.total_bytes
        ):
            raise ProtocolError("More files came than may.")
        if shown in self._names:
            return FileLeft(OmittedFile(shown, len(data), "another file's name reads the same"))
        self._names.add(shown)
        return FileCame(OutputFile(shown, data))

    def _left(self, payload: bytes) -> FileLeft:
        if len(payload) < _LEFT.size:
            raise ProtocolError("A file left out is malformed.")
        reason, size = _LEFT.unpack_from(payload)
        name, rest = _named(payload[_LEFT.size :])
        shown = self._collect(name)
        self._omitted += 1
        wrong = rest or reason >= len(_REASONS) or size > _LARGEST_NUMBER
        if wrong or self._omitted > OMITTED:
            raise ProtocolError("A file left out is malformed.")
        return FileLeft(OmittedFile(shown, size, _REASONS[reason]))

    def _collect(self, name: bytes) -> str:
        self._collecting = True
        if any(part in {b"", b".", b".."} for part in name.split(b"/")):
            raise ProtocolError("A file's name leaves the work directory.")
        return _printable(name)


def _named(payload: bytes) -> tuple[bytes, bytes]:
    name, zero, rest = payload.partition(b"\0")
    if not zero:
        raise ProtocolError("A name has no end.")
    return name, rest


def _printable(name: bytes) -> str:
    text = name.decode(errors="replace")
    clean = "".join(c if c.isprintable() and c != "\\" else "\ufffd" for c in text)
    if len(clean) <= SHOWN_NAME:
        return clean
    ending = PurePosixPath(clean).suffix
    ending = ending if len(ending) < SHOWN_NAME // 4 else ""
    return clean[: SHOWN_NAME - 1 - len(ending)] + "…" + ending


def _signal_name(number: int) -> str:
    try:
        return Signals(number).name
    except ValueError:
        return f"signal {number}"
