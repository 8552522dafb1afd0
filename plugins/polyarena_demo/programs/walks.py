"""Random walks in Python, as a plot."""

from __future__ import annotations

from .source import Piece, Source

_GOOD = """
import random

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

STEPS = 500
SEED = 7

random.seed(SEED)
figure, axes = plt.subplots(figsize=(8, 4.5))

# Every step goes up or down by one; a walk begins at zero.
for number in range(1, 4):
    heights = [0]
    for _ in range(STEPS):
        heights.append(heights[-1] + random.choice((-1, 1)))
    axes.plot(heights, label=f"walk {number}", linewidth=1.2)
    print(f"walk {number} ends at {heights[-1]:+d}")

# The line at zero shows how often a walk comes home.
axes.axhline(0, color="grey", linewidth=0.6)
axes.set(title=f"Three random walks of {STEPS} steps", xlabel="step", ylabel="height")
axes.legend()
figure.tight_layout()
figure.savefig("walks.png", dpi=120)
"""

_PLAIN = """
import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt

rng = np.random.default_rng(42)
# One row a walk.
walks = rng.choice([-1, 1], size=(3, 500)).cumsum(axis=1)
for i, walk in enumerate(walks):
    plt.plot(walk, label=f"walk {i + 1}")
plt.legend()
plt.savefig("walks.png")
print("ends:", [int(walk[-1]) for walk in walks])
"""

_FLAWED = """
import random
import matplotlib.pyplot as plt

# Wander off, three times.
for i in range(3):
    position = 0
    path = []
    for step in range(500):
        position += random.randint(-1, 1)
        path.append(position)
    plt.plot(path)
    print("walk", i, "ends at", position)

plt.show()
"""

PIECE = Piece(
    frozenset({"random", "walk", "walks"}),
    Source("python", _GOOD, "The seed is fixed, so that two runs draw the same three walks."),
    Source("python", _PLAIN, "NumPy adds up all steps at once."),
    Source("python", _FLAWED, "Every run wanders elsewhere."),
)
