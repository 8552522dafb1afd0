"""Prompts to begin with, from different walks of life."""

from __future__ import annotations

from polyarena import Starter

STARTERS = (
    Starter(
        "Write a letter",
        "Write a short letter to a neighbour whose dog barks every night. Keep it friendly, "
        "suggest one practical thing to try, and end on something kind.",
    ),
    Starter(
        "Work out a probability",
        "Two fair dice are rolled and at least one of them shows a six. What is the probability "
        "that the sum is at least $10$? Show each step, and write the mathematics in LaTeX.",
    ),
    Starter(
        "Fix a function",
        "This Python function should return the running average of a list, but the result is "
        "wrong. Find the bug, fix it, and add one test.\n\n"
        "```python\n"
        "def running_average(numbers):\n"
        "    total, averages = 0, []\n"
        "    for i, number in enumerate(numbers):\n"
        "        total += number\n"
        "        averages.append(total / i if i else number)\n"
        "    return averages\n"
        "```",
    ),
    Starter(
        "Ask for advice",
        "I have two job offers: one pays a fifth more, the other would teach me far more. I am "
        "thirty and have savings for six months. How should I decide? Ask me what you need to "
        "know, then tell me what you would lean towards so far.",
    ),
    Starter(
        "Explain a puzzle",
        "Why does ice float on water when most solids sink in their own liquid? Explain it first "
        "to a ten-year-old, then to a student of chemistry.",
    ),
    Starter(
        "Make a table",
        "Compare trains, coaches and planes for a journey of 600 km in a table: door-to-door "
        "time, usual cost, emissions per person, and comfort. Below it, say in one sentence when "
        "each is the best choice.",
    ),
    Starter(
        "Follow strict rules",
        "Describe a thunderstorm in exactly five sentences. Every sentence must begin with the "
        "last word of the one before it, and none may use the words rain, cloud or dark.",
    ),
    Starter(
        "Shorten a text",
        "Cut this to at most 25 words without losing a fact: The committee, which met on Tuesday "
        "after having been postponed twice because of illness, came in the end to the decision "
        "that the library should from now on stay open until nine in the evening on Thursdays, "
        "at first for a trial period of three months.",
    ),
)
