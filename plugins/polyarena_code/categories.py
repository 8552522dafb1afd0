"""Which kinds of task can be told apart by looking at prompts and at what was run."""

from __future__ import annotations

import re

from polyarena import Category, FinishedBattle, Message

from .evidence import executions_of, tests_passed
from .languages import LANGUAGES
from .task import WORDS_READ, task_of

KINDS = (
    Category("algorithm", "Algorithms"),
    Category("data-plots", "Data and plots"),
    Category("scripting", "Scripting"),
    Category("debugging", "Debugging"),
)
CATEGORIES = (
    *(Category(tongue.id, tongue.title) for tongue in LANGUAGES.values()),
    *KINDS,
    Category("has-tests", "With tests"),
    Category("both-passed", "Both passed"),
)

_WORDS = {
    "algorithm": r"""
        algorithms?|sort(?:s|ed|ing)?|prime(?:s|\ numbers?)?|fibonacci|factorials?|permutations?
      | palindromes?|anagrams?|binary\ search|(?:linked|doubly\ linked)\ lists?|dynamic\ programming
      | shortest\ paths?|dijkstra|graphs?\ (?:traversal|search|colou?ring)|sudoku|n-?queens
      | knapsack|big-?o|complexity|recursi(?:on|ve(?:ly)?)|greatest\ common|gcd|matrix|matrices
      | hash\ (?:map|table)|heap|trie|bfs|dfs|subsequences?|substrings?|leap\ years?|fizz-?buzz
      | levenshtein|edit\ distance|two\ sum|brackets|topological|backtracking|sieve|collatz
    """,
    "data-plots": r"""
        plot(?:s|ted|ting)?|charts?|histograms?|scatter|heat-?maps?|matplotlib|pandas|numpy
      | data-?\ ?(?:sets?|frames?)|csv|regression|visuali[sz](?:e|es|ation)|averages?|medians?
      | statistics|correlations?|group\ by|time\ series|simulat(?:e|es|ion)|sql|quer(?:y|ies)
    """,
    "scripting": r"""
        scripts?|command-?\ ?line|shell|bash|log\ ?files?|rename|pars(?:e|es|ing)|regex(?:es)?
      | regular\ expressions?|automat(?:e|es|ion)|files?|folders?|director(?:y|ies)|json|xml|yaml
      | backups?|cron|convert(?:s|er)?|text\ processing|standard\ input|stdin|argv
    """,
    "debugging": r"""
        debug(?:ging|s)?|fix(?:es|ed)?|bugs?|buggy|broken|wrong|fails?|failing|traceback|exceptions?
      | error\ messages?|segfaults?|crash(?:es|ed)?|does(?:n't|\ not)\ work|not\ working
    """,
}
_PATTERNS = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE | re.VERBOSE)
    for kind, words in _WORDS.items()
}


def categories(battle: FinishedBattle) -> frozenset[str]:
    """Ids of the categories that a battle falls in.

    Its language is the one that was asked for, or that both sides wrote in; its kind is told by
    the words of its first prompt, a bug to be found before anything else.
    """
    if not battle.prompts:
        return frozenset()
    before = [Message(role="user", parts=prompt.parts) for prompt in battle.prompts[:-1]]
    task = task_of(before, battle.prompts[-1].parts)
    left, right = executions_of(battle)
    found = {task.asked} if task.asked else set()
    if left and right and left.language == right.language:
        found = {left.language}
    if kind := kind_of(battle.prompts[0].text):
        found.add(kind)
    if task.tests:
        found.add("has-tests")
    if tests_passed(left) and tests_passed(right):
        found.add("both-passed")
    return frozenset(found & {category.id for category in CATEGORIES})


def kind_of(prompt: str) -> str:
    """The kind of task that a prompt's words name most often, or an empty string."""
    read = prompt[:WORDS_READ]
    counts = {kind: len(set(_lower(pattern, read))) for kind, pattern in _PATTERNS.items()}
    if counts["debugging"] and (counts["debugging"] > 1 or "\n" in prompt.strip()):
        return "debugging"
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def _lower(pattern: re.Pattern[str], text: str) -> list[str]:
    return [word.lower() for word in pattern.findall(text)]
