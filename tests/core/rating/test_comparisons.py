from __future__ import annotations

import math
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from polyarena.rating import ComparisonError, Comparisons, Outcome, PairCounts

from .conftest import Simulate

pyarrow: Any = import_module("pyarrow")


def test_names_are_sorted_and_labels_are_coded() -> None:
    votes = Comparisons.from_names(["b", "a"], ["c", "b"], ["a", "both_bad"])
    assert votes.names == ("a", "b", "c")
    assert votes.first.tolist() == [1, 0]
    assert votes.second.tolist() == [2, 1]
    assert votes.outcome.tolist() == [Outcome.A_WINS, Outcome.BOTH_BAD]


def test_arrays_of_names_and_codes_are_taken_too() -> None:
    votes = Comparisons.from_names(
        np.array(["x", "y"]), np.array(["y", "x"]), np.array([1, 2], dtype=np.int8)
    )
    assert votes.outcome.tolist() == [Outcome.B_WINS, Outcome.TIE]


def test_columns_of_every_kind_say_the_same() -> None:
    rng = np.random.default_rng(3)
    first = rng.integers(300, size=40_000)
    names = np.array([f"model {i}" for i in range(300)])
    labels = np.array([outcome.label for outcome in Outcome])
    table = [names[first], names[(first + 7) % 300], labels[first % 4]]
    plain = Comparisons.from_names(*(column.tolist() for column in table))
    assert [plain.names[code] for code in plain.first] == table[0].tolist()
    assert [plain.names[code] for code in plain.second] == table[1].tolist()
    assert plain.outcome.tolist() == (first % 4).tolist()
    texts = [column.astype(object) for column in table]
    arrow = pyarrow.table(dict(zip("abc", texts, strict=True)))
    doubled = pyarrow.concat_tables([arrow[:11], arrow[11:]])
    coded = [column.dictionary_encode() for column in doubled.columns]
    tuples = [tuple(column) for column in texts]
    for columns in (table, texts, tuples, arrow.columns, doubled.columns, coded):
        found = Comparisons.from_names(*columns)
        assert found.names == plain.names
        for field in ("first", "second", "outcome"):
            assert np.array_equal(getattr(found, field), getattr(plain, field))


def test_codes_outgrow_sixteen_bits() -> None:
    names = [f"m{i:05}" for i in range(40_000)]
    votes = Comparisons.from_names(names, names[1:] + names[:1], ["a"] * 40_000)
    assert votes.first.tolist() == list(range(40_000))
    assert votes.second.tolist() == [*range(1, 40_000), 0]


@pytest.mark.parametrize("missing", [None, math.nan, 3])
def test_a_name_that_is_not_text_is_refused_with_its_rows(missing: object) -> None:
    message = r"not the name of a model: .* \(2 rows: 1, 3\)"
    with pytest.raises(ComparisonError, match=message):
        Comparisons.from_names(list("aaaa"), ["b", missing, "b", missing], ["a"] * 4)


def test_nulls_in_arrow_columns_are_refused_with_their_rows() -> None:
    names = pyarrow.array(["a", None, "b"])
    with pytest.raises(ComparisonError, match=r"not the name of a model: None \(1 row: 1\)"):
        Comparisons.from_names(names, ["c"] * 3, ["a"] * 3)
    with pytest.raises(ComparisonError, match=r"not an outcome: None \(1 row: 2\)"):
        Comparisons.from_names(["a"] * 3, ["c"] * 3, pyarrow.array(["a", "b", None]))


def test_a_roster_keeps_its_order_and_models_without_votes() -> None:
    votes = Comparisons.from_names(["b"], ["a"], ["a"], names=["z", "b", "a"])
    assert votes.names == ("z", "b", "a")
    assert votes.first.tolist() == [1]


def test_voters_become_numbers_and_none_is_unknown() -> None:
    votes = Comparisons.from_names(
        ["a"] * 4, ["b"] * 4, ["a"] * 4, voter=["ann", None, "bo", "ann"]
    )
    assert votes.voter is not None
    assert votes.voter.tolist() == [0, -1, 1, 0]


def test_labels_are_those_of_a_ballot() -> None:
    assert [outcome.label for outcome in Outcome] == ["a", "b", "tie", "both_bad"]


def test_arrays_cannot_be_written_to_and_the_callers_still_can() -> None:
    first = np.array([0, 1])
    votes = Comparisons(("a", "b"), first, np.array([1, 0]), np.array([0, 0]))
    with pytest.raises(ValueError, match="read-only"):
        votes.first[0] = 1
    first[0] = 0


def codes(**changed: object) -> Callable[[], Comparisons]:
    good: dict[str, object] = {
        "names": ("a", "b", "c"),
        "first": np.array([0, 1, 2]),
        "second": np.array([1, 2, 0]),
        "outcome": np.array([0, 1, 2]),
    }
    return lambda: Comparisons(**(good | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "message", "rows"),
    [
        (codes(second=np.array([1, 1, 0])), "battles itself", (1,)),
        (codes(outcome=np.array([0, 4, -1])), "outcome outside its range", (1, 2)),
        (codes(first=np.array([0, 1, 3])), "first outside its range", (2,)),
        (codes(weight=np.array([1, np.nan, -1])), "weight is negative or not finite", (1, 2)),
        (codes(weight=np.array([1.0, 2.0])), r"weight has shape \(2,\)", ()),
        (codes(voter=np.array([-2, 0, 0])), "voter outside its range", (0,)),
        (codes(first=np.array([0.5, 1, 2])), "first must hold integers", ()),
        (codes(names=("a", "b", "a")), "repeated model names: 'a'", ()),
        (codes(first=np.array([], dtype=int)), "no comparisons", ()),
    ],
)
def test_what_is_no_vote_is_refused(
    make: Callable[[], Comparisons], message: str, rows: tuple[int, ...]
) -> None:
    with pytest.raises(ComparisonError, match=message) as caught:
        make()
    assert caught.value.rows == rows
    assert caught.value.count == len(rows)


