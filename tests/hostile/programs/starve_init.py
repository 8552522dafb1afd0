"""Ends with everything used up that process 1 may need to go on: files, room, names, memory."""

import contextlib
import os
import resource
import time

for folder in ("/tmp", "/work"):
    with contextlib.suppress(OSError), open(f"{folder}/large", "wb", buffering=0) as file:
        while True:
            file.write(b"x" * (1 << 20))
with contextlib.suppress(OSError):
    for number in range(1_000_000):
        os.mkdir(f"folder{number}", 0)
with contextlib.suppress(OSError):
    while os.fork():
        continue
    time.sleep(3600)
with contextlib.suppress(OSError):
    while True:
        os.dup(0)
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
print("end", flush=True)
