"""Prints a billion bytes: argument 1 is the file descriptor, argument 2 the end of every line."""

import os
import sys

BILLION = 1_000_000_000
stream, end = int(sys.argv[1]), sys.argv[2].encode()
piece = b"x" * (50_000 - len(end)) + end
for _ in range(BILLION // len(piece)):
    os.write(stream, piece)
