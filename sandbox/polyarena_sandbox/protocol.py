"""What the server and the warden inside a container say to each other.

A frame is one byte of kind, four bytes of length (big-endian, at most `FRAME_BYTES`) and as many
bytes of payload. Text ends with a zero byte, numbers are big-endian, times are microseconds.

To the warden, which begins with the first command once it has read everything::

    B  six u64: the fields of `Bounds` in their order
    V  a variable of the programs' environment: NAME=value
    F  a file: its name, then its bytes
    C  a command: u64 time, u32 number of arguments, its name, its arguments, then its input
    T  a tunnel: u8 `Way`, u16 port
    G  go

From the warden, of which no byte is trusted::

    S  a step began: its name
    O  a piece of its standard output        E  a piece of its standard error
    R  it ended: u8 outcome, u8 what was cut, u8 whether by a signal, u8 exit code or signal,
       u64 wall time, u64 processor time, u64 largest resident set in bytes
    F  a file that came to be or changed: its name, then its bytes
    L  a file left out: u8 reason, u64 size, its name
    D  done

Both ways between G and D, where there is a tunnel; each begins with the u32 of a connection::

    N  a new one. From the side that asks nothing more; a warden that was asked answers with u8,
       0 where the program took it. Those that programs ask for are numbered from 1
    W  bytes, no more than the other side gave credit for: `LINK_BYTES` at first
    K  u32, so many bytes more may be sent
    X  it is over, both ways

Of a step's output a warden with a tunnel for the server loses what is too much, and goes on.
"""

from __future__ import annotations

from .encoding import LINK_BYTES, Bounds, Command, Tunnel, Way, encode, link_frame
from .reading import (
    FileCame,
    FileLeft,
    Finished,
    LinkFrame,
    ProtocolError,
    Reader,
    Report,
    StepBegan,
    StepEnded,
)

__all__ = [
    "LINK_BYTES",
    "Bounds",
    "Command",
    "FileCame",
    "FileLeft",
    "Finished",
    "LinkFrame",
    "ProtocolError",
    "Reader",
    "Report",
    "StepBegan",
    "StepEnded",
    "Tunnel",
    "Way",
    "encode",
    "link_frame",
]
