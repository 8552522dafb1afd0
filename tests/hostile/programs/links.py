"""Hands back links: to files that are not its own, to folders, to themselves, and hard ones."""

import contextlib
import os

os.symlink("/etc/passwd", "passwd.txt")
os.symlink("/proc/1/environ", "environ.txt")
os.symlink("../../../../../../etc/passwd", "relative.txt")
os.symlink("/etc", "folder")
os.symlink(".", "here")
os.symlink("circle", "circle")
os.symlink("/dev/zero", "endless.bin")
os.mkdir("inner")
os.symlink("/etc/passwd", "inner/passwd.txt")
os.remove("given.txt")
os.symlink("/etc/passwd", "given.txt")
with open("one.txt", "w") as file:
    file.write("twice")
os.link("one.txt", "two.txt")
for path in ("/etc/passwd", "/proc/1/status", "/dev/zero"):
    with contextlib.suppress(OSError):
        os.link(path, "hard.txt", follow_symlinks=False)
with open("honest.txt", "w") as file:
    file.write("honest")
