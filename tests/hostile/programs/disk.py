"""Fills the folder that it is told to."""

import sys

with open(f"{sys.argv[1]}/large", "wb", buffering=0) as file:
    while True:
        file.write(b"x" * (1 << 20))
