"""Blocks that are no program: how to install or start one, and what it prints."""

from __future__ import annotations

import re

_PROMPT = re.compile(r"\s{0,8}(?:\$|>|%|[\w@:~/-]{1,40}[$#])\s+")
_STARTS = re.compile(
    r"""(?:sudo\s+)?(?:
        (?:pip|pip3|conda|npm|npx|yarn|pnpm|brew|apt|apt-get|cargo|rustup|rustc|go|gcc|g\+\+|clang
          |clang\+\+|cc|make|cmake|java|javac|node|deno|bun|ts-node|tsx|tsc|sqlite3|pytest|uv
          |poetry|git|cd|docker|chmod|code|nano|vim|touch)(?:\s|$)
      | python[\d.]{0,4}(?:\s|$) | py\s+-? | (?:ba)?sh\s+\S | source\s | \./[\w./-]{1,80}
      | (?:export\s+)?[A-Z_]{1,30}=\S{0,80}\s?$ | mkdir\s | \#(?!!)
      | (?:echo|cat|printf)\s.{0,120}(?:\||>|<<) | [\w.-]{1,40}\.exe
    )""",
    re.VERBOSE,
)
_OUTPUT = re.compile(
    r"\b(?:outputs?|prints?|printed|results? (?:is|are|in|will be)|returns|console|displays?"
    r"|sample run|looks? like this)\b[^.]{0,60}:?\W{0,6}$",
    re.IGNORECASE,
)
_QUIET_WORDS = """
text txt plain plaintext output out log logs none result results console-output json jsonc
yaml yml toml ini csv tsv xml svg diff patch mermaid math latex tex regex http dotenv env
makefile cmake dockerfile gitignore graphviz dot stdin stdout input properties tests
"""
_QUIET = frozenset(_QUIET_WORDS.split())
_SESSION = frozenset({"console", "terminal", "shell-session", "shellsession", "cmd", "bat"})
_SHELLS = frozenset({"powershell", "ps1", "pwsh"})
LINES_READ = 60


def is_data(word: str) -> bool:
    """Whether a fence's word names no programming language."""
    return word in _QUIET


def is_session(word: str) -> bool:
    """Whether a fence's word says that the block is typed at a shell's prompt."""
    return word in _SESSION or word in _SHELLS


def is_usage(text: str) -> bool:
    """Whether a shell block only installs, compiles or starts something."""
    lines = [line for line in text.split("\n") if line.strip()][:LINES_READ]
    if lines and _PROMPT.match(lines[0][:200]):
        return True
    return all(_STARTS.match(line.strip()[:200]) for line in lines)


def announces_output(line: str) -> bool:
    """Whether the line above a block says that what follows is output."""
    return bool(_OUTPUT.search(line[-160:]))


def is_transcript(text: str) -> bool:
    """Whether a block is a session with Python's prompt."""
    return text.lstrip().startswith(">>> ")


def typed(transcript: str) -> str:
    """What was typed in a session with Python's prompt."""
    return "\n".join(
        line.lstrip()[4:]
        for line in transcript.split("\n")
        if line.lstrip().startswith((">>> ", "... "))
    )
