"""Takes memory for as long as it gets some."""

taken = []
while True:
    taken.append(bytearray(b"x" * 5_000_000))
