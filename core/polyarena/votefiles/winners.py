"""Who won: a label, a model's own name, or flags, as an outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..rating import Outcome
from .cells import EMPTY, FALSE, TRUE, Codebook
from .errors import VoteFileError

MISSING, UNKNOWN, AMBIGUOUS = -1, -2, -3
NONE = UNKNOWN
SIDES = {
    Outcome.A_WINS: ("a", "left", "first", "x", "1"),
    Outcome.B_WINS: ("b", "right", "second", "y", "2"),
}
LABELS: dict[str, int] = {
    **dict.fromkeys(("tie", "draw", "equal", "same", "bothequal", "bothgood", "tievote"), 2),
    **dict.fromkeys(("bothbad", "tiebothbad", "bothbadvote", "neither"), 3),
}
for outcome, words in SIDES.items():
    for word in words:
        if not word.isdigit():
            LABELS |= {word: outcome, f"{word}wins": outcome, f"{word}vote": outcome}
        for noun in ("model", "response", "answer", "assistant"):
            LABELS |= {f"{noun}{word}": outcome, f"{noun}{word}wins": outcome}
GIVEN = {"a": 0, "b": 1, "tie": 2, "both_bad": 3}

Codes = NDArray[np.int32]
Outcomes = NDArray[np.int8]


def given_labels(pairs: Sequence[str]) -> dict[str, int]:
    """Labels that a person explains, each `TEXT=a|b|tie|both_bad`.

    Raises:
        VoteFileError: text that is not of this form.
    """
    labels = {}
    for pair in pairs:
        label, equals, meaning = pair.rpartition("=")
        if not equals or meaning not in GIVEN:
            raise VoteFileError(f"{pair!r} is not TEXT=a, TEXT=b, TEXT=tie or TEXT=both_bad")
        labels[label.strip().casefold()] = GIVEN[meaning]
    return labels


def of_labels(
    book: Codebook, label: Codes, models: Codebook, a: Codes, b: Codes, given: Mapping[str, int]
) -> Outcomes:
    """(n,) outcomes of labels; negative where there is none, an unknown or an ambiguous one.

    A label may be a side, a tie, both bad, or the name of one of the two models, exactly or but
    for case. A name that is also a label and means the other side is ambiguous.
    """
    said = np.array([_said(text, given) for text in book.texts], dtype=np.int8)
    explained = book.where(lambda text: text.casefold() in given)
    own = _own_name(book, label, models, a, b)
    spoken = said[label]
    outcome = np.where((own == NONE) | explained[label] | (own == spoken), spoken, AMBIGUOUS)
    return np.where((spoken == NONE) & (own != NONE), own, outcome).astype(np.int8)


def of_flags(books: Sequence[Codebook], flags: Sequence[Codes]) -> Outcomes:
    """(n,) outcomes of one column a choice, of which exactly one must be set."""
    outcome = np.full(len(flags[0]), MISSING, dtype=np.int8)
    total = np.zeros(len(flags[0]), dtype=np.int64)
    wrong = np.zeros(len(flags[0]), dtype=np.bool_)
    for choice, (book, codes) in enumerate(zip(books, flags, strict=True)):
        raised = is_set(book)[codes]
        wrong |= raised < 0
        total += raised > 0
        outcome[raised > 0] = choice
    outcome[total > 1] = AMBIGUOUS
    outcome[wrong] = UNKNOWN
    return outcome


def is_set(book: Codebook) -> NDArray[np.int8]:
    """(k,) 1 for texts that say yes, 0 for no or nothing, -1 for others."""
    return np.array([_flag(text.casefold()) for text in book.texts], dtype=np.int8)


def _flag(text: str) -> int:
    plain = text.removesuffix(".0")
    return 1 if plain in TRUE else 0 if plain in FALSE else -1


def _said(text: str, given: Mapping[str, int]) -> int:
    folded = text.casefold()
    if folded in given:
        return given[folded]
    if folded in EMPTY:
        return MISSING
    return LABELS.get(re.sub(r"[^a-z0-9]+", "", folded), UNKNOWN)


def _own_name(book: Codebook, label: Codes, models: Codebook, a: Codes, b: Codes) -> Outcomes:
    """(n,) the side whose model the label names, `NONE` where it names neither."""
    exact = {name: place for place, name in enumerate(models.texts)}
    folds: dict[str, int] = {}
    fold = np.array([folds.setdefault(name.casefold(), len(folds)) for name in models.texts])
    place = np.array([exact.get(text, -1) for text in book.texts])[label]
    folded = np.array([folds.get(text.casefold(), -1) for text in book.texts])[label]
    one, two = folded == fold[a], folded == fold[b]
    own = np.full(len(label), NONE, dtype=np.int8)
    own[one & ~two], own[two & ~one] = Outcome.A_WINS, Outcome.B_WINS
    own[place == a], own[place == b] = Outcome.A_WINS, Outcome.B_WINS
    return own
