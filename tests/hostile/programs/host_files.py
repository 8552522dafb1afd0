"""Looks for files of the host: argument 1 is the path of one that anybody there may read."""

import contextlib
import os
import re
import sys
from pathlib import Path

SECRET = sys.argv[1]
ROOTS = ("", "/proc/1/root", "/proc/1/cwd", "/proc/self/root", "/host", "/rootfs", "/mnt", "/media")
UP = "../" * 40
FILES = ("/etc/shadow", "/etc/ssh/ssh_host_ed25519_key", "/root/.bashrc", "/root/.ssh/id_ed25519")
SOCKETS = (
    "/var/run/docker.sock",
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/podman/podman.sock",
    "/run/systemd/private",
    "/run/dbus/system_bus_socket",
)

for path in (*(root + SECRET for root in ROOTS), UP + SECRET, f"/work/{UP}{SECRET}"):
    if os.path.exists(path):
        print("exists", path)
for path in FILES:
    with contextlib.suppress(OSError), open(path, "rb") as file:
        print("read", path, file.read(20))
for path in SOCKETS:
    if os.path.lexists(path):
        print("exists", path)
mounts = Path("/proc/self/mountinfo").read_text()
for path in {found[1] for found in re.finditer(r"(?:dir=|:|, | )(/[^\s,:]+)", mounts)}:
    if "docker" in path and os.path.exists(path):
        print("exists", path)
print("end")
