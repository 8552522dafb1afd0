"""The battle's state machine, under any order of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from polyarena import Answer, Choice, Code, Failure, Mode, Prompt, Text, Vote
from polyarena.battle import Battle, TurnState
from polyarena.errors import BadRequest, BallotClosed, TurnNotAllowed
from polyarena.side import SIDES, Side, SideStatus

ENTRIES: dict[Side, str] = {"a": "one@111111111111", "b": "two@222222222222"}
PROMPT = Prompt.of("What is a rainbow?")
OVER = (SideStatus.DONE, SideStatus.STOPPED, SideStatus.FAILED)
EMPTY, BLANK, FULL = (), (Text(text=" \n"),), (Text(text="Light."),)

modes = st.sampled_from([Mode.BATTLE, Mode.SIDE_BY_SIDE, Mode.BATTLE, Mode.DIRECT])
sides = st.sampled_from(SIDES)
answers = st.builds(
    Answer,
    status=st.sampled_from(SideStatus),
    parts=st.sampled_from([EMPTY, BLANK, FULL]),
    attempt=st.integers(1, 9),
    failure=st.sampled_from([None, Failure.CUT]),
)


def new(mode: Mode = Mode.BATTLE, max_turns: int = 20) -> Battle:
    return Battle("b1", "text", mode, "visitor", ENTRIES, max_turns=max_turns)


def answered(battle: Battle, *given: Answer) -> Battle:
    """The battle after its sides answered; by default each with a little text."""
    for side, answer in zip(battle.sides, given or (done(), done()), strict=False):
        battle = battle.start(side).end(side, answer)
    return battle


def done(text: str = "Light.", status: SideStatus = SideStatus.DONE) -> Answer:
    return Answer(status=status, parts=(Text(text=text),) if text else ())


def failed() -> Answer:
    return Answer(status=SideStatus.FAILED, failure=Failure.CUT)


class Events(RuleBasedStateMachine):
    """Tries events in any order, and remembers by itself what must still hold."""

    @initialize(mode=modes, max_turns=st.integers(1, 3), turns=st.integers(0, 2))
    def begin(self, mode: Mode, max_turns: int, turns: int) -> None:
        self.battle = new(mode, max_turns)
        self.first_vote: Vote | None = None
        self.voted_on: tuple[TurnState, ...] = ()
        self.ends: Counter[tuple[int, Side, int]] = Counter()
        self.threads: list[tuple[int, ...]] = []
        for _ in range(turns):
            self.whole_turn()

    def attempt(self, event: Callable[[Battle], Battle]) -> bool:
        before = self.battle
        try:
            self.battle = event(before)
        except (TurnNotAllowed, BallotClosed):
            return False
        assert self.battle != before
        return True

    @rule()
    def ask(self) -> None:
        allowed = self.battle.turn_allowed
        voted = self.battle.vote is not None
        number = len(self.battle.turns)
        assert self.attempt(lambda battle: battle.ask(PROMPT)) == allowed
        assert not (allowed and voted and self.battle.mode is Mode.BATTLE)
        if allowed:
            self.threads.append((*(self.threads[-1] if self.threads else ()), number))

    @rule(base=st.integers(-2, 3))
    def go_on_from(self, base: int) -> None:
        before, number = self.battle, len(self.battle.turns)
        last = base == number - 1
        allowed = before.turn_allowed and (last or before.vote is None)
        if before.turn_allowed and not 0 <= base < number:
            with pytest.raises(BadRequest, match="numbered from 0"):
                before.ask(PROMPT, base)
            return
        assert self.attempt(lambda battle: battle.ask(PROMPT, base)) == allowed
        if allowed:
            assert last or base in before.bases
            assert self.battle.turns[:-1] == before.turns
            self.threads.append((*self.threads[base], number))

    @rule()
    def edit(self) -> None:
        voted, last = self.battle.vote is not None, self.battle.turns[-1:]
        if self.attempt(lambda battle: battle.edit(Prompt.of("Another?"))):
            assert not voted
            assert last[0].over

    @rule(side=sides)
    def retry(self, side: Side) -> None:
        before = self.battle.turns[-1].answers.get(side) if self.battle.turns else None
        if self.attempt(lambda battle: battle.retry(side)):
            assert before is not None
            assert before.status is SideStatus.FAILED
            assert self.battle.turn.answers[side] == Answer(attempt=before.attempt + 1)

    @rule(side=sides)
    def start(self, side: Side) -> None:
        if self.attempt(lambda battle: battle.start(side)):
            assert self.battle.turn.answers[side].status is SideStatus.STREAMING

    @rule(side=sides, answer=answers)
    def end(self, side: Side, answer: Answer) -> None:
        attempts = (
            {s: a.attempt for s, a in self.battle.turn.answers.items()} if self.battle.turns else {}
        )
        if self.attempt(lambda battle: battle.end(side, answer)):
            assert answer.status in OVER
            self.ends[len(self.battle.turns), side, attempts[side]] += 1
            assert self.battle.turn.answers[side].attempt == attempts[side]

    @rule()
    def whole_turn(self) -> None:
        self.ask()
        self.answer_well()

    @rule()
    def answer_well(self) -> None:
        for side in self.battle.sides:
            self.retry(side)
            self.end(side, done())

    @rule(choice=st.sampled_from(Choice))
    def cast(self, choice: Choice) -> None:
        open_before, turns = self.battle.ballot_open, self.battle.turns
        vote = Vote(choice)
        assert self.attempt(lambda battle: battle.cast(vote)) == open_before
        if open_before:
            assert self.first_vote is None
            assert self.battle.mode is not Mode.DIRECT
            for turn in turns:
                for answer in turn.answers.values():
                    assert answer.status in (SideStatus.DONE, SideStatus.STOPPED)
                    assert answer.has_content
            self.first_vote, self.voted_on = vote, turns

    @precondition(lambda self: hasattr(self, "battle"))
    @invariant()
    def one_vote_stands(self) -> None:
        assert self.battle.vote is self.first_vote
        assert self.battle.turns[: len(self.voted_on)] == self.voted_on
        if self.first_vote is not None and self.battle.mode is Mode.BATTLE:
            assert self.battle.turns == self.voted_on

    @precondition(lambda self: hasattr(self, "battle"))
    @invariant()
    def revealed_only_after_the_vote(self) -> None:
        if self.battle.mode is Mode.BATTLE and self.first_vote is None:
            with pytest.raises(BallotClosed):
                self.battle.reveal()
        else:
            assert self.battle.reveal() == ENTRIES

    @precondition(lambda self: hasattr(self, "battle"))
    @invariant()
    def every_turn_keeps_its_thread(self) -> None:
        assert self.battle.chain == (self.threads[-1] if self.threads else ())
        for number, thread in enumerate(self.threads):
            assert self.battle.thread(number) == thread
            for side in self.battle.sides:
                told = self.battle.history(side, number)
                said = [part for message in told for part in message.parts]
                turns = [self.battle.turns[n] for n in thread[:-1]]
                pairs = [(t.prompt.parts, t.answers[side].parts) for t in turns]
                assert said == [part for pair in pairs for parts in pair for part in parts]

    @precondition(lambda self: hasattr(self, "battle"))
    @invariant()
    def an_answer_ends_once(self) -> None:
        assert all(times == 1 for times in self.ends.values())

    @precondition(lambda self: hasattr(self, "battle"))
    @invariant()
    def the_ballot_says_why_it_is_closed(self) -> None:
        assert (self.battle.closed_because is None) == self.battle.ballot_open
        assert len(self.battle.turns) <= self.battle.max_turns
        for turn in self.battle.turns:
            assert tuple(turn.answers) == self.battle.sides


TestEvents = Events.TestCase
TestEvents.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)


def test_a_battle_from_prompt_to_reveal() -> None:
    battle = answered(new().ask(PROMPT)).ask(Prompt.of("And at night?"))
    assert [message.role for message in battle.history("a", 1)] == ["user", "assistant"]
    battle = answered(battle).cast(Vote(Choice.B))
    assert battle.reveal() == ENTRIES
    assert battle.exclusion is None
    with pytest.raises(BallotClosed, match="a vote has been cast; it stands"):
        battle.cast(Vote(Choice.A))
    with pytest.raises(TurnNotAllowed, match="start a new battle"):
        battle.ask(PROMPT)


@pytest.mark.parametrize("bad", [failed(), done(""), done(" "), done("", SideStatus.STOPPED)])
def test_no_vote_and_no_turn_on_a_side_that_failed_or_is_empty(bad: Answer) -> None:
    battle = answered(new().ask(PROMPT), done(), bad)
    with pytest.raises(BallotClosed):
        battle.cast(Vote(Choice.BOTH_BAD))
    with pytest.raises(TurnNotAllowed):
        battle.ask(PROMPT)


def test_a_failed_side_is_retried_and_then_voted_on() -> None:
    battle = answered(new().ask(PROMPT), failed(), done())
    assert battle.closed_because == "an answer failed; retry it, then vote"
    battle = battle.retry("a").start("a").end("a", done())
    assert (battle.turn.answers["a"].attempt, battle.turn.answers["b"].attempt) == (2, 1)
    assert battle.cast(Vote(Choice.TIE)).revealed


def test_an_edit_asks_the_last_turn_anew() -> None:
    first = answered(new().ask(PROMPT)).ask(PROMPT)
    with pytest.raises(TurnNotAllowed, match="stop them first"):
        first.edit(Prompt.of("Another?"))
    edited = answered(first).edit(Prompt.of("Another?"))
    assert [turn.prompt.text for turn in edited.turns] == [PROMPT.text, "Another?"]
    assert {answer.attempt for answer in edited.turn.answers.values()} == {2}


def test_a_turn_that_is_asked_anew_goes_on_from_where_it_did() -> None:
    battle = answered(answered(new().ask(PROMPT)).ask(PROMPT)).ask(Prompt.of("Other"), 0)
    battle = answered(battle, failed(), done()).retry("a").start("a").end("a", done())
    battle = answered(battle.edit(Prompt.of("Another?")))
    assert [turn.base for turn in battle.turns] == [None, None, 0]
    assert battle.chain == (0, 2)
    with pytest.raises(BadRequest, match="this battle has 3 so far"):
        battle.ask(PROMPT, 3)
    beside = answered(answered(new(Mode.SIDE_BY_SIDE).ask(PROMPT)).ask(PROMPT)).cast(Vote(Choice.A))
    with pytest.raises(TurnNotAllowed, match="goes on from its end"):
        beside.ask(PROMPT, 0)
    assert beside.ask(PROMPT, 1).chain == (0, 1, 2)


def test_what_was_set_aside_is_not_voted_on_but_a_name_stays_read() -> None:
    stopped, refused = done(status=SideStatus.STOPPED), Answer(SideStatus.DONE, finish="refused")
    first = answered(new().ask(PROMPT))
    for aside in (stopped, refused):
        battle = answered(answered(first.ask(PROMPT), aside, done()).ask(PROMPT, 0))
        assert battle.cast(Vote(Choice.A)).exclusion is None
        assert battle.refused == ()
    named = replace(done(), names_itself=True)
    battle = answered(answered(first.ask(PROMPT), named, done()).ask(PROMPT, 0))
    assert battle.cast(Vote(Choice.A)).exclusion == "model-named-itself"


def test_answers_that_were_voted_on_stand_in_every_mode() -> None:
    for mode in (Mode.BATTLE, Mode.SIDE_BY_SIDE):
        voted = answered(new(mode).ask(PROMPT)).cast(Vote(Choice.A))
        with pytest.raises(TurnNotAllowed, match="they stand"):
            voted.edit(PROMPT)


def test_side_by_side_goes_on_after_the_vote_and_direct_has_no_ballot() -> None:
    beside = answered(new(Mode.SIDE_BY_SIDE).ask(PROMPT))
    assert beside.revealed
    assert beside.cast(Vote(Choice.A)).ask(PROMPT).exclusion == "side-by-side"

    alone = answered(new(Mode.DIRECT).ask(PROMPT))
    assert alone.sides == ("a",)
    with pytest.raises(BallotClosed, match="one model only"):
        alone.cast(Vote(Choice.A))
    with pytest.raises(TurnNotAllowed, match="no side b"):
        alone.retry("b")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (done(), None),
        (done(status=SideStatus.STOPPED), "stopped"),
        (
            Answer(status=SideStatus.DONE, parts=FULL, names_itself=True),
            "model-named-itself",
        ),
    ],
)
def test_what_is_left_out_of_ratings(answer: Answer, why: str | None) -> None:
    battle = answered(new().ask(PROMPT), done(), answer).cast(Vote(Choice.A))
    assert battle.exclusion == why


def test_the_thread_has_a_last_turn() -> None:
    battle = answered(new(max_turns=1).ask(PROMPT))
    with pytest.raises(TurnNotAllowed, match="has its 1 turns"):
        battle.ask(PROMPT)


def test_an_answer_of_another_kind_than_text_has_content() -> None:
    assert Answer(parts=(Code(text=""),)).has_content
    assert Answer(parts=(Text(text="a"), Code(text="b"), Text(text="c"))).text == "a\n\nc"
