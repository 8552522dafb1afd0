"""Looks at the processes there are, and into the one that is not its own."""

import contextlib
import os

own = {1, os.getpid()}
for name in filter(str.isdecimal, os.listdir("/proc")):
    if int(name) not in own:
        print("process", name)
for name in ("environ", "mem", "maps", "auxv", "syscall", "stack", "io", "pagemap", "timers"):
    with contextlib.suppress(OSError), open(f"/proc/1/{name}", "rb") as file:
        if file.read(1):
            print("read", name)
for name in ("cwd", "exe", "root", "ns/net", "ns/mnt", "fd/0"):
    with contextlib.suppress(OSError):
        print(name, os.readlink(f"/proc/1/{name}"))
for name in ("fd", "map_files", "fdinfo"):
    with contextlib.suppress(OSError):
        print(name, os.listdir(f"/proc/1/{name}"))
for name in ("mem", "oom_score_adj", "clear_refs", "uid_map", "attr/current", "coredump_filter"):
    with contextlib.suppress(OSError), open(f"/proc/1/{name}", "wb", buffering=0) as file:
        file.write(b"0")
        print("wrote", name)
print("end")
