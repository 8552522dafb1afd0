"""Reading a ballot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena import Aspect, BadRequest, Ballot, Choice, Flag, Reason, Vote
from polyarena.ballot import COMMENT_LIMIT

BALLOT = Ballot(
    choices=(Choice.A, Choice.B, Choice.TIE),
    reasons=(Reason("clear", "Clearer"), Reason("short", "Shorter")),
    aspects=(Aspect("looks", "Looks"), Aspect("works", "Works")),
)


def test_a_vote_is_read() -> None:
    vote = BALLOT.read("a", ("short", "clear", "short"), " Well\x00 put.\n")
    assert vote == Vote(Choice.A, ("short", "clear"), "Well put.")
    assert Ballot().read("both_bad") == Vote(Choice.BOTH_BAD)


@pytest.mark.parametrize("choice", ["", "A", "c", "a ", "left", "both_bad"])
def test_a_choice_that_the_ballot_does_not_have(choice: str) -> None:
    with pytest.raises(BadRequest, match=r"not a choice of this ballot; it has a, b, tie$"):
        BALLOT.read(choice)


def test_a_reason_that_the_ballot_does_not_have() -> None:
    with pytest.raises(BadRequest, match="'pretty' is not a reason of this ballot; it has clear"):
        BALLOT.read("a", ("clear", "pretty"))
    with pytest.raises(BadRequest, match="not a reason"):
        Ballot().read("a", ("clear",))


def test_aspects_are_judged_one_by_one_or_not_at_all() -> None:
    vote = BALLOT.read("a", aspects={"works": "tie", "looks": "b"})
    assert list(vote.aspects.items()) == [("looks", Choice.B), ("works", Choice.TIE)]
    assert BALLOT.read("a", aspects={"works": "", "looks": "a"}).aspects == {"looks": Choice.A}
    assert BALLOT.read("a").aspects == {}
    for said, why in (
        ({"smell": "a"}, "'smell' is not an aspect of this ballot; it has looks, works"),
        ({"looks": "both_bad"}, "'both_bad' is not a choice of this ballot for looks"),
        ({"looks": "left"}, "'left' is not a choice of this ballot for looks; it has a, b, tie"),
    ):
        with pytest.raises(BadRequest, match=why):
            BALLOT.read("a", aspects=said)


def test_a_vote_says_why_where_the_ballot_asks() -> None:
    asks = replace(BALLOT, explain="reason")
    assert asks.read("a", ("clear",)).reasons == ("clear",)
    assert asks.read("a", (), "So.").comment == "So."
    with pytest.raises(BadRequest, match="choose a reason or write a comment"):
        asks.read("a", (), " \x00")
    with pytest.raises(BadRequest, match="Say why in a comment"):
        replace(BALLOT, explain="comment").read("a", ("clear",))


def test_flags_have_a_level_for_either_side() -> None:
    ballot = Ballot(flags=(Flag("harm", "Harm", (("mild", "Mild"), ("severe", "Severe"))),))
    said = {"harm": {"b": "severe", "a": ""}}
    assert ballot.read("a", flags=said).flags == {"harm": {"b": "severe"}}
    assert ballot.read("a", flags={"harm": {"a": ""}}).flags == {}
    for flags, why in (
        ({"rude": {"a": "mild"}}, "'rude' is not a flag of this ballot; it has harm"),
        ({"harm": {"a": "fatal"}}, "'fatal' is not a level of harm; it has mild, severe"),
        ({"harm": {"left": "mild"}}, "'left' is no side for harm"),
    ):
        with pytest.raises(BadRequest, match=why):
            ballot.read("a", flags=flags)


def test_a_comment_has_a_limit() -> None:
    assert len(BALLOT.read("a", (), "x" * COMMENT_LIMIT).comment) == COMMENT_LIMIT
    with pytest.raises(BadRequest, match=f"{COMMENT_LIMIT + 1} characters; at most"):
        BALLOT.read("a", (), "x" * (COMMENT_LIMIT + 1))


@given(st.text(max_size=20), st.lists(st.text(max_size=8), max_size=4), st.text(max_size=3000))
def test_whatever_is_sent_is_a_vote_of_the_ballot_or_refused(
    choice: str, reasons: list[str], comment: str
) -> None:
    try:
        vote = BALLOT.read(choice, tuple(reasons), comment)
    except BadRequest:
        return
    assert vote.choice in BALLOT.choices
    assert set(vote.reasons) <= {reason.id for reason in BALLOT.reasons}
    assert "\x00" not in vote.comment
