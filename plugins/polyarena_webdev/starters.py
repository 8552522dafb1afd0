"""Apps to ask for, of every kind and for every task."""

from __future__ import annotations

from polyarena import Starter

STARTERS = (
    Starter(
        "A landing page (HTML)",
        "Build a landing page for a small coffee roastery called Ember & Oak: a hero, three "
        "coffees with prices, opening hours, and a form for a newsletter that thanks whoever "
        "signs up.",
        {"kind": "html"},
    ),
    Starter(
        "A task board (React)",
        "Build a task board with three columns, To do, Doing and Done. Tasks can be added, moved "
        "from column to column and deleted, and each column shows how many it has.",
        {"kind": "react"},
    ),
    Starter(
        "A sales dashboard (React)",
        "Build a dashboard of a shop's sales: key figures, a chart of revenue by month, a table "
        "of the best products, and a switch between two years. Make up the data.",
        {"kind": "react"},
    ),
    Starter(
        "Memory (any)",
        "Build a game of memory with sixteen cards. Count the moves, say when it is won, and let "
        "me start again. It must be playable with the keyboard, too.",
    ),
    Starter(
        "A unit converter (Vue)",
        "Build a converter between units of length, weight and temperature that works in both "
        "directions while I type.",
        {"kind": "vue"},
    ),
    Starter(
        "Orbits (p5.js)",
        "Draw a small solar system: a sun, four planets on their orbits at different speeds, and "
        "a slider for how fast time goes.",
        {"kind": "p5"},
    ),
    Starter(
        "A list on a server (Flask)",
        "Build a packing list for a weekend in the mountains: things can be added, ticked off and "
        "removed, and it says how many are left. The list is kept on the server.",
        {"kind": "flask"},
    ),
    Starter(
        "A data explorer (Streamlit)",
        "Build an explorer of made-up rainfall by city and month: choose cities and a span of "
        "months, see a chart and the key figures, and download the table.",
        {"kind": "streamlit"},
    ),
)
