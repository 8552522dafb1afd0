"""Words that speak for a group, and finding them in a text.

A group's file holds its title and scope, then lines of a weight and terms, separated by commas.
A term is one or several words; `*` at the end of a word stands for any ending. Case, accents and
the signs between words do not matter. Chinese and Japanese terms are found anywhere in a text, as
these languages put no spaces between words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

READ_CHARACTERS = 20_000
_WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Term:
    """A term as written and as words, the last sign of which may be `*`."""

    written: str
    words: tuple[str, ...]
    weights: Mapping[str, int]

    def at(self, words: Sequence[str], place: int) -> bool:
        """Whether the term stands at this place."""
        found = words[place : place + len(self.words)]
        return len(found) == len(self.words) and all(
            word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
            for word, wanted in zip(found, self.words, strict=True)
        )


class Vocabulary:
    """The terms of several groups; `weights` are by group and term as written."""

    def __init__(self, weights: Mapping[str, Mapping[str, int]]) -> None:
        by_term: dict[tuple[str, ...], tuple[str, dict[str, int]]] = {}
        for group, terms in weights.items():
            for written, weight in terms.items():
                words = tuple(_split(written))
                held = by_term.setdefault(words, (written, {}))[1]
                held[group] = max(weight, held.get(group, 0))
        self._starts: dict[str, list[_Term]] = {}
        self._beginnings: dict[str, list[_Term]] = {}
        self._unspaced: list[_Term] = []
        for words, (written, told) in by_term.items():
            term = _Term(written, words, told)
            if _UNSPACED.search(written):
                self._unspaced.append(term)
            elif words[0].endswith("*"):
                self._beginnings.setdefault(words[0][:-1], []).append(term)
            else:
                self._starts.setdefault(words[0], []).append(term)
        self._lengths = sorted({len(start) for start in self._beginnings})

    def find(self, text: str) -> tuple[int, Mapping[str, Mapping[str, int]]]:
        """How many words the text has, and by group the weights of the terms found in it.

        A word counts for a group once, as part of the weightiest term, or else of the longest.
        """
        plain = normal(text[:READ_CHARACTERS])
        words = _WORD.findall(plain)
        met: dict[str, list[tuple[int, int, int, str]]] = {}
        for place, term in self._terms(plain, words):
            for group, weight in term.weights.items():
                spot = (-weight, -len(term.words), place, term.written)
                met.setdefault(group, []).append(spot)
        found = {group: _apart(spots) for group, spots in met.items()}
        return len(words) + len(_UNSPACED.findall(plain)) // 2, found

    def _terms(self, plain: str, words: Sequence[str]) -> Iterator[tuple[int, _Term]]:
        for place, word in enumerate(words):
            for term in self._starts.get(word, ()):
                if term.at(words, place):
                    yield place, term
            for length in self._lengths:
                if length > len(word):
                    break
                for term in self._beginnings.get(word[:length], ()):
                    if term.at(words, place):
                        yield place, term
        if _UNSPACED.search(plain):
            for number, term in enumerate(self._unspaced):
                if term.words[0] in plain:
                    yield len(words) + number, term


def _apart(spots: Sequence[tuple[int, int, int, str]]) -> dict[str, int]:
    """The weights of the terms at these spots (-weight, -words, place, term) that share no word."""
    taken = set[int]()
    kept: dict[str, int] = {}
    for weight, length, place, term in sorted(spots):
        covered = range(place, place - length)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept[term] = -weight
    return kept


def parse(text: str) -> tuple[str, str, dict[str, int]]:
    """A group's file: its title, its scope, and the weights of its terms."""
    told: dict[str, str] = {}
    terms: dict[str, int] = {}
    for line in text.splitlines():
        key, _, rest = line.partition(":")
        if key.isdigit():
            for term in filter(None, (one.strip() for one in rest.split(","))):
                terms[term] = max(int(key), terms.get(term, 0))
        else:
            told[key] = rest.strip()
    return told["title"], told["scope"], terms


def normal(text: str) -> str:
    """The text in small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _split(term: str) -> list[str]:
    return [word for part in term.split() for word in _split_word(part)]


def _split_word(part: str) -> list[str]:
    words = _WORD.findall(normal(part.rstrip("*")))
    if words and part.endswith("*"):
        words[-1] += "*"
    return words
