"""Finding the files of an app in an answer, whatever shape it is handed in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polyarena.answers import Block, fenced, name_of, safe_name

from .filenames import named_files
from .guessing import language_like
from .sources import Sources, is_known, language_called, language_of_file
from .structured import Handed, handed_in

TEXT_READ = 1_000_000
BLOCKS_READ = 200
FILES_TAKEN = 100
_PAGE = re.compile(r"(?:<!doctype html|<html)\b.*?(?:</html>|\Z)", re.IGNORECASE | re.DOTALL)
_TAGGED = re.compile(
    r"<(?:file|boltAction|lov-write)\b[^>]{0,200}?"
    r"\b(?:path|name|filePath|file_path)=[\"']([^\"'>]{1,200})[\"'][^>]{0,200}>\n?"
    r"(.*?)</(?:file|boltAction|lov-write)>",
    re.DOTALL,
)
_LESS = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of an app: what it is written in, and its file's name, empty if it has none."""

    language: str
    name: str
    text: str


def files_in(answer: str, before: Sources | None = None) -> dict[str, str]:
    """The files that an answer hands in, by name; takes time in proportion to its length.

    Blocks without a name are called as those of `before` are, or as is usual. What is typed at a
    prompt, output and data are left out.
    """
    answer = answer[:TEXT_READ]
    if handed := _structured(answer):
        return dict(list(handed.files.items())[:FILES_TAKEN])
    if tagged := _tagged(answer):
        return tagged
    blocks = fenced(answer, is_known)[:BLOCKS_READ]
    pieces = [piece for block in blocks if (piece := piece_of(block)) is not None]
    if not pieces and (page := _PAGE.search(answer)):
        pieces = [Piece("html", "", page[0])]
    return dict(list(_named(pieces, before or {}).items())[:FILES_TAKEN])


def piece_of(block: Block) -> Piece | None:
    """What a block of an answer is of an app, or None if it is no part of one."""
    word = _word(block)
    language = language_called(word) or language_of_file(word)
    if not language and not word:
        language = language_like(block.text)
    name = name_of(block, lambda name: bool(language) and language_of_file(name) == language)
    own = language_of_file(name)
    if name and own:
        return Piece(own, name, block.text)
    if not language or (language == "json" and not _is_package(block.text)):
        return None
    return Piece(language, "package.json" if language == "json" else "", block.text)


def _structured(answer: str) -> Handed | None:
    bare = answer.strip()
    if bare.startswith(("{", "[")):
        return handed_in(bare)
    for block in fenced(answer, is_known)[:BLOCKS_READ]:
        looks = _word(block) in ("json", "") and block.text.lstrip().startswith(("{", "["))
        if looks and (found := handed_in(block.text)):
            return found
    return None


def _tagged(answer: str) -> dict[str, str]:
    # Behind the last end nothing is whole, and looking for its end would take long.
    end = max(answer.rfind(mark) for mark in ("</file>", "</boltAction>", "</lov-write>"))
    if end < 0:
        return {}
    answer = answer[: end + len("</boltAction>")]
    found = {safe_name(name): _bare(text) for name, text in _TAGGED.findall(answer)}
    return {name: text for name, text in found.items() if language_of_file(name)}


def _bare(text: str) -> str:
    """The text of a tag, out of the fence that may stand in it."""
    blocks = fenced(text, is_known)
    whole = text.strip().startswith("```") and len(blocks) == 1
    return blocks[0].text if whole else text.strip("\n")


def _named(pieces: Sequence[Piece], before: Sources) -> dict[str, str]:
    files: dict[str, str] = {}
    for piece in pieces:
        if piece.name and not _is_excerpt(piece.text, files.get(piece.name, "")):
            files[piece.name] = piece.text
    unnamed = [(piece.language, piece.text) for piece in pieces if not piece.name]
    return named_files(unnamed, files, before)


def _is_excerpt(text: str, whole: str) -> bool:
    """Whether a later block of a name only shows some of what an earlier one holds."""
    return bool(text.strip()) and len(text) < len(whole) * _LESS


def _is_package(text: str) -> bool:
    return '"dependencies"' in text and '"name"' in text


def _word(block: Block) -> str:
    """The word by which a fence names its language, if it does."""
    first = block.info.partition(" ")[0].strip("{}.")
    return first.partition(",")[0].partition(":")[0].lower()
