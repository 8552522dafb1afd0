"""The names of colours."""

from __future__ import annotations

NAMES = (
    "black",
    "grey",
    "white",
    "red",
    "orange",
    "yellow",
    "green",
    "teal",
    "blue",
    "purple",
    "pink",
    "brown",
)
