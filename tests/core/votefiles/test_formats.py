"""The same votes in every format and dress."""

from __future__ import annotations

import gzip
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from polyarena.votefiles import Reading, VoteFileError, read_votes

from .conftest import Write, told

pa: Any = import_module("pyarrow")
pq: Any = import_module("pyarrow.parquet")

ROWS: list[dict[str, Any]] = [
    {"model_a": "Kestrel", "model_b": "Merlin", "winner": "model_a", "judge": "ann"},
    {"model_a": "Merlin", "model_b": "Osprey", "winner": "tie", "judge": "bob"},
    {"model_a": "Osprey", "model_b": "Kestrel", "winner": "tie (bothbad)", "judge": None},
]
VOTES = [("Kestrel", "Merlin", "a"), ("Merlin", "Osprey", "tie"), ("Osprey", "Kestrel", "both_bad")]
LINES = [",".join("" if cell is None else cell for cell in row.values()) for row in ROWS]
CSV = "\n".join(["model_a,model_b,winner,judge", *LINES, ""])
JSONL = "".join(json.dumps(row) + "\n" for row in ROWS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.csv", CSV),
        ("v.csv", "\ufeff" + CSV),
        ("v.csv", "\n\n" + CSV.replace("\n", "\r\n\r\n")),
        ("v.csv", CSV.replace(",", ";")),
        ("v.tsv", CSV.replace(",", "\t")),
        ("v.csv.gz", gzip.compress(CSV.encode(), mtime=0)),
        ("votes", CSV),
        ("v.jsonl", JSONL),
        ("v.jsonl", "\ufeff\n" + JSONL.replace("\n", "\r\n\n")),
        ("v.jsonl", JSONL.replace("null", "NaN")),
        ("v.json", json.dumps(ROWS, indent=1)),
        ("v.json.gz", gzip.compress(JSONL.encode(), mtime=0)),
        ("votes", JSONL),
    ],
)
def test_the_same_votes_in_every_dress(name: str, content: str | bytes, write: Write) -> None:
    votes = read_votes(write(content, name), Reading())
    assert told(votes) == VOTES
    assert votes.row.tolist() == [1, 2, 3]
    assert votes.comparisons.voter is not None
    voters = votes.comparisons.voter.tolist()
    assert [votes.voters[voter] if voter >= 0 else None for voter in voters] == ["ann", "bob", None]


def test_parquet_with_objects_inside(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {**row, "meta": {"tag": "x" if place else "y", "sum_a_tokens": 1, "sum_b_tokens": place}}
        for place, row in enumerate(ROWS)
    ]
    path = tmp_path / "v.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    assert told(read_votes(path, Reading())) == VOTES
    votes = read_votes(path, Reading(where={"meta.tag": ["X"]}, style=True))
    assert told(votes) == VOTES[1:]
    assert votes.comparisons.feature_names == ("sum_tokens",)
    assert votes.comparisons.features is not None
    assert votes.comparisons.features.ravel() == pytest.approx([0, -1 / 3])
    with pytest.raises(VoteFileError, match="no column 'nope'"):
        read_votes(path, Reading(category="nope"))


def test_parquet_without_pyarrow_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "v.parquet"
    path.write_bytes(b"PAR1 and so on")
    with pytest.raises(VoteFileError, match="not a Parquet file"):
        read_votes(path, Reading())
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(VoteFileError, match=r"polyarena\[parquet\]"):
        read_votes(path, Reading())


def test_quoted_fields_hold_anything(write: Write) -> None:
    long = "x" * 300_000
    content = (
        'note,model_a,model_b,winner\n"one\n\n""two"", three",A 1,B 1,a\n'
        f'{long},"A, 1",B 1,b\n' + "plain,A 1,B 1,tie\n" * 2500
    )
    votes = read_votes(write(content), Reading())
    assert told(votes)[:3] == [("A 1", "B 1", "a"), ("A, 1", "B 1", "b"), ("A 1", "B 1", "tie")]
    assert len(votes) == 2502


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("v.csv", "", "is empty"),
        ("v.csv", "\n\n", "holds no rows"),
        ("v.csv", "model_a,model_b,winner\n", "there are no rows"),
        ("v.csv", 'model_a,model_b,winner\nA,B,"a\nA,B,b\n', "not CSV at line 3"),
        ("v.csv", b"model_a,model_b,winner\nA,\xff,a\n", "not UTF-8: it holds the byte 0xff"),
        ("v.csv", "model_a,model_b,winner,winner\nA,B,a,b\n", "more than one column is called"),
        ("v.csv.gz", b"no gzip", "cannot be read"),
        ("v.csv.gz", gzip.compress(CSV.encode(), mtime=0)[:-9], "cannot be read"),
        ("v.json", "[1, 2", "is not JSON"),
        ("v.jsonl", "1\n2\n", "holds no JSON objects"),
        ("v.parquet", "PAR2", "is not a Parquet file"),
    ],
)
def test_what_is_no_file_of_votes(name: str, content: str | bytes, says: str, write: Write) -> None:
    with pytest.raises(VoteFileError, match=says):
        read_votes(write(content, name), Reading())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(VoteFileError, match="No such file"):
        read_votes(tmp_path / "none.csv", Reading())


def test_progress_ends_at_the_end(write: Write) -> None:
    seen: list[float] = []
    path = write("model_a,model_b,winner\n" + "A,B,a\n" * 30_000)
    read_votes(path, Reading(), seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 10
    assert seen[-1] == 1.0
