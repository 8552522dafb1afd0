"""Checks that a program reaches nothing but itself."""

from __future__ import annotations

import os

from polyarena.sandbox import Sandbox

from .checking import Check, answer, expect, run, step_of

SECRET_BYTES = 12

NETWORK = """
import json, socket
reached = []
for host, port in [("1.1.1.1", 53), ("169.254.169.254", 80), ("172.17.0.1", 22), ("8.8.8.8", 443)]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_INET, kind) as end:
                end.settimeout(1)
                end.connect((host, port))
                reached.append(host)
        except OSError: pass
try: reached.append(socket.gethostbyname("example.com"))
except OSError: pass
for family, kind in [(40, 1), (17, 3), (16, 3), (38, 5), (2, 3), (10, 3)]:
    try: reached.append(f"family {socket.socket(family, kind).family}")
    except OSError: pass
print(json.dumps(reached))
"""

CALLS = """
import ctypes, errno, json, os
calls = {
    "acct": (163, 89), "add_key": (248, 217), "bpf": (321, 280), "chroot": (161, 51),
    "fanotify_init": (300, 262), "init_module": (175, 105), "io_uring_setup": (425, 425),
    "kexec_load": (246, 104), "keyctl": (250, 219), "memfd_secret": (447, 447),
    "mount": (165, 40), "open_by_handle_at": (304, 265), "perf_event_open": (298, 241),
    "pivot_root": (155, 41), "process_vm_readv": (310, 270), "ptrace": (101, 117),
    "reboot": (169, 142), "setns": (308, 268), "settimeofday": (164, 170), "swapon": (167, 224),
    "syslog": (103, 116), "umount2": (166, 39), "unshare": (272, 97), "userfaultfd": (323, 282),
}
column = {"x86_64": 0, "aarch64": 1}[os.uname().machine]
libc = ctypes.CDLL(None, use_errno=True)
let = []
for name, numbers in calls.items():
    refused = libc.syscall(numbers[column], 0, 0, 0, 0, 0) == -1
    if not refused or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS, errno.EACCES):
        let.append(name)
clone = (56, 220)[column]
for flag in (0x10000000, 0x40000000, 0x20000):
    child = libc.syscall(clone, flag | 17, 0, 0, 0, 0)
    if child == 0: os._exit(0)
    if child > 0: let.append(f"clone {flag:#x}")
print(json.dumps(let))
"""

FILES = """
import json, os
reached = []
for path in ("/", "/etc", "/usr/bin", "/proc/sys/kernel", "/sys", "/dev", "/root", "/var/tmp"):
    try:
        open(f"{path}/x", "w").close()
        reached.append(f"wrote {path}")
    except OSError: pass
for path in ("/etc/shadow", "/proc/1/environ", "/proc/1/mem", "/proc/kcore", "/proc/kmsg",
             "/dev/kmsg", "/dev/mem", "/dev/sda", "/dev/vda", "/dev/fuse"):
    try:
        if open(path, "rb").read(1): reached.append(f"read {path}")
    except OSError: pass
for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock"):
    if os.path.exists(path): reached.append(path)
for folder, _, names in os.walk("/usr"):
    for name in names:
        status = os.lstat(os.path.join(folder, name))
        if status.st_mode & 0o170000 == 0o100000 and status.st_mode & 0o6000:
            reached.append(f"setuid {name}")
print(json.dumps(reached))
"""

IDENTITY = """
import json, os
facts = dict(line.split(":", 1) for line in open("/proc/self/status"))
for change in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0])):
    try: change()
    except OSError: pass
print(json.dumps([os.getuid(), os.getgid(), int(facts.get("CapEff", "0"), 16)]))
"""

ENVIRONMENT = """
import json, os
print(json.dumps(dict(os.environ)))
"""

TRACES = """
import json, os, time
found = []
for folder in ("/work", "/tmp", "/dev/shm", "/var/tmp"):
    path = os.path.join(folder, "trace")
    if os.path.lexists(path): found.append(path)
    try: open(path, "w").close()
    except OSError: pass
for process in filter(str.isdecimal, os.listdir("/proc")):
    if int(process) not in (1, os.getpid(), os.getppid()): found.append(f"process {process}")
if os.fork() == 0:
    os.setsid()
    time.sleep(600)
print(json.dumps(found))
"""

