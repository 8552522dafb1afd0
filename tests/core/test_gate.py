"""A ballot that waits until the apps were looked at."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena import Answer, App, Choice, Mode, Part, Prompt, Text, Vote
from polyarena.battle import Battle
from polyarena.errors import BallotClosed, TurnNotAllowed
from polyarena.side import SideStatus
from polyarena.use import COUNT_LIMIT, KINDS, LOOK_SECONDS, SECONDS_LIMIT, UNUSED, Use

PROMPT = Prompt.of("A clock")
APPS = {"a": "a" * 64, "b": "b" * 64}
LOOK = Use(LOOK_SECONDS)
GLANCE = Use(LOOK_SECONDS / 2, {"pointer": 1})


def app(bundle: str = "") -> Part:
    return App(kind="HTML", bundle=bundle)


def done(*parts: Part) -> Answer:
    return Answer(SideStatus.DONE, parts)


def battle(a: Answer, b: Answer, mode: Mode = Mode.BATTLE, *, gated: bool = True) -> Battle:
    new = Battle(
        "b1", "apps", mode, "visitor", {"a": "one@1", "b": "two@2"}, gate="look" if gated else None
    )
    return new.ask(PROMPT).start("a").start("b").end("a", a).end("b", b)


def both() -> Battle:
    return battle(done(app(APPS["a"])), done(Text(text="An app."), app(APPS["b"])))


def test_a_vote_waits_until_both_apps_were_looked_at() -> None:
    waiting = both()
    assert waiting.closed_because == "look at app A and app B first"
    with pytest.raises(BallotClosed, match="look at app A and app B first"):
        waiting.cast(Vote(Choice.TIE))
    waiting = waiting.used("a", APPS["a"], GLANCE).used("a", APPS["a"], GLANCE)
    assert waiting.closed_because == "look at app B first"
    opened = waiting.used("b", APPS["b"], LOOK)
    assert (opened.ballot_open, opened.closed_because) == (True, None)
    assert opened.cast(Vote(Choice.B)).turn.answers["a"].use == Use(LOOK_SECONDS, {"pointer": 2})


def test_nothing_is_waited_for_where_there_is_nothing_to_look_at() -> None:
    assert battle(done(app()), done(Text(text="No app."))).ballot_open
    assert battle(done(app(APPS["a"])), done(app())).unseen == ("a",)
    assert battle(done(app(APPS["a"])), done(app(APPS["b"])), gated=False).ballot_open


def test_it_is_said_first_that_answers_are_missing() -> None:
    new = Battle("b1", "apps", Mode.BATTLE, "v", {"a": "1", "b": "2"}, gate="look").ask(PROMPT)
    half = new.start("a").end("a", done(app(APPS["a"])))
    assert half.closed_because == "the answers are not finished"
    assert half.unseen == ()
    assert half.used("a", APPS["a"], LOOK).turn.answers["a"].use == LOOK


def test_a_further_turn_and_an_edit_show_apps_that_were_not_seen() -> None:
    seen = both().used("a", APPS["a"], LOOK).used("b", APPS["b"], LOOK)
    assert seen.ballot_open
    again = seen.edit(PROMPT)
    assert [answer.use for answer in again.turn.answers.values()] == [UNUSED, UNUSED]
    further = seen.ask(PROMPT).start("a").start("b")
    further = further.end("a", done(app("c" * 64))).end("b", done(Text(text="No.")))
    assert further.closed_because == "look at app A first"
    assert further.used("a", "c" * 64, LOOK).ballot_open


def test_only_the_app_of_the_side_is_used_and_only_before_the_vote() -> None:
    for side, bundle in (("a", APPS["b"]), ("b", APPS["a"]), ("a", ""), ("a", "f" * 64)):
        with pytest.raises(TurnNotAllowed):
            both().used(side, bundle, LOOK)  # type: ignore[arg-type]
    running = both().edit(PROMPT).start("a")
    with pytest.raises(TurnNotAllowed):
        running.used("a", APPS["a"], LOOK)
    voted = both().used("a", APPS["a"], LOOK).used("b", APPS["b"], LOOK).cast(Vote(Choice.A))
    with pytest.raises(BallotClosed):
        voted.used("a", APPS["a"], LOOK)
    assert voted.unseen == ()


uses = st.builds(
    Use,
    st.floats(0, 2 * SECONDS_LIMIT),
    st.dictionaries(st.sampled_from([*KINDS, "typed"]), st.integers(0, 2 * COUNT_LIMIT)),
)


@given(st.lists(uses, max_size=5))
def test_use_adds_up_within_its_limits(given: list[Use]) -> None:
    total = sum(given, UNUSED)
    assert 0 <= total.seconds <= SECONDS_LIMIT
    assert set(total.counts) <= set(KINDS)
    assert all(0 < count <= COUNT_LIMIT for count in total.counts.values())
    wanted = min(sum(use.seconds for use in given), SECONDS_LIMIT)
    assert math.isclose(total.seconds, wanted)
