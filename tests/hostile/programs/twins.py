"""Makes two files whose names read the same once they are fit to be shown."""

for name in ("same\x01.txt", "same\x02.txt", "y" * 250 + "1.txt", "y" * 250 + "2.txt"):
    with open(name, "w") as file:
        file.write("x")
