"""What stands beside votes in a file: taken where the arena asks for it, refused where unclear."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from kit.command import Command

from .conftest import Run

HEADER = (
    "model_a", "model_b", "winner", "evidence", "flags", "occupation", "specialty", "tier",
    "expert",
)  # fmt: skip
ROW = {"model_a": "P", "model_b": "Q", "winner": "a"}
HARM = {"harm": {"a": "severe"}}


def written(path: Path, *rows: dict[str, Any]) -> Path:
    with path.open("w", newline="") as file:
        out = csv.DictWriter(file, HEADER)
        out.writeheader()
        for row in rows:
            told = {
                name: json.dumps(cell) if isinstance(cell, dict) else cell
                for name, cell in {**ROW, **row}.items()
            }
            out.writerow(told)
    return path


def exported(run: Run, arena: str) -> list[dict[str, Any]]:
    text, _ = run("votes", "export", "--arena", arena, "--format", "jsonl")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"tier": "gold"}, "an unknown tier 'gold' in 1 row (2)"),
        ({"expert": "perhaps"}, "neither true nor false for an expert 'perhaps' in 1 row (2)"),
        ({"evidence": "{"}, "no object of pairs as evidence in 1 row (2)"),
        ({"evidence": {"cited": [1]}}, "no object of pairs as evidence in 1 row (2)"),
        ({"evidence": {"cited": [[], {}]}}, "no object of pairs as evidence in 1 row (2)"),
        ({"flags": {"harm": "mild"}}, "no object of levels by side as flags in 1 row (2)"),
        ({"flags": {"harm": {"c": "mild"}}}, "no object of levels by side as flags in 1 row (2)"),
        ({"flags": {"harm": {"a": 1}}}, "no object of levels by side as flags in 1 row (2)"),
        ({"flags": '["harm"]'}, "no object of levels by side as flags in 1 row (2)"),
    ],
)
def test_what_is_unclear_is_refused_or_skipped(
    row: dict[str, Any], says: str, polyarena: Command, tmp_path: Path
) -> None:
    file = written(tmp_path / "v.csv", {}, row)
    code, out, err = polyarena("votes", "import", file, "--arena", "medicine", "--yes")
    assert (code, out) == (1, "")
    assert says in err
    code, out, err = polyarena(
        "votes", "import", file, "--arena", "medicine", "--yes", "--skip-bad"
    )
    assert code == 0, err
    assert "Imported 1 votes" in out


def test_a_level_that_the_ballot_does_not_have_is_refused(
    polyarena: Command, tmp_path: Path
) -> None:
    file = written(tmp_path / "v.csv", {"flags": {"harm": {"a": "cosmic"}}})
    code, out, err = polyarena("votes", "import", file, "--arena", "medicine", "--yes")
    assert (code, out) == (1, "")
    assert "'cosmic' is not a level of harm; the medicine arena has mild, moderate, severe." in err


def test_what_the_arena_does_not_ask_for_is_left_out_and_said(run: Run, tmp_path: Path) -> None:
    file = written(
        tmp_path / "v.csv",
        {"flags": HARM, "occupation": "medicine", "tier": "registry", "expert": "true"},
    )
    _, told = run("votes", "import", file, "--arena", "text", "--yes")
    assert "flags: the ballot has no harm; those were left out" in told
    assert "the arena does not ask whose votes are an expert's, so tiers were left out" in told
    (one,) = exported(run, "text")
    assert (one["flags"], one["tier"], one["expert"]) == ({}, "", False)


def test_other_occupations_are_the_public_and_other_specialties_none(
    run: Run, tmp_path: Path
) -> None:
    file = written(
        tmp_path / "v.csv",
        {"occupation": "legal", "tier": "registry", "expert": "true"},
        {"occupation": "medicine", "specialty": "alchemy", "tier": "operator", "expert": "1"},
    )
    _, told = run("votes", "import", file, "--arena", "medicine", "--yes")
    assert "voters: 1 of another occupation than Medicine are the public" in told
    assert "voters: the arena has no specialty alchemy; those were left out" in told
    first, second = exported(run, "medicine")
    assert (first["tier"], first["expert"]) == ("", False)
    assert (second["specialty"], second["tier"], second["expert"]) == ("", "operator", True)


def test_flags_without_their_evidence_make_it(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "v.csv", {"flags": HARM}, {})
    run("votes", "import", file, "--arena", "medicine", "--yes")
    first, second = exported(run, "medicine")
    assert first["flags"] == HARM
    assert first["evidence"] == {"flag-harm": [True, False]}
    assert second["evidence"] == {"flag-harm": [False, False]}


def test_a_model_may_be_called_what_a_choice_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text("model_a,model_b,winner\nb,Tie,1\nTie,b,2\nb,Tie,1\n")
    labels = ("--label", "1=a", "--label", "2=b")
    run("votes", "import", file, "--arena", "text", *labels, "--yes")
    release = tmp_path / "release"
    run("votes", "export", "--arena", "text", "--release", release)
    (board,) = json.loads(run("rank", release, "--json")[0])["boards"]
    assert [one["model"] for one in board["models"]] == ["b", "Tie"]
    assert board["votes"] == 3
