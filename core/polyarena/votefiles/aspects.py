"""Aspects: columns that each say which side is better at one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .errors import VoteFileError
from .gathering import Gathered, aspect_key
from .table import Table, known_column
from .winners import Outcomes, of_labels

PREFIX = "aspect_"


def find_aspects(table: Table, named: Sequence[str] | None) -> dict[str, str]:
    """The columns of aspects by name: those named, all that look like one, or none for None.

    A name is that of an aspect, or NAME=COLUMN; a column that looks like one is `aspect_NAME`.

    Raises:
        VoteFileError: a name that no column has.
    """
    if named is None:
        return {}
    guessed = {
        column[len(PREFIX) :]: column
        for column in table.header
        if column.casefold().startswith(PREFIX) and len(column) > len(PREFIX)
    }
    found = {}
    for text in named:
        name, equals, column = text.partition("=")
        if equals:
            found[name] = known_column(table, column)
        elif name in guessed:
            found[name] = guessed[name]
        else:
            listed = ", ".join(guessed) or "none"
            raise VoteFileError(f"no column is the aspect {name!r}; there are {listed}")
    return found or guessed


def judged(gathered: Gathered, labels: Mapping[str, int]) -> dict[str, Outcomes]:
    """By aspect (n,) the outcomes of its column's labels, negative as in `of_labels`."""
    codes, models = gathered.codes, gathered.models
    return {
        name: of_labels(book, codes[aspect_key(name)], models, codes["a"], codes["b"], labels)
        for name, book in gathered.aspects.items()
    }
