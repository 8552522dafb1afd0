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

from .encoding import Bounds, Command, encode
from .reading import (
    FileCame,
    FileLeft,
    Finished,
    ProtocolError,
    Reader,
    Report,
    StepBegan,
    StepEnded,
)

__all__ = [
    "Bounds",
    "Command",
    "FileCame",
    "FileLeft",
    "Finished",
    "ProtocolError",
    "Reader",
    "Report",
    "StepBegan",
    "StepEnded",
    "encode",
]
