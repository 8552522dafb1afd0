"""Prompts to begin with."""

from __future__ import annotations

from polyarena import Starter

from .shapes import FIELD

STARTERS = (
    Starter(
        "A poster with words",
        'A poster for a jazz night: a yellow trumpet on deep blue, and the words "LATE SET" large '
        "at the top",
        {FIELD: "portrait"},
    ),
    Starter(
        "A photograph",
        "A photo of a lighthouse on a cliff at sunset, a red sun low over a calm green sea",
        {FIELD: "landscape"},
    ),
    Starter(
        "Shapes in order",
        "Three blue circles above two orange triangles, on a white background",
    ),
    Starter(
        "A person at work",
        "A portrait of a woman repairing a clock, her hands in warm light, painted in oil",
        {FIELD: "portrait"},
    ),
)
