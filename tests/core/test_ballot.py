"""Reading a ballot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena import Aspect, BadRequest, Ballot, Choice, Reason, Vote
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
