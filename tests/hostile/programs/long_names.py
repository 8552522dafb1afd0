"""Makes files whose paths have up to 4,000 characters and more."""

import os

for _ in range(20):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
    with open("f" * 240 + ".txt", "w") as file:
        file.write("x")
