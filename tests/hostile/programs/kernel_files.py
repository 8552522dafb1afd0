"""Reads and writes what belongs to the kernel and its devices, wherever it can."""

import contextlib
import os
import stat

MESSAGES = ("/dev/kmsg", "/proc/kmsg", "/var/log/kern.log", "/var/log/dmesg", "/sys/fs/pstore")
MEMORY = ("/dev/mem", "/dev/kmem", "/dev/port", "/proc/kcore", "/proc/kpageflags", "/dev/cpu/0/msr")
TOLD = ("/proc/kallsyms", "/proc/modules", "/proc/keys", "/proc/timer_list", "/proc/cmdline")
SWITCHES = (
    "/proc/pressure/memory",
    "/proc/sysrq-trigger",
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/net/ipv4/ip_forward",
    "/sys/kernel/uevent_helper",
    "/sys/fs/cgroup/release_agent",
    "/sys/fs/cgroup/memory/release_agent",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    "/sys/fs/cgroup/pids/pids.max",
    "/sys/fs/cgroup/memory.max",
    "/sys/power/state",
)
HARMLESS = {"full", "null", "ptmx", "random", "tty", "urandom", "zero"}

for path in (*MESSAGES, *MEMORY, *TOLD):
    with contextlib.suppress(OSError), open(path, "rb") as file:
        if file.read(1):
            print("read", path)
for path in SWITCHES:
    with contextlib.suppress(OSError), open(path, "r+b", buffering=0) as file:
        print("opened", path)
for folder, _, names in os.walk("/dev"):
    for name in names:
        kind = os.lstat(f"{folder}/{name}").st_mode
        if stat.S_ISBLK(kind) or (stat.S_ISCHR(kind) and name not in HARMLESS):
            print("device", name)
for folder, _, names in os.walk("/sys"):
    for name in names:
        if os.access(f"{folder}/{name}", os.W_OK):
            print("writable", folder, name)
print("end")
