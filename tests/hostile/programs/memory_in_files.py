"""Takes memory that belongs to no process, and then more: files, and files without a name."""

import os
import sys

CHUNK = b"x" * (1 << 20)
kept = []
for folder in ("/work", "/tmp", "/dev/shm"):
    with open(f"{folder}/large", "wb", buffering=0) as file:
        try:
            while True:
                file.write(CHUNK)
        except OSError:
            print(folder, file=sys.stderr)
while True:
    kept.append(os.memfd_create("more"))
    for _ in range(32):
        os.write(kept[-1], CHUNK)
