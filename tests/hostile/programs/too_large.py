"""Hands back more than may be: one file that is too large, of holes alone, and then too many."""

with open("a large.bin", "wb") as file:
    file.truncate(30_000_000)
for number in range(30):
    with open(f"part{number:02}.bin", "wb") as file:
        file.write(b"x" * 900_000)
