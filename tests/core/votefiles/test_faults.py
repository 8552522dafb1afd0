"""Rows that are no votes are refused with their numbers, or left out with a count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena.votefiles import Reading, VoteFileError, read_votes
from polyarena.votefiles.cells import Codebook
from polyarena.votefiles.winners import AMBIGUOUS, MISSING, UNKNOWN, of_labels

from .conftest import Write, told

Read = Callable[..., list[tuple[object, ...]]]
HEAD = "model_a,model_b,winner,words_a,words_b\n"
BAD = {
    "P,P,a,1,1": "a model against itself in 1 row (2)",
    ",Q,a,1,1": "no model in 1 row (2)",
    "P,nan,a,1,1": "no model in 1 row (2)",
    "P,Q,,1,1": "no winner in 1 row (2)",
    "P,Q,maybe,1,1": "an unknown winner 'maybe' in 1 row (2)",
    "P,Q,R,1,1": "an unknown winner 'R' in 1 row (2)",
    "B,A,a,1,1": "an ambiguous winner 'a' in 1 row (2)",
    "P,Q,a,1,": "no number for words in 1 row (2)",
    "P,Q,a,1,inf": "no number for words in 1 row (2)",
    "P,Q,a,1": "not 5 fields in 1 row (2)",
    "P,Q,a,1,1,1": "not 5 fields in 1 row (2)",
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_row_is_refused_with_its_number(line: str, write: Write) -> None:
    path = write(f"{HEAD}P,Q,a,1,2\n{line}\nQ,P,tie,2,2\n")
    with pytest.raises(VoteFileError) as caught:
        read_votes(path, Reading(features=["words"]))
    assert BAD[line] in str(caught.value)
    votes = read_votes(path, Reading(features=["words"], skip_bad=True))
    assert told(votes) == [("P", "Q", "a"), ("Q", "P", "tie")]
    assert votes.row.tolist() == [1, 3]
    assert sum(votes.skipped.values()) == 1
    assert f"skipped: {BAD[line]}" in votes.notes


def test_kinds_are_counted_apart_and_the_first_rows_listed(write: Write) -> None:
    path = write(HEAD + "P,P,a,1,1\n" * 7 + "P,Q,a,1,1\n" + "P,Q,draws?,1,1\nP,Q,x?,1,1\n")
    with pytest.raises(VoteFileError) as caught:
        read_votes(path, Reading())
    said = str(caught.value)
    assert "a model against itself in 7 rows (1, 2, 3, 4, 5, ...)" in said
    assert "an unknown winner 'draws?' in 1 row (9)" in said
    votes = read_votes(path, Reading(skip_bad=True))
    assert dict(votes.skipped) == {"a model against itself": 7, "an unknown winner": 1}


def test_when_every_row_is_bad_there_is_nothing_to_rate(write: Write) -> None:
    with pytest.raises(VoteFileError, match="every row is bad: skipped: a model against itself"):
        read_votes(write(HEAD + "P,P,a,1,1\n"), Reading(skip_bad=True))


def test_json_rows_that_are_none(write: Write) -> None:
    line = '{"model_a":"P","model_b":"Q","winner":"a"}\n'
    path = write(line + "[1]\n{oops\n" + '{"model_a":"P","winner":"a"}\n' + line, "v.jsonl")
    with pytest.raises(VoteFileError, match=r"not a JSON object in 2 rows \(2, 3\); no model in 1"):
        read_votes(path, Reading())
    assert read_votes(path, Reading(skip_bad=True)).row.tolist() == [1, 5]


def test_flags_must_name_one_winner(write: Write) -> None:
    head = "model_a,model_b,winner_model_a,winner_model_b,winner_tie\n"
    path = write(head + "P,Q,1,0,0\nP,Q,0,0,0\nP,Q,1,1,0\nP,Q,0.3,0.3,0.4\n")
    with pytest.raises(VoteFileError) as caught:
        read_votes(path, Reading())
    for said in ("no winner in 1 row (2)", "ambiguous winner in 1 row (3)", "unknown winner in 1"):
        assert said in str(caught.value)


def test_a_chosen_name_and_a_flag_that_contradict(read: Read) -> None:
    head = "model_a_name,model_b_name,chosen_model_name,both_equal\n"
    with pytest.raises(VoteFileError, match="an ambiguous winner 'P' in 1 row"):
        read(head + "P,Q,P,true\n")


def outcome(label: str, a: str, b: str, given: dict[str, int] | None = None) -> int:
    models, labels = Codebook("model"), Codebook("winner")
    one, two, said = models.codes([a]), models.codes([b]), labels.codes([label])
    return int(of_labels(labels, said, models, one, two, given or {})[0])


@pytest.mark.parametrize(
    ("label", "a", "b", "expected"),
    [
        ("Model A", "P", "Q", 0),
        ("[[B]]", "P", "Q", 1),
        ("leftvote", "P", "Q", 0),
        ("RIGHT", "P", "Q", 1),
        ("Tie (bothbad)", "P", "Q", 3),
        ("both bad", "P", "Q", 3),
        ("bothbad_vote", "P", "Q", 3),
        ("draw", "P", "Q", 2),
        ("q", "P", "Q", 1),
        ("GPT-4", "gpt-4", "GPT-4", 1),
        ("Gpt-4", "gpt-4", "GPT-4", UNKNOWN),
        ("left", "left", "right", 0),
        ("left", "right", "left", AMBIGUOUS),
        ("tie", "tie", "Q", AMBIGUOUS),
        ("1", "P", "Q", UNKNOWN),
        ("None", "P", "Q", MISSING),
    ],
)
def test_labels(label: str, a: str, b: str, expected: int) -> None:
    assert outcome(label, a, b) == expected


def test_a_label_that_is_explained_means_what_was_said() -> None:
    assert outcome("left", "right", "left", {"left": 0}) == 0
    assert outcome("1", "P", "Q", {"1": 1}) == 1


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\x00", exclude_categories=["Cs"]),
    max_size=8,
)


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=30))
def test_every_row_is_a_vote_or_is_counted(
    rows: list[tuple[str, str, str]], tmp_path_factory: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_text("\n".join(["model_a,model_b,winner", *quoted, ""]), encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write("P,Q,a\n")
    votes = read_votes(path, Reading(skip_bad=True))
    assert len(votes) + sum(votes.skipped.values()) == len(rows) + 1
    assert votes.row[-1] == len(rows) + 1
    for a, b, _ in told(votes):
        assert a != b
