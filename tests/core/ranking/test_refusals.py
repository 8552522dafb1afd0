"""Options and votes that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Rank, boards


@pytest.mark.parametrize(
    "given",
    [
        ("--json", "--csv"),
        ("--plot", "x.pdf"),
        ("--level", "1"),
        ("--level", "0.99", "--bootstrap", "100"),
        ("--bootstrap", "5"),
        ("--bootstrap", "100", "--position"),
        ("--style", "--system", "davidson"),
        ("--ties", "davidson", "--system", "rao-kupper"),
        ("--ties", "drop", "--system", "elo"),
        ("--system", "contextual"),
        ("--system", "elo", "--anchor", "P"),
        ("--prior", "1", "--ties", "davidson"),
        ("--where", "language"),
        ("--label", "x=c"),
        ("--a", "left"),
        ("--ties", "third"),
        ("--min-votes", "-1"),
        ("--weight-cap", "2"),
        ("--inverse-propensity", "--weight-cap", "1"),
        ("--inverse-propensity", "--system", "elo"),
        ("--strata", "language"),
        ("--share", "en=1"),
        ("--strata", "language", "--share", "en"),
        ("--strata", "language", "--share", "en=-1"),
        ("--strata", "language", "--share", "=1"),
    ],
)
def test_options_that_make_no_sense_are_usage_errors(
    given: tuple[str, ...], rank: Rank, votes: Path
) -> None:
    code, out, err = rank(votes, *given)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_bad_votes_are_one_line_and_exit_1(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("a,b,winner\nP,P,a\nP,Q,both?\nP,Q,a\nQ,P,a\n")
    code, out, err = rank(path)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "a model against itself in 1 row (1); an unknown winner 'both?' in 1 row (2)" in err
    (board,) = boards(rank(path, "--skip-bad", "--json"))
    assert board["votes"] == 2
    assert sum(note.startswith("skipped: ") for note in board["notes"]) == 2
    (board,) = boards(
        rank(path, "--where", "a=P", "--where", "b=Q", "--label", "both?=b", "--json")
    )
    assert board["votes"] == 2
    assert rank(tmp_path / "none.csv")[0] == 1
    path.write_text("a,b,winner\nP,Q,tie\n")
    code, _, err = rank(path, "--ties", "drop")
    assert code == 1
    assert "these votes cannot be rated: no votes are left" in err
