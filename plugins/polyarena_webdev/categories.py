"""Which kinds of task can be told apart by looking at prompts and at what was built."""

from __future__ import annotations

import re

from polyarena import Category, FinishedBattle

from .asking import asked_kind
from .evidence import apps_of
from .makers import KINDS, kind_titled

WORDS_READ = 20_000
TASKS = (
    Category("website", "Websites"),
    Category("game", "Games"),
    Category("data-visualisation", "Data visualisation"),
    Category("tool", "Tools and dashboards"),
    Category("three-d", "3-D and simulation"),
)
CATEGORIES = (
    *TASKS,
    Category("clone", "Clones from a picture"),
    Category("multi-turn", "Several turns"),
    *(Category(kind.id, kind.title) for kind in KINDS.values()),
)

_WORDS = {
    "website": r"""
        (?:web)?sites?|landing\ pages?|home\ ?pages?|portfolios?|blogs?|(?:web)?shops?|stores?
      | restaurants?|cafes?|agenc(?:y|ies)|brochures?|pricing|hero|testimonials?|newsletters?
      | compan(?:y|ies)|start-?ups?|products?\ pages?|profiles?|wedding|hotels?|menus?
    """,
    "game": r"""
        games?|play(?:er|able)?s?|snake|tetris|pong|breakout|pac-?man|minesweeper|chess|checkers
      | tic-?tac-?toe|2048|memory\ (?:cards?|game)|platformers?|shooters?|scores?|levels?|arcade
      | enem(?:y|ies)|puzzles?|sudoku|hangman|solitaire|flappy|space\ invaders|racing
    """,
    "data-visualisation": r"""
        charts?|graphs?|plots?|histograms?|heat-?maps?|visuali[sz](?:e|es|ed|ation|ations|ing)
      | data-?\ ?sets?|scatter|bar\ charts?|pie\ charts?|time\ series|sankey|tree-?maps?|maps?
      | statistics|trends?|d3|infographics?
    """,
    "tool": r"""
        dashboards?|tools?|calculators?|converters?|editors?|to-?do|lists?|kanban|boards?|trackers?
      | planners?|timers?|pomodoro|clocks?|calendars?|notes?|forms?|generators?|pickers?|budgets?
      | admin|inventor(?:y|ies)|crm|invoices?|analytics|metrics|tables?|search|players?|password
    """,
    "three-d": r"""
        3-?d|three(?:\.js|js)?|webgl|simulat(?:e|es|or|ion|ions)|particles?|physics|gravity|solar
      | planets?|orbits?|galax(?:y|ies)|fluids?|boids?|flock(?:s|ing)?|pendulums?|cloth|waves?
      | terrain|globe|cubes?|game\ of\ life|cellular|fractals?|ray|shaders?|springs?|bouncing
    """,
}
_PATTERNS = {
    task: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE | re.VERBOSE)
    for task, words in _WORDS.items()
}


def categories(battle: FinishedBattle) -> frozenset[str]:
    """Ids of the categories that a battle falls in.

    The kind of source is the one that was asked for, or that both apps are of; the task is told
    by the words of the first prompt.
    """
    if not battle.prompts:
        return frozenset()
    found = set()
    if task := task_of(battle.prompts[0].text):
        found.add(task)
    if any("image" in prompt.kinds for prompt in battle.prompts):
        found.add("clone")
    if len(battle.prompts) > 1:
        found.add("multi-turn")
    kinds = {kind_titled(app.kind) if app else "" for app in apps_of(battle)}
    asked = [kind for prompt in battle.prompts if (kind := asked_kind(prompt.parts))]
    if len(kinds) == 1 and kinds != {""}:
        found |= kinds
    elif asked:
        found.add(asked[-1])
    return frozenset(found)


def task_of(prompt: str) -> str:
    """The task that a prompt's words name most often, the more special first; or nothing."""
    read = prompt[:WORDS_READ]
    counts = {
        task: len({word.lower() for word in p.findall(read)}) for task, p in _PATTERNS.items()
    }
    for task in ("game", "three-d"):
        if counts[task] and counts[task] >= max(counts.values()) - 1:
            return task
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""