def test_an_unknown_label_is_refused_with_its_rows() -> None:
    with pytest.raises(ComparisonError, match=r"not an outcome: 'left' \(2 rows: 0, 2\)") as caught:
        Comparisons.from_names(["a"] * 3, ["b"] * 3, ["left", "a", "right"])
    assert caught.value.rows == (0, 2)


def test_a_name_outside_the_roster_is_refused() -> None:
    with pytest.raises(ComparisonError, match="not in the list: 'q'"):
        Comparisons.from_names(["a", "q"], ["b", "b"], ["a", "a"], names=["a", "b"])


def test_only_the_first_rows_are_listed() -> None:
    with pytest.raises(ComparisonError, match=r"25 rows: 0, 1, .*9, \.\.\.") as caught:
        Comparisons.from_names(["a"] * 25, ["a"] * 25, ["a"] * 25)
    assert caught.value.count == 25
    assert len(caught.value.rows) == 10


def test_take_and_weighted_keep_the_rest() -> None:
    votes = Comparisons.from_names(["a", "b"], ["b", "a"], ["a", "b"], voter=[1, 2])
    part = votes.take(np.array([False, True])).weighted(np.array([3.0]))
    assert part.names == votes.names
    assert part.voter is not None
    assert (len(part), part.voter.tolist(), part.weights.tolist()) == (1, [1], [3.0])


def test_votes_and_counted_rows_give_the_same_counts() -> None:
    votes = Comparisons.from_names(
        ["a", "b", "a", "a"], ["b", "a", "b", "c"], ["a", "a", "a", "both_bad"]
    )
    counted = PairCounts.from_counts(
        [("a", "b", "a", 1), ("b", "a", "a", 1), ("a", "c", "both_bad", 1), ("a", "b", 0, 1)]
    )
    for counts in (PairCounts.of(votes), counted):
        assert list(zip(counts.first.tolist(), counts.second.tolist(), strict=True)) == [
            (0, 1),
            (0, 2),
            (1, 0),
        ]
        assert counts.votes.tolist() == [[2, 0, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]]
        assert counts.weight.tolist() == counts.votes.tolist()
    assert PairCounts.of(counted) is counted


def test_folding_forgets_the_sides() -> None:
    counts = PairCounts.from_counts([("a", "b", "a", 2), ("b", "a", "a", 3), ("b", "a", "tie", 4)])
    assert counts.folded().votes.tolist() == [[2, 3, 4, 0]]
    assert counts.model_votes().tolist() == [9, 9]
    assert counts.total == 9


def test_counts_can_be_added_to_as_votes_come_in(simulate: Simulate) -> None:
    votes = simulate([0, 0.3, 0.6, 1], 400, seed=2, ties=0.2)
    early, late = (PairCounts.of(votes.take(np.arange(*part))) for part in ((0, 300), (300, 400)))
    whole, merged = PairCounts.of(votes), early.merged(late)
    for field in ("first", "second", "votes", "weight", "square"):
        assert getattr(merged, field).tolist() == getattr(whole, field).tolist()
    other = PairCounts.from_counts([("new", "m001", "a", 3)])
    grown = whole.merged(other)
    assert grown.names == (*whole.names, "new")
    assert grown.model_votes()[-1] == 3
    assert grown.total == 403


def test_weights_are_summed_and_squared() -> None:
    votes = Comparisons.from_names(["a", "b"], ["b", "a"], ["a", "b"], weight=[2.0, 3.0])
    folded = PairCounts.of(votes).folded()
    assert folded.votes.tolist() == [[2, 0, 0, 0]]
    assert folded.weight.tolist() == [[5, 0, 0, 0]]
    assert folded.square.tolist() == [[13, 0, 0, 0]]
    assert PairCounts.of(votes).reweighted(np.array([2.0, 2.0])).square.sum() == 8


def test_many_models_with_few_votes_are_counted_without_a_square_table() -> None:
    models = 5000
    names = tuple(f"m{i:05}" for i in range(models))
    places = np.arange(models)
    votes = Comparisons(names, places, (places + 1) % models, np.zeros(models, dtype=np.int8))
    counts = PairCounts.of(votes)
    assert len(counts) == models
    assert counts.folded().model_votes().tolist() == [2] * models


@pytest.mark.parametrize("number", [-1, 0.5, float("nan"), float("inf")])
def test_a_count_is_a_whole_number(number: float) -> None:
    with pytest.raises(ComparisonError, match="not a whole number"):
        PairCounts.from_counts([("a", "b", "a", number)])  # type: ignore[list-item]


@pytest.mark.parametrize("rows", [[], [("a", "b", "a", 0)]])
def test_no_counts_are_refused(rows: list[tuple[str, str, str, int]]) -> None:
    with pytest.raises(ComparisonError, match="no comparisons"):
        PairCounts.from_counts(rows)
