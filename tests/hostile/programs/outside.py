"""Writes, links, renames and removes outside the folders that are its own."""

import contextlib
import os
from collections.abc import Iterator

OWN = ("/work", "/tmp", "/dev/shm", "/dev/mqueue", "/proc", "/sys")


def folders() -> Iterator[str]:
    for folder, inner, _ in os.walk("/"):
        inner[:] = [name for name in inner if os.path.join(folder, name) not in OWN]
        yield folder


for folder in folders():
    path = os.path.join(folder, "mine")
    with contextlib.suppress(OSError):
        open(path, "w").close()
        print("wrote", path)
    with contextlib.suppress(OSError):
        os.mkdir(path)
        print("made", path)
for path in ("/usr/bin/env", "/usr/local/bin/warden", "/etc/passwd", "/etc/hosts"):
    for what, change in (
        ("opened", lambda path: open(path, "r+b").close()),
        ("unlocked", lambda path: os.chmod(path, 0o777)),
        ("moved", lambda path: os.rename(path, "/tmp/mine")),
        ("removed", os.remove),
        ("linked", lambda path: os.link(path, "/tmp/linked")),
        ("dated", os.utime),
    ):
        with contextlib.suppress(OSError):
            change(path)
            print(what, path)
print("end")
