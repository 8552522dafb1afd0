"""Finding the program in an answer, whatever shape it is handed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polyarena.answers import Block, fenced, indented, name_of

from . import usage
from .guessing import guess
from .languages import LANGUAGES, is_language, language_called, language_of_file
from .pieces import Piece, program_text
from .plain import plain_code
from .program import Program, SourceText, has_entry

BLOCKS_READ = 100
FILES_TAKEN = 20
TEXT_READ = 400_000
_FOREIGN = re.compile(r"[a-z][a-z0-9+#_-]{0,20}")


@dataclass(frozen=True, slots=True)
class _Read:
    """A block with what it is: an id of ours, what the answer calls it, or empty for no code."""

    block: Block
    language: str
    name: str

    @property
    def text(self) -> str:
        transcript = self.language == "python" and usage.is_transcript(self.block.text)
        return usage.typed(self.block.text) if transcript else self.block.text

    @property
    def length(self) -> int:
        return sum(1 for line in self.text.split("\n") if line.strip())


def find_program(answer: str, asked: str = "") -> Program | None:
    """The program in an answer, or None; takes time in proportion to the answer's length.

    Of several languages the `asked` one wins, else the one of the longest block. A program in a
    language that is none of ours is answered only where there is no other.
    """
    answer = answer[:TEXT_READ]
    blocks = fenced(answer, is_language)[:BLOCKS_READ]
    read = [_read(block, asked) for block in blocks if block.text.strip()]
    if not any(each.language for each in read):
        read += [_read(block, asked) for block in indented(answer)[:BLOCKS_READ]]
    code = [each for each in read if each.language in LANGUAGES]
    if code:
        return _program(_language(code, asked), code, read)
    language, text = plain_code(answer, asked)
    if language:
        return Program.of(language, [SourceText("", text)])
    foreign = [each for each in read if each.language]
    return _program(_language(foreign, asked), foreign, read) if foreign else None


def _read(block: Block, asked: str) -> _Read:
    language = _language_of(block, asked)
    name = name_of(block, lambda name: bool(language) and language_of_file(name) == language)
    if not language_called(_word(block)):
        language = language_of_file(name) or language
    if language == "bash" != asked and not name and usage.is_usage(block.text):
        language = ""
    return _Read(block, language, name)


def _language_of(block: Block, asked: str) -> str:
    """What a block is written in; empty for output, data and what is typed at a prompt."""
    word = _word(block)
    if language := language_called(word) or language_of_file(word):
        return language
    if word in ("h", "header"):
        return "cpp" if asked == "cpp" else "c"
    if usage.is_data(word) or usage.is_session(word):
        return ""
    if _FOREIGN.fullmatch(word):
        return word
    if usage.is_transcript(block.text):
        return "python"
    if usage.announces_output(block.before) and guess(block.text) in ("", "bash"):
        return ""
    return guess(block.text, asked)


def _word(block: Block) -> str:
    """The word by which a fence names its language, if it does."""
    first = block.info.partition(" ")[0].strip("{}.")
    return first.partition(",")[0].partition(":")[0].lower()


def _language(code: Sequence[_Read], asked: str) -> str:
    if any(each.language == asked for each in code):
        return asked
    if {"c", "cpp"} == {each.language for each in code}:
        return "cpp"
    longest = max(each.length for each in code)
    return [each.language for each in code if each.length == longest][-1]


def _program(language: str, code: Sequence[_Read], read: Sequence[_Read]) -> Program:
    own = [each for each in code if each.language == language]
    named = [each for each in own if each.name]
    unnamed = [each for each in own if not each.name]
    files = [SourceText(each.name, each.text) for each in named]
    if unnamed and (not named or (_starts(unnamed) and not _starts(named))):
        files.append(SourceText("", _joined(language, unnamed)))
    others = [each for each in read if each.name and each not in own]
    files = [SourceText(each.name, each.text) for each in others] + files
    return Program.of(language, files[-FILES_TAKEN:])


def _joined(language: str, blocks: Sequence[_Read]) -> str:
    pieces = [Piece(each.text, each.block.closed) for each in blocks]
    if language in LANGUAGES:
        return program_text(language, pieces)
    return max(pieces, key=lambda piece: piece.length).text


def _starts(blocks: Sequence[_Read]) -> bool:
    return any(has_entry(each.text) for each in blocks)
