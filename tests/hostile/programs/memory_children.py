"""Has children take memory, and new ones for those that were killed."""

import os

while True:
    if os.fork() == 0:
        taken = []
        while True:
            taken.append(bytearray(b"x" * 1_000_000))
    if os.wait()[1]:
        raise SystemExit("a child was killed")
