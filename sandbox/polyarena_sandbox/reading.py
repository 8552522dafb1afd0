"""What a warden reports, out of bytes that anybody may have written."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from signal import Signals

from polyarena.sandbox import OmittedFile, Outcome, OutputFile, StepResult

from .encoding import COMMANDS, HEADER, LINK_BYTES, NAME_BYTES, STEP_NAME_BYTES, Bounds

SHOWN_NAME = 200
OMITTED = 64

_ENDED = struct.Struct(">BBBBQQQ")
_LEFT = struct.Struct(">BQ")
_NUMBER = struct.Struct(">I")
_LINKS = {"N": 1, "W": LINK_BYTES, "K": _NUMBER.size, "X": 0}
"""The kinds of frames about connections, and the most that each holds beside the number."""
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


@dataclass(frozen=True, slots=True)
class LinkFrame:
    """Something about a connection of that number."""

    kind: str
    number: int
    payload: bytes


Report = StepBegan | StepEnded | FileCame | FileLeft | Finished | LinkFrame


@dataclass(slots=True)
class _Step:
    """A step that began and has not ended."""

    name: str
    output: dict[str, bytearray] = field(
        default_factory=lambda: {"O": bytearray(), "E": bytearray()}
    )


class Reader:
    """Puts a warden's frames together; holds no more than a frame and a step's output.

    Frames of a `tunnel` are taken only where there is one. Names come back fit to be shown and
    stored: relative, printable, at most `SHOWN_NAME` long.
    """

    def __init__(self, bounds: Bounds, *, tunnel: bool = False) -> None:
        self._bounds = bounds
        self._tunnel = tunnel
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
        while len(self._buffer) >= HEADER.size:
            number, length = HEADER.unpack_from(self._buffer)
            kind = chr(number)
            if length > self._allowed(kind):
                raise ProtocolError(f"A frame {kind!r} of {length} bytes is too large here.")
            end = HEADER.size + length
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[HEADER.size : end])
            del self._buffer[:end]
            yield kind, payload

    def _allowed(self, kind: str) -> int:
        """The largest payload of a frame of that kind, as things stand."""
        if self._finished:
            raise ProtocolError("Something follows the end.")
        if self._tunnel and kind in _LINKS:
            return _NUMBER.size + _LINKS[kind]
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
        if kind in _LINKS:
            return _link(kind, payload)
        if self._step is not None:
            return self._within(self._step, kind, payload)
        match kind:
            case "S":
                return self._begin(payload)
            case "F":
                return self._file(payload)
            case "L":
                return self._left(payload)
        self._finished = True
        return Finished()

    @property
    def output(self) -> tuple[bytes, bytes]:
        """What the step under way has printed so far, as standard output and standard error."""
        output = self._step.output if self._step else {}
        return bytes(output.get("O", b"")), bytes(output.get("E", b""))

    def _begin(self, payload: bytes) -> StepBegan:
        name, rest = _named(payload)
        self._steps += 1
        if rest or not name or self._steps > COMMANDS:
            raise ProtocolError("A step's beginning is malformed.")
        self._step = _Step(name.decode(errors="replace"))
        return StepBegan(self._step.name)

    def _within(self, step: _Step, kind: str, payload: bytes) -> StepEnded | None:
        if kind == "R":
            self._step = None
            return StepEnded(_result(step, payload))
        if not payload:
            raise ProtocolError("Output came that is none.")
        step.output[kind] += payload
        return None

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


def _result(step: _Step, payload: bytes) -> StepResult:
    if len(payload) != _ENDED.size:
        raise ProtocolError("A step's end is malformed.")
    outcome, cut, killed, code, *numbers = _ENDED.unpack(payload)
    wrong = outcome >= len(_OUTCOMES) or cut > 3 or killed > 1 or (killed and not code)
    if wrong or max(numbers) > _LARGEST_NUMBER or (not outcome and (killed or code or cut)):
        raise ProtocolError("A step's end contradicts itself.")
    return StepResult(
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


def _link(kind: str, payload: bytes) -> LinkFrame:
    if len(payload) < _NUMBER.size:
        raise ProtocolError("A connection has no number.")
    (number,) = _NUMBER.unpack_from(payload)
    return LinkFrame(kind, number, payload[_NUMBER.size :])


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
