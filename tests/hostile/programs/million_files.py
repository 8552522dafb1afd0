"""A million small files, a thousand in every folder."""

import os

for folder in range(1000):
    os.mkdir(f"folder{folder:03}")
    for number in range(1000):
        with open(f"folder{folder:03}/file{number:03}", "w") as file:
            file.write("small")
