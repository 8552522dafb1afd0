"""Votes made of what was gathered from a file and found to be votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..rating import Comparisons
from .attached import Attached
from .cells import LIST_SEPARATOR, Codebook
from .checking import Checking
from .columns import Columns
from .features import Feature, Measuring, board_differences, differences
from .gathering import Gathered, attached_key
from .votes import Categories, Measures, Strata, Votes


def assemble(
    gathered: Gathered,
    checking: Checking,
    columns: Columns,
    features: Sequence[Feature],
    measuring: Measuring,
    shares: Mapping[str, float],
) -> Votes:
    """The rows that are fine, as votes; features in their comparisons, unless they are kept."""
    fine = checking.fine
    first, second = gathered.codes["a"][fine], gathered.codes["b"][fine]
    names, places = _sorted_names(gathered.models, first, second)
    voter, voters, told = _voters(gathered, fine, measuring)
    outcome = checking.outcome[fine]
    strata, given = checking.stratum, gathered.propensity
    votes = Votes(
        comparisons=Comparisons(names, places[first], places[second], outcome, voter=voter),
        row=gathered.row[fine],
        voters=voters,
        categories=_categories(gathered, fine),
        skipped=checking.faults.counts,
        notes=(
            columns.note,
            *_notes(gathered, checking, features),
            *told,
            *checking.faults.notes(),
        ),
        columns=columns,
        propensity=None if given is None else given[fine],
        strata=None if strata is None else Strata(strata[fine], dict(shares)),
        aspects={name: said[fine] for name, said in checking.judged.items()},
        attached={
            name: Attached(gathered.codes[attached_key(name)][fine], book.texts)
            for name, book in gathered.attached.items()
        },
    )
    if not features:
        return votes
    sides = gathered.features[fine].reshape(len(votes), len(features), 2)
    return _described(votes, Measures(tuple(features), sides), measuring)


def _described(votes: Votes, measures: Measures, measuring: Measuring) -> Votes:
    if measuring is Measuring.KEEP:
        return replace(votes, measures=measures)
    take = board_differences if measuring is Measuring.BOARD else differences
    a, b = measures.sides[:, :, 0], measures.sides[:, :, 1]
    measured = {
        one.name: take(a[:, place], b[:, place]) for place, one in enumerate(measures.features)
    }
    return replace(votes, comparisons=votes.comparisons.described(measured))


def _notes(gathered: Gathered, checking: Checking, features: Sequence[Feature]) -> list[str]:
    notes = []
    if features:
        named = ", ".join(f"{one.name} ({one.a}, {one.b})" for one in features)
        notes.append(f"features: {named}")
    if checking.unmeasured:
        measured = int(checking.fine.sum())
        total = measured + checking.unmeasured
        notes.append(f"style: {measured:,} of {total:,} votes carry measures of style")
    if gathered.excluded:
        notes.append(f"excluded: {gathered.excluded:,} votes that the file says do not count")
    return notes


def _sorted_names(
    book: Codebook, first: NDArray[np.int32], second: NDArray[np.int32]
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The names that are met, sorted, and (k,) the place of each code among them."""
    met = np.bincount(first, minlength=len(book.texts)) > 0
    met |= np.bincount(second, minlength=len(book.texts)) > 0
    order = sorted(np.flatnonzero(met).tolist(), key=book.texts.__getitem__)
    places = np.full(len(book.texts), -1, dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return tuple(book.texts[code] for code in order), places


def _voters(
    gathered: Gathered, fine: NDArray[np.bool_], measuring: Measuring
) -> tuple[NDArray[np.int64] | None, tuple[str, ...], tuple[str, ...]]:
    """(n,) voter numbers, -1 for none; their texts; and a note where they say nothing."""
    if gathered.voter is None:
        return None, (), ()
    codes = gathered.codes["voter"][fine].astype(np.int64)
    codes[gathered.voter.empty()[codes]] = -1
    # To a board, that all votes are one person's says something.
    if measuring is Measuring.STRICT and len(np.unique(codes[codes >= 0])) < 2:
        name = gathered.voter.column
        return None, (), (f"voters: {name} tells fewer than two apart, so votes stand alone",)
    return codes, tuple(gathered.voter.texts), ()


def _categories(gathered: Gathered, fine: NDArray[np.bool_]) -> Categories | None:
    if gathered.category is None:
        return None
    groups = tuple(
        tuple(part.strip() for part in text.split(LIST_SEPARATOR) if part.strip())
        for text in gathered.category.texts
    )
    return Categories(gathered.codes["category"][fine], groups)
