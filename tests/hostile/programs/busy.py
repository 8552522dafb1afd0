"""An honest program that computes for a long time."""

total = 0
while True:
    total = (total * 31 + 7) % 1_000_003
