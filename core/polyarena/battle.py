"""The battle's state machine: turns, sides, one vote, the reveal. Pure; no I/O.

A battle is a value. Every event is a method that answers the battle after it, or raises and
changes nothing::

    side:    waiting -> streaming -> done | stopped | failed
             failed -> waiting             by `retry`
    battle:  turns while no vote is cast; then one vote, which reveals; then nothing
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .arena import Mode
from .ballot import Vote
from .content import Message, Prompt
from .errors import BadRequest, BallotClosed, TurnNotAllowed
from .manifest import Gate, Refusals
from .side import SIDES, Answer, Side, SideStatus
from .use import Use, bundles, sounds, unseen


@dataclass(frozen=True, slots=True)
class TurnState:
    """A prompt and both answers to it.

    `base` is the number of the turn it goes on from, None where that is the one before it.
    """

    prompt: Prompt
    answers: Mapping[Side, Answer]
    base: int | None = None

    @property
    def over(self) -> bool:
        return all(answer.over for answer in self.answers.values())

    @property
    def usable(self) -> bool:
        return all(answer.usable for answer in self.answers.values())


@dataclass(frozen=True, slots=True)
class Battle:
    """One prompt thread, two sides; `entries` are the models' entry ids, by side."""

    id: str
    arena: str
    mode: Mode
    visitor: str
    entries: Mapping[Side, str]
    turns: tuple[TurnState, ...] = ()
    vote: Vote | None = None
    max_turns: int = 20
    gate: Gate | None = None
    refusals: Refusals = "count"
    propensity: float | None = None
    salt: str = field(default="", repr=False)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides it has: both, or `a` alone in direct mode."""
        return ("a",) if self.mode is Mode.DIRECT else SIDES

    @property
    def turn(self) -> TurnState:
        """The last turn."""
        return self.turns[-1]

    @property
    def revealed(self) -> bool:
        """Whether the names may be known: after the vote, or where they were chosen."""
        return self.mode is not Mode.BATTLE or self.vote is not None

    @property
    def ballot_open(self) -> bool:
        """Whether a vote would be taken now."""
        return (
            self.mode is not Mode.DIRECT
            and self.vote is None
            and bool(self.turns)
            and self._settled
            and not self.unseen
        )

    @property
    def unseen(self) -> tuple[Side, ...]:
        """The sides that must be looked at or heard before a vote; none while they answer."""
        gate = self.gate
        if gate is None or self.vote or not self.turns or not self._settled:
            return ()
        return tuple(side for side, answer in self.turn.answers.items() if unseen(answer, gate))

    @property
    def closed_because(self) -> str | None:
        """Why the ballot is closed, in words for the voter, or None while it is open."""
        if self.ballot_open:
            return None
        if self.mode is Mode.DIRECT:
            return "there is one model only, so there is nothing to vote on"
        if self.vote is not None:
            return "a vote has been cast; it stands"
        if any(a.status is SideStatus.FAILED for t in self.turns for a in t.answers.values()):
            return "an answer failed; retry it, then vote"
        if self.unseen:
            verb, kind = ("listen to", "answer") if self.gate == "listen" else ("look at", "app")
            return f"{verb} {' and '.join(f'{kind} {side.upper()}' for side in self.unseen)} first"
        return "the answers are not finished"

    @property
    def turn_allowed(self) -> bool:
        """Whether another prompt would be taken now."""
        open_thread = self.vote is None or self.mode is not Mode.BATTLE
        return open_thread and len(self.turns) < self.max_turns and self._settled

    @property
    def bases(self) -> range:
        """The numbers of earlier turns from which the next could go on, once all is answered."""
        full = len(self.turns) >= self.max_turns
        return range(0 if full or self.vote is not None else max(len(self.turns) - 1, 0))

    @property
    def chain(self) -> tuple[int, ...]:
        """The numbers of the turns that the last one goes on from, and its own: the thread now."""
        return self.thread(len(self.turns) - 1)

    def thread(self, number: int) -> tuple[int, ...]:
        """The numbers of the turns that turn `number` goes on from, first to last, and its own."""
        found: list[int] = []
        while number >= 0:
            found.append(number)
            base = self.turns[number].base
            number = number - 1 if base is None else base
        return tuple(reversed(found))

    @property
    def _settled(self) -> bool:
        return all(turn.usable for turn in self.turns)

    @property
    def exclusion(self) -> str | None:
        """Why its vote does not count in ratings, or None if it does."""
        if self.mode is not Mode.BATTLE:
            return self.mode.value
        answers = [answer for turn in self.turns for answer in turn.answers.values()]
        # A name that was read is known, whatever the thread then went on from.
        if any(answer.names_itself for answer in answers):
            return "model-named-itself"
        voted_on = [answer for n in self.chain for answer in self.turns[n].answers.values()]
        if any(answer.status is SideStatus.STOPPED for answer in voted_on):
            return "stopped"
        if self.refusals == "exclude" and self.refused:
            return "refused"
        return None

    @property
    def refused(self) -> tuple[Side, ...]:
        """The sides of which an answer in the thread was refused."""
        turns = [self.turns[number] for number in self.chain]
        return tuple(side for side in self.sides if any(t.answers[side].refused for t in turns))

    def history(self, side: Side, before: int) -> tuple[Message, ...]:
        """The thread on one side that turn number `before` goes on from.

        A turn that was refused without a word is not in it.
        """
        messages: list[Message] = []
        for turn in (self.turns[number] for number in self.thread(before)[:-1]):
            if not turn.answers[side].parts:
                continue
            messages.append(Message(role="user", parts=turn.prompt.parts))
            messages.append(Message(role="assistant", parts=turn.answers[side].parts))
        return tuple(messages)

    def ask(self, prompt: Prompt, base: int | None = None) -> Battle:
        """Begin a turn that goes on from turn number `base`, by default the last.

        Raises:
            TurnNotAllowed: a vote has been cast, a side is not finished, or the battle has its
                most turns.
            BadRequest: there is no turn of that number.
        """
        if not self.turn_allowed:
            raise TurnNotAllowed(self._why_no_turn())
        if base is not None:
            self.check_base(base)
            base = None if base == len(self.turns) - 1 else base
            if base is not None and self.vote is not None:
                raise TurnNotAllowed("a vote has been cast on this thread; it goes on from its end")
        turn = TurnState(prompt, {side: Answer() for side in self.sides}, base)
        return replace(self, turns=(*self.turns, turn))

    def check_base(self, base: int) -> None:
        """Refuse what no turn can go on from.

        Raises:
            BadRequest: there is no turn of that number.
        """
        if not 0 <= base < len(self.turns):
            raise BadRequest(
                f"There is no turn {base} to continue from. Turns are numbered from 0, and this "
                f"battle has {len(self.turns)} so far."
            )

    def edit(self, prompt: Prompt) -> Battle:
        """Ask the last turn anew with another prompt (the same prompt regenerates it).

        Raises:
            TurnNotAllowed: a vote has been cast, or a side is still answering.
        """
        if not self.turns:
            raise TurnNotAllowed("nothing has been asked yet")
        if self.vote is not None:
            raise TurnNotAllowed("a vote has been cast on these answers, so they stand")
        if not self.turn.over:
            raise TurnNotAllowed("the answers are not finished; stop them first")
        attempts = {side: self.turn.answers[side].attempt + 1 for side in self.sides}
        answers: dict[Side, Answer] = {side: Answer(attempt=n) for side, n in attempts.items()}
        turn = replace(self.turn, prompt=prompt, answers=answers)
        return replace(self, turns=(*self.turns[:-1], turn))

    def retry(self, side: Side) -> Battle:
        """Ask a failed side again.

        Raises:
            TurnNotAllowed: the side has not failed.
        """
        answer = self._answer(side)
        if answer.status is not SideStatus.FAILED:
            raise TurnNotAllowed("only an answer that failed can be retried")
        return self._with(side, Answer(attempt=answer.attempt + 1))

    def start(self, side: Side) -> Battle:
        """The side's model was asked."""
        answer = self._answer(side)
        if answer.status is not SideStatus.WAITING:
            raise TurnNotAllowed(f"side {side} is {answer.status.value}, not waiting")
        return self._with(side, replace(answer, status=SideStatus.STREAMING))

    def end(self, side: Side, answer: Answer) -> Battle:
        """The side's answer is over: done, stopped or failed.

        Raises:
            TurnNotAllowed: the side is over already, or the answer is not over.
        """
        now = self._answer(side)
        if now.over:
            raise TurnNotAllowed(f"side {side} is {now.status.value} already")
        if not answer.over:
            raise TurnNotAllowed(f"an answer that is {answer.status.value} is not over")
        return self._with(side, replace(answer, attempt=now.attempt))

    def used(self, side: Side, bundle: str, use: Use) -> Battle:
        """The voter used an app or a sound of the side's last answer.

        Raises:
            BallotClosed: a vote has been cast.
            TurnNotAllowed: the answer is not finished, or has no such app or sound.
        """
        if self.vote is not None:
            raise BallotClosed("A vote has been cast; what is done now does not count.")
        answer = self._answer(side)
        if not answer.over or bundle not in bundles(answer) | sounds(answer):
            raise TurnNotAllowed("this answer has no such app")
        return self._with(side, replace(answer, use=answer.use + use))

    def cast(self, vote: Vote) -> Battle:
        """Cast the one vote; it reveals and stands.

        Raises:
            BallotClosed: the ballot is not open; the message says why.
        """
        if not self.ballot_open:
            raise BallotClosed(f"The ballot is closed: {self.closed_because}.")
        return replace(self, vote=vote)

    def reveal(self) -> Mapping[Side, str]:
        """The models' entry ids by side.

        Raises:
            BallotClosed: no vote has been cast.
        """
        if not self.revealed:
            raise BallotClosed("The models are revealed after the vote.")
        return self.entries

    def _answer(self, side: Side) -> Answer:
        if side not in self.sides or not self.turns:
            raise TurnNotAllowed(f"this battle has no side {side}")
        return self.turn.answers[side]

    def _with(self, side: Side, answer: Answer) -> Battle:
        turn = replace(self.turn, answers={**self.turn.answers, side: answer})
        return replace(self, turns=(*self.turns[:-1], turn))

    def _why_no_turn(self) -> str:
        if self.vote is not None and self.mode is Mode.BATTLE:
            return "a vote has been cast, so the thread is closed; start a new battle"
        if len(self.turns) >= self.max_turns:
            return f"the thread has its {self.max_turns} turns; vote, or start a new battle"
        if self.turns and self.turn.over:
            return "an answer failed or is empty; retry it first"
        return "the answers are not finished; wait for them or stop them"