FORGER = """
import glob, os, struct
frame = b"D" + struct.pack(">I", 0)
os.write(1, frame)
for path in glob.glob("/proc/1/fd/*") + ["/proc/1/mem", "/dev/stdout", "/dev/tty", "/dev/console"]:
    try:
        with open(path, "wb", buffering=0) as file: file.write(frame)
    except OSError: pass
for process in (1, os.getppid()):
    for number in (9, 15, 19, 11):
        try: os.kill(process, number)
        except OSError: pass
print("alive", flush=True)
"""


FIRST_PROCESS = """
import json, os, resource
def write(path, text):
    with open(path, "w") as file: file.write(text)
touches = {
    "limits": lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, (64, 64)),
    "priority": lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
    "priority of all": lambda: os.setpriority(os.PRIO_USER, 0, 19),
    "processors": lambda: os.sched_setaffinity(1, {0}),
    "scheduler": lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
    "memory": lambda: write("/proc/1/mem", "x"),
    "place before the OOM killer": lambda: write("/proc/1/oom_score_adj", "1000"),
}
touched = []
for name, touch in touches.items():
    try: touch()
    except OSError: continue
    touched.append(name)
print(json.dumps(touched))
"""


async def network(sandbox: Sandbox) -> None:
    reached = await answer(sandbox, NETWORK)
    expect(not reached, f"reached {reached}")


async def system_calls(sandbox: Sandbox) -> None:
    let = await answer(sandbox, CALLS)
    expect(not let, f"let through: {let}")


async def files(sandbox: Sandbox) -> None:
    reached = await answer(sandbox, FILES)
    expect(not reached, reached)


async def identity(sandbox: Sandbox) -> None:
    uid, gid, capabilities = await answer(sandbox, IDENTITY)
    expect(uid > 0 and gid > 0, f"it runs as {uid}:{gid}")
    expect(capabilities == 0, f"it has the capabilities {capabilities:x}")


async def environment(sandbox: Sandbox) -> None:
    found = await answer(sandbox, ENVIRONMENT)
    ours = {value: name for name, value in os.environ.items() if len(value) >= SECRET_BYTES}
    # A path for programs or a locale may be the same by chance.
    same = {ours[value] for value in found.values() if value in ours} - {"PATH", "LANG", "LC_ALL"}
    expect(not same, f"it sees our {', '.join(sorted(same))}")


async def a_fresh_place(sandbox: Sandbox) -> None:
    for _ in range(2):
        found = await answer(sandbox, TRACES)
        expect(not found, f"found {found}")


async def forging(sandbox: Sandbox) -> None:
    step = await step_of(sandbox, FORGER)
    expect(step.exit_code == 0, f"{step.outcome}, {step.signal}")
    frame = b"D\0\0\0\0"
    expect(step.stdout.replace(frame, b"") == b"alive\n", f"it printed {step.stdout!r}")


async def first_process(sandbox: Sandbox) -> None:
    touched = await answer(sandbox, FIRST_PROCESS)
    expect(not touched, f"it changed the {', '.join(touched)} of process 1")


async def odd_names(sandbox: Sandbox) -> None:
    source = "for name in ('a\\nb', 'c\\x1b[31m', 'é' * 100, '\\udcff'): open(name, 'w').write('x')"
    result = await run(sandbox, source)
    names = [file.name for file in result.files] + [left.name for left in result.omitted]
    expect(len(names) == 4, f"{len(names)} files of 4 are told of")
    expect(all(name.isprintable() and len(name) <= 200 for name in names), names)


CHECKS = (
    Check("no network", network),
    Check("no dangerous system calls", system_calls),
    Check("no files of others", files),
    Check("nobody, without capabilities", identity),
    Check("no environment of ours", environment),
    Check("a fresh place every time", a_fresh_place),
    Check("results cannot be forged", forging),
    Check("process 1 cannot be touched", first_process),
    Check("odd file names", odd_names),
)
