"""Leaves what is no ordinary file: pipes, sockets, devices, files with a setuid bit."""

import contextlib
import os
import socket
import stat

os.mkfifo("pipe.txt")
os.mkdir("inner")
os.mkfifo("inner/pipe.csv")
socket.socket(socket.AF_UNIX).bind("socket.txt")
for name, kind in (("zero.bin", stat.S_IFCHR), ("disk.img", stat.S_IFBLK)):
    with contextlib.suppress(OSError):
        os.mknod(name, kind | 0o666, os.makedev(1, 5))
        print("made", name)
os.mkfifo("given.pipe")
os.rename("given.pipe", "given.txt")
with open("setuid.sh", "w") as file:
    file.write("#!/bin/sh\n")
os.chmod("setuid.sh", 0o6777)
