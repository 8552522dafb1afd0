"""What an ordinary program does: it computes, writes files, starts another, and prints."""

import hashlib
import subprocess
from pathlib import Path

digest = b""
for number in range(60_000):
    digest = hashlib.sha256(digest + str(number).encode()).digest()
words = sorted(f"{number * 7919 % 100_003:06}" for number in range(60_000))
with open("words.txt", "w") as file:
    file.write("\n".join(words))
subprocess.run(["sort", "-r", "words.txt", "-o", "words.txt"], check=True)
print(digest.hex(), Path("words.txt").read_text()[:6])
