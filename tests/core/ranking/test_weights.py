"""Weights: votes that stand for pairs drawn evenly, or for a population of voters."""

from __future__ import annotations

import csv
from collections.abc import Hashable
from pathlib import Path

import numpy as np
import pytest

from polyarena.rating import BradleyTerry, Comparisons, inverse_propensity, post_stratified

from .conftest import Rank, boards, of

OUTCOME = {"left": "a", "right": "b", "tie": "tie"}
SHARES = ("--strata", "language", "--share", "EN=3", "--share", "de=1")


@pytest.fixture
def drawn(votes: Path) -> Path:
    """The votes with the propensity of every pair."""
    head, *rows = votes.read_text().splitlines()
    told = [f"{row},{0.4 if '[m1]' in row else 0.05}" for row in rows]
    votes.write_text("\n".join([f"{head},propensity", *told]))
    return votes


@pytest.fixture
def comparisons(drawn: Path) -> tuple[Comparisons, list[dict[str, str]]]:
    """The same votes as the engine takes them, and the rows they are of."""
    with drawn.open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [[row[name] for row in rows] for name in ("left", "right", "winner", "worker")]
    a, b, won, voters = columns
    return Comparisons.from_names(a, b, [OUTCOME[one] for one in won], voter=voters), rows


def test_pairs_that_were_drawn_rarely_weigh_more(
    rank: Rank, drawn: Path, comparisons: tuple[Comparisons, list[dict[str, str]]]
) -> None:
    votes, rows = comparisons
    propensity = np.array([float(row["propensity"]) for row in rows])
    fitted = BradleyTerry().fit(inverse_propensity(votes, propensity))
    expected = dict(zip(fitted.names, fitted.rating.tolist(), strict=True))
    upper = dict(zip(fitted.names, fitted.upper.tolist(), strict=True))
    for given in (("--inverse-propensity",), ("--propensity", "propensity")):
        (board,) = boards(rank(drawn, *given, "--json"))
        assert of(board) == pytest.approx(expected)
        assert of(board, "upper") == pytest.approx(upper)
        (note,) = [note for note in board["notes"] if note.startswith("weights")]
        assert "1 / propensity, none cut; as good as " in note
        assert any("propensities from propensity" in note for note in board["notes"])
    (plain,) = boards(rank(drawn, "--json"))
    assert of(plain) != pytest.approx(expected, abs=0.5)
    assert not any(note.startswith("weights") for note in plain["notes"])


def test_weights_are_cut_where_it_is_asked_for(
    rank: Rank, drawn: Path, comparisons: tuple[Comparisons, list[dict[str, str]]]
) -> None:
    votes, rows = comparisons
    propensity = np.array([float(row["propensity"]) for row in rows])
    fitted = BradleyTerry().fit(inverse_propensity(votes, propensity, 1.2))
    (board,) = boards(rank(drawn, "--inverse-propensity", "--weight-cap", "1.2", "--json"))
    expected = dict(zip(fitted.names, fitted.rating.tolist(), strict=True))
    assert of(board) == pytest.approx(expected)
    cut = int((propensity < 0.1).sum())
    assert any(f"{cut} of them cut to 1.2 times the mean" in note for note in board["notes"])


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("0", "a propensity outside (0, 1] '0' in 1 row (2)"),
        ("-0.5", "a propensity outside (0, 1] '-0.5' in 1 row (2)"),
        ("1.01", "a propensity outside (0, 1] '1.01' in 1 row (2)"),
        ("inf", "a propensity outside (0, 1] 'inf' in 1 row (2)"),
        ("nan", "no number for the propensity in 1 row (2)"),
        ("", "no number for the propensity in 1 row (2)"),
        ("often", "no number for the propensity in 1 row (2)"),
    ],
)
def test_what_is_no_propensity_is_refused(cell: str, says: str, rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(f"a,b,winner,propensity\nP,Q,a,1\nP,Q,a,{cell}\nP,Q,b,0.5\n")
    code, out, err = rank(path, "--inverse-propensity")
    assert (code, out) == (1, "")
    assert says in err
    (board,) = boards(rank(path, "--inverse-propensity", "--skip-bad", "--json"))
    assert board["votes"] == 2
    assert any(note.startswith(f"skipped: {says}") for note in board["notes"])
    (board,) = boards(rank(path, "--json"))
    assert board["votes"] == 3


def test_strata_of_voters_get_their_shares(
    rank: Rank, drawn: Path, comparisons: tuple[Comparisons, list[dict[str, str]]]
) -> None:
    votes, rows = comparisons
    strata = [row["language"] for row in rows]
    shares: dict[Hashable, float] = {"en": 0.75, "de": 0.25}
    fitted = BradleyTerry().fit(post_stratified(votes, strata, shares))
    (board,) = boards(rank(drawn, *SHARES, "--json"))
    assert of(board) == pytest.approx(dict(zip(fitted.names, fitted.rating.tolist(), strict=True)))
    assert any("shares of language: EN 0.75, de 0.25" in note for note in board["notes"])
    propensity = np.array([float(row["propensity"]) for row in rows])
    both = post_stratified(inverse_propensity(votes, propensity), strata, shares)
    fitted = BradleyTerry().fit(both)
    (board,) = boards(rank(drawn, *SHARES, "--inverse-propensity", "--json"))
    assert of(board) == pytest.approx(dict(zip(fitted.names, fitted.rating.tolist(), strict=True)))


def test_a_category_is_weighed_by_itself(rank: Rank, drawn: Path) -> None:
    strata = ("--strata", "worker", *(f"--share={one}={1 + one}" for one in range(12)))
    found = boards(rank(drawn, "--category", "language", *strata, "--json"))
    assert [len(board["models"]) for board in found] == [4, 0, 0]
    assert "not rated: no votes from strata that have a share" in found[1]["notes"][0]
    given = ("--inverse-propensity", "--weight-cap", "1.5", "--json")
    every = boards(rank(drawn, "--category", "language", *given))
    (alone,) = boards(rank(drawn, "--where", "language=de", *given))
    assert of(every[1]) == pytest.approx(of(alone))


def test_a_voter_without_a_share_is_refused(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("a,b,winner,land\nP,Q,a,x\nP,Q,b,x\nP,Q,a,y\nP,Q,b,\n")
    code, _, err = rank(path, "--strata", "land", "--share", "x=1")
    assert code == 1
    assert "no stratum in 1 row (4); a stratum without a share 'y' in 1 row (3)" in err
    (board,) = boards(rank(path, "--strata", "land", "--share", "x=1", "--skip-bad", "--json"))
    assert board["votes"] == 2
    shares = ("--share", "x=1", "--share", "y=1", "--share", "z=1")
    code, _, err = rank(path, "--strata", "land", *shares, "--where", "land=x")
    assert code == 1
    assert "these votes cannot be rated: no votes from strata that have a share" in err


def test_a_column_of_weights_that_is_not_there_is_named(rank: Rank, votes: Path) -> None:
    code, _, err = rank(votes, "--inverse-propensity")
    assert code == 1
    assert "there is no column 'propensity'; the columns are left, right" in err
    code, _, err = rank(votes, "--strata", "age", "--share", "x=1")
    assert code == 1
    assert "there is no column 'age'" in err
