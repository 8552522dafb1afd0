"""Columns named, and guessed from the spellings of public data sets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from polyarena.votefiles import Reading, VoteFileError, Wanted, read_votes

from .conftest import Write, told

Read = Callable[..., list[tuple[object, ...]]]
SETS: dict[str, list[dict[str, Any]]] = {
    "conversations with judges": [
        {"question_id": "1", "model_a": "P", "model_b": "Q", "winner": "model_a", "judge": "u1"},
        {"question_id": "2", "model_a": "P", "model_b": "Q", "winner": "model_b", "judge": "u2"},
        {"question_id": "3", "model_a": "Q", "model_b": "P", "winner": "tie", "judge": "u1"},
        {
            "question_id": "4",
            "model_a": "Q",
            "model_b": "P",
            "winner": "tie (bothbad)",
            "judge": "",
        },
    ],
    "three flags": [
        {
            "id": place,
            "model_a": one,
            "model_b": two,
            "response_a": "x",
            "response_b": "y",
            "winner_model_a": a,
            "winner_model_b": b,
            "winner_tie": tie,
        }
        for place, (one, two, a, b, tie) in enumerate(
            [("P", "Q", 1, 0, 0), ("P", "Q", 0, 1, 0), ("Q", "P", 0, 0, 1)]
        )
    ],
    "sessions": [
        {"model_a": "P", "model_b": "Q", "winner": "model_a", "evaluation_session_id": "s1"},
        {"model_a": "P", "model_b": "Q", "winner": "model_b", "evaluation_session_id": "s2"},
        {"model_a": "Q", "model_b": "P", "winner": "tie", "evaluation_session_id": "s3"},
        {"model_a": "Q", "model_b": "P", "winner": "both_bad", "evaluation_session_id": "s3"},
    ],
    "a chosen name beside a flag": [
        {"model_a_name": a, "model_b_name": b, "chosen_model_name": name, "both_equal": equal}
        for a, b, name, equal in [
            ("P", "Q", "P", False),
            ("P", "Q", "Q", False),
            ("Q", "P", None, True),
        ]
    ],
    "items by side": [
        {"left": "P", "right": "Q", "winner": "left", "worker": 1, "model_x": 7, "model_y": 8},
        {"left": "P", "right": "Q", "winner": "Right", "worker": 2, "model_x": 7, "model_y": 8},
        {"left": "Q", "right": "P", "winner": "TIE", "worker": 3, "model_x": 8, "model_y": 7},
    ],
    "answers by number": [
        {"model_1": "P", "model_2": "Q", "choice": "model_1"},
        {"model_1": "P", "model_2": "Q", "choice": "model_2"},
        {"model_1": "Q", "model_2": "P", "choice": "tie"},
    ],
}
VOTES = [("P", "Q", "a"), ("P", "Q", "b"), ("Q", "P", "tie"), ("Q", "P", "both_bad")]


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_public_spellings_are_known(name: str, kind: str, read: Read) -> None:
    rows = SETS[name]
    if kind == "jsonl":
        content = "\n".join(map(json.dumps, rows))
    else:
        cells = [["" if v is None else str(v) for v in row.values()] for row in rows]
        content = "\n".join(map(",".join, [list(rows[0]), *cells]))
    assert read(content, f"v.{kind}") == VOTES[: len(rows)]


def test_columns_may_be_named(read: Read) -> None:
    content = "p,q,who,model_a,model_b,winner\nX,Y,q,1,2,a\nX,Y,Y,1,2,a\n"
    wanted = Wanted(a="p", b="q", winner="who")
    with pytest.raises(VoteFileError, match="an unknown winner 'q' in 1 row \\(1\\)"):
        read(content, columns=wanted)
    assert read(content, columns=wanted, labels={"q": 1}) == [("X", "Y", "b"), ("X", "Y", "b")]
    flags = "x,y,one,two,both\nX,Y,yes,no,no\nX,Y,0,0,1.0\n"
    assert read(flags, columns=Wanted("x", "y", "one,two,both")) == [
        ("X", "Y", "a"),
        ("X", "Y", "tie"),
    ]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "no two columns look like the models.*the columns are p, q, who, won"),
        ({"columns": Wanted("p", "q")}, "no column looks like the winner"),
        ({"columns": Wanted("p", "nope", "won")}, "no column 'nope'; the columns are p, q"),
        ({"columns": Wanted("p", "q", "nope")}, "no column 'nope'"),
        ({"columns": Wanted("p", "q", "won", "nope")}, "no column 'nope'"),
        ({"columns": Wanted("p", "q", "won,who")}, "--winner names one column, or three or four"),
        ({"columns": Wanted("p")}, "--a and --b go together"),
        ({"columns": Wanted("p", "q", "won"), "where": {"nope": ["1"]}}, "no column 'nope'"),
        ({"columns": Wanted("p", "q", "won"), "category": "nope"}, "no column 'nope'"),
        ({"columns": Wanted("p", "q", "won"), "features": ["nope"]}, "no two columns are the f"),
        ({"columns": Wanted("p", "q", "won"), "style": True}, "no columns look like features"),
    ],
)
def test_a_column_that_is_not_there_is_named(given: dict[str, Any], says: str, read: Read) -> None:
    with pytest.raises(VoteFileError, match=says):
        read("p,q,who,won\nX,Y,u,a\n", **given)


def test_rows_are_filtered_before_they_are_judged(read: Read) -> None:
    content = (
        "model_a,model_b,winner,language,anony\n"
        "P,Q,a,English,True\nP,P,?,German,True\nP,Q,b,french,True\nP,Q,tie,English,False\n"
    )
    where = {"language": ["english", "French"], "anony": ["true"]}
    assert read(content, where=where) == [("P", "Q", "a"), ("P", "Q", "b")]
    with pytest.raises(VoteFileError, match="no row has language as asked for; it has 'English'"):
        read(content, where={"language": ["Latin"]})


def test_votes_that_do_not_count_are_left_out_and_told(write: Write) -> None:
    content = "model_a,model_b,winner,excluded\nP,Q,a,\nP,Q,b,stopped\nP,Q,tie,false\n"
    votes = read_votes(write(content), Reading())
    assert told(votes) == [("P", "Q", "a"), ("P", "Q", "tie")]
    assert "excluded: 1 votes that the file says do not count" in votes.notes


def test_one_voter_is_none(write: Write) -> None:
    content = "model_a,model_b,winner,judge\nP,Q,a,gpt\nP,Q,b,gpt\n"
    votes = read_votes(write(content), Reading())
    assert votes.comparisons.voter is None
    assert any(note.startswith("voters: judge") for note in votes.notes)
    assert read_votes(write(content), Reading(Wanted(voter=""))).comparisons.voter is None


def test_features_come_in_pairs(write: Write) -> None:
    rows = [
        {
            "model_a": "P",
            "model_b": "Q",
            "winner": "a",
            "words_a": 30,
            "words_b": 10,
            "tone_left": -1.5,
            "tone_right": 1,
            "model_a_id": 1,
            "model_b_id": 2,
            "text_a": "x",
            "text_b": "y",
            "meta": {"header_count_a": {"h1": 1, "h2": 2}, "header_count_b": {"h1": 0, "h2": 1}},
        }
    ]
    path = write(json.dumps(rows), "v.json")
    votes = read_votes(path, Reading(style=True)).comparisons
    assert votes.feature_names == ("words", "tone", "header_count")
    assert votes.features is not None
    assert votes.features[0] == pytest.approx([0.5, -2.5, 0.5])
    for name in ("words", "words_b"):
        named = read_votes(path, Reading(features=[name])).comparisons
        assert named.feature_names == ("words",)


def test_categories_may_be_several(write: Write) -> None:
    content = "model_a,model_b,winner,tags\nP,Q,a,math; code\nP,Q,b,code\nP,Q,b,\n"
    categories = read_votes(write(content), Reading(category="tags")).categories
    assert categories is not None
    assert categories.names == ("code", "math")
    assert categories.mask("code").tolist() == [True, True, False]
    lists = '{"model_a":"P","model_b":"Q","winner":"a","tags":["x","y"]}\n'
    categories = read_votes(write(lists, "v.jsonl"), Reading(category="tags")).categories
    assert categories is not None
    assert categories.names == ("x", "y")
    with pytest.raises(VoteFileError, match=r"'tags'.*name one of their fields after a dot: x"):
        read_votes(
            write(lists.replace('["x","y"]', '{"x":1}'), "v.jsonl"), Reading(category="tags")
        )
