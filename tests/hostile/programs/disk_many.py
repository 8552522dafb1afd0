"""Fills the disk with files of which each is small enough."""

import itertools

for number in itertools.count():
    with open(f"part{number:04}", "wb", buffering=0) as file:
        written = file.write(b"x" * 1_000_000)
        if written < 1_000_000:
            raise SystemExit("the disk is full")
