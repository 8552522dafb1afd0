"""Casting a vote: one a battle, and its answer is the reveal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from ..arena import Scalar
from ..ballot import Ballot, Vote, flag_evidence
from ..battle import Battle
from ..commitment import digest
from ..dispatch import Dispatcher
from ..errors import BadRequest, BallotClosed, CredentialNeeded
from ..expertise import Qualification
from ..store import Store
from ..store import battles as battles_stored
from ..store import votes as stored
from .categories import CategoryService
from .credentials import CredentialService
from .finished import finished
from .live import LiveBattle
from .servers import ServerService


class VoteService:
    """Takes votes; `secret` makes the voters' pseudonyms, `servers` are told of battles decided."""

    def __init__(
        self,
        store: Store,
        dispatcher: Dispatcher,
        categories: CategoryService,
        credentials: CredentialService,
        servers: ServerService,
        secret: str,
    ) -> None:
        self._store = store
        self._categories = categories
        self._dispatcher = dispatcher
        self._secret = secret
        self._credentials = credentials
        self._servers = servers

    async def cast(
        self,
        live: LiveBattle,
        choice: str,
        reasons: Sequence[str] = (),
        comment: str = "",
        aspects: Mapping[str, str] | None = None,
        flags: Mapping[str, Mapping[str, str]] | None = None,
        expert: bool | None = None,
    ) -> None:
        """Cast the battle's one vote; the same vote sent again is taken as the one that stands.

        What is known of the voter's occupation is stored with it, unless `expert` is False: the
        voter wants to be counted as one of the public. With True the vote is an expert's or none.

        Raises:
            CredentialNeeded: an expert's vote is due or wanted, and the voter is not known as one.
            BadRequest: the ballot has no such choice, reason, aspect or flag, or asks for more.
            BallotClosed: the ballot is not open, or another vote stands.
            StorageError: nothing was stored.
        """
        ballot = live.arena.manifest.ballot
        vote = ballot.read(choice, tuple(reasons), comment, aspects, flags)
        async with live.lock:
            if live.battle.vote is not None:
                self._same_or_closed(live.battle.vote, vote)
                return
            held = await self._qualified(live, expert)
            voted = live.battle.cast(replace(vote, qualification=held))
            ended = finished(voted)
            categories = await self._dispatcher.categories(live.arena, ended)
            features = await self._dispatcher.features(live.arena, ended)
            evidence = await self._dispatcher.evidence(live.arena, ended)
            evidence = {**evidence, **flagged(ballot, vote)}
            event, reveal = self._events(voted, categories, evidence)
            asked = live.arena.manifest.expertise
            if asked is not None and held is not None:
                event["qualification"] = {**asdict(held), "expert": asked.expert(held)}
            if classifier := live.arena.manifest.classifier:
                event["classifier"] = classifier
            stood = await self._store.write(
                lambda c: stored.cast(c, voted, categories, event, reveal, features, evidence)
            )
            if not stood:
                record = await self._store.read(lambda c: battles_stored.get(c, voted.id))
                assert record is not None
                assert record.battle.vote is not None
                live.battle = record.battle
                self._same_or_closed(record.battle.vote, vote)
                return
            live.battle = voted
            live.announce_ballot()
            self._servers.voted(voted.id)
            self._categories.offer(live.arena, voted, categories)

    async def _qualified(self, live: LiveBattle, expert: bool | None) -> Qualification | None:
        asked = live.arena.manifest.expertise
        if asked is None:
            if expert:
                raise BadRequest("This arena does not ask whose votes are an expert's.")
            return None
        held = await self._credentials.qualification(live.battle.visitor, asked)
        if (expert or asked.required) and not asked.expert(held):
            otherwise = "" if asked.required else ", or count it as a public vote"
            raise CredentialNeeded(
                f"An expert's vote here needs a credential in {asked.title}, of the tier "
                f"“{asked.tier.label}” or better: get one at /credentials{otherwise}."
            )
        return None if expert is False and not asked.required else held

    def _same_or_closed(self, stands: Vote, sent: Vote) -> None:
        if stands != sent:
            raise BallotClosed("The ballot is closed: a vote has been cast; it stands.")

    def _events(
        self,
        battle: Battle,
        categories: frozenset[str],
        evidence: Mapping[str, tuple[Scalar, Scalar]],
    ) -> tuple[dict[str, object], dict[str, object]]:
        vote = battle.vote
        assert vote is not None
        answers = [answer.text for turn in battle.turns for answer in turn.answers.values()]
        texts = [turn.prompt.text for turn in battle.turns] + answers
        event: dict[str, object] = {
            "arena": battle.arena,
            "choice": vote.choice.value,
            "reasons": list(vote.reasons),
            "comment": digest(vote.comment, battle.salt) if vote.comment else None,
            "content": digest("\n\0".join(texts), battle.salt),
            "categories": sorted(categories),
            "voter": self._pseudonym(battle.visitor),
            "excluded": battle.exclusion,
            "turns": len(battle.chain),
        }
        if battle.refused:
            event["refused"] = list(battle.refused)
        if vote.aspects:
            event["aspects"] = {name: one.value for name, one in vote.aspects.items()}
        if vote.flags:
            event["flags"] = {name: dict(sides) for name, sides in vote.flags.items()}
        if evidence:
            event["evidence"] = {name: list(pair) for name, pair in evidence.items()}
        return event, {"entries": dict(battle.entries), "salt": battle.salt}

    def _pseudonym(self, visitor: str) -> str:
        return hashlib.sha256(f"{self._secret}\nvoter\n{visitor}".encode()).hexdigest()[:20]


def flagged(ballot: Ballot, vote: Vote) -> dict[str, tuple[Scalar, Scalar]]:
    """Whether each answer was flagged, as evidence by flag."""
    return {
        flag_evidence(flag): ("a" in given, "b" in given)
        for flag in ballot.flags
        for given in (vote.flags.get(flag.id, {}),)
    }
