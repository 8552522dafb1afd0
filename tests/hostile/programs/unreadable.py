"""Leaves files and folders that nobody may read."""

import os

os.mkdir("folder")
for name in ("file.txt", "folder/inner.txt", "honest.txt"):
    with open(name, "w") as file:
        file.write("x")
os.chmod("file.txt", 0)
os.chmod("folder", 0)
