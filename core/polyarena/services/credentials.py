"""Credentials: declared, checked by plugins, confirmed or revoked by the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from ..credential import Claim, Credential
from ..dispatch import Dispatcher
from ..errors import BadRequest, CredentialRefused, NotFound, PluginError
from ..expertise import Expertise, Qualification, Tier
from ..plugins import Registry
from ..store import Store, visitors
from ..store import credentials as stored
from ..store.credentials import CredentialState, HeldCredential
from .clock import Clock

DECLARED = "declared"
EMAIL = "email"
NOTE = "note"
NOTE_LIMIT = 2000
WHY_LIMIT = 500
DAY = 86400.0
UNCHECKED = (
    "The credential could not be checked just now, so nothing was given. "
    "The operator has been told; try again later."
)


class CredentialService:
    """What visitors hold, and what it makes of their votes."""

    def __init__(
        self, store: Store, registry: Registry, dispatcher: Dispatcher, clock: Clock
    ) -> None:
        self._store = store
        self._registry = registry
        self._dispatcher = dispatcher
        self._clock = clock

    @property
    def occupations(self) -> Mapping[str, Expertise]:
        """By id, the occupations that the installed arenas name."""
        found: dict[str, Expertise] = {}
        for arena in self._registry.arenas.values():
            if (asked := arena.manifest.expertise) is not None:
                found.setdefault(asked.occupation, asked)
        return found

    def ways(self, occupation: str) -> Sequence[Credential]:
        """The credentials of an occupation that plugins can check, the best tier first."""
        mine = [one for one in self._registry.credentials.values() if one.occupation == occupation]
        return sorted(mine, key=lambda one: list(Tier).index(one.tier), reverse=True)

    def counts(self, held: HeldCredential) -> bool:
        """Whether a credential counts now."""
        return held.counts(self._clock.wall())

    async def of(self, visitor: str) -> list[HeldCredential]:
        """A visitor's credentials, oldest first."""
        return await self._store.read(lambda c: stored.of(c, visitor))

    async def qualification(self, visitor: str, asked: Expertise) -> Qualification | None:
        """What is best known now of a visitor's occupation, where it is the one asked for."""
        held = [
            one.qualification
            for one in await self.of(visitor)
            if self.counts(one) and one.qualification.occupation == asked.occupation
        ]
        return max(held, key=lambda one: list(Tier).index(one.tier), default=None)

    async def declare(self, visitor: str, occupation: str, specialty: str, note: str = "") -> None:
        """Store what a visitor says of themselves; with a note, the operator is asked to confirm.

        Raises:
            BadRequest: there is no such occupation or specialty, or the note is too long.
            CredentialRefused: the operator has revoked it.
        """
        self.check(occupation, specialty)
        if len(note) > NOTE_LIMIT:
            raise BadRequest(f"the note has {len(note)} characters; at most {NOTE_LIMIT} are taken")
        said = Qualification(occupation, specialty, Tier.DECLARED)
        kept = {NOTE: note.strip()} if note.strip() else {}
        await self.keep(visitor, said, DECLARED, kept, asked=bool(kept))

    async def claim(
        self, visitor: str, name: str, specialty: str, values: Mapping[str, str]
    ) -> None:
        """Have a plugin check what a visitor claims, and store what it found.

        Raises:
            NotFound: there is no such credential.
            BadRequest: a value is too long, or there is no such specialty.
            CredentialRefused: the check did not hold, or could not be made.
        """
        credential = self._registry.credentials.get(name)
        if credential is None or credential.occupation not in self.occupations:
            raise NotFound(f"There is no credential {name!r}.")
        self.check(credential.occupation, specialty)
        given = {field.id: values.get(field.id, "").strip() for field in credential.fields}
        for field in credential.fields:
            if len(given[field.id]) > field.limit:
                raise BadRequest(f"{field.title} may have {field.limit} characters.")
        claim = Claim(credential.occupation, specialty, given)
        try:
            found = await self._dispatcher.check(credential, claim)
        except PluginError:
            raise CredentialRefused(UNCHECKED) from None
        if not found.holds:
            raise CredentialRefused(found.message or "The credential does not hold.")
        known = {id for id, _ in self.occupations[credential.occupation].specialties}
        own = found.specialty if found.specialty in known else specialty
        what = Qualification(credential.occupation, own, credential.tier)
        lapses = None if found.days is None else self._clock.wall() + found.days * DAY
        await self.keep(visitor, what, name, found.evidence, lapses=lapses)

    async def forget(self, visitor: str, name: str, *, evidence_only: bool = False) -> None:
        """Delete one of a visitor's credentials, or its evidence alone.

        Of one that the operator revoked only the evidence goes, so that it stays revoked.

        Raises:
            NotFound: the visitor has no such credential.
        """
        held = await self.one(name)
        if held.visitor != visitor:
            raise NotFound(f"There is no credential {name!r}.")
        revoked = held.state is CredentialState.REVOKED
        await self.erase(name, evidence_only=evidence_only or revoked)

    async def every(self, *, asked: bool = False) -> list[HeldCredential]:
        """All credentials, or those that the operator is asked to confirm."""
        return await self._store.read(lambda c: stored.every(c, asked=asked))

    async def evidence(self, name: str) -> Mapping[str, str]:
        """The evidence of a credential.

        Raises:
            NotFound: there is no such credential.
        """
        await self.one(name)
        return await self._store.read(lambda c: stored.evidence(c, name))

    async def confirm(self, name: str) -> HeldCredential:
        """Confirm a credential by the operator's word.

        Raises:
            NotFound: there is no such credential.
        """
        held = await self.one(name)
        await self._store.write(lambda c: stored.confirm(c, held))
        return await self.one(name)

    async def revoke(self, name: str, why: str) -> HeldCredential:
        """Revoke a credential; votes cast with it keep the tier it had.

        Raises:
            NotFound: there is no such credential.
        """
        held = await self.one(name)
        await self._store.write(lambda c: stored.revoke(c, held, why[:WHY_LIMIT]))
        return await self.one(name)

    async def erase(self, name: str, *, evidence_only: bool = False) -> None:
        """Delete a credential, or its evidence alone.

        Raises:
            NotFound: there is no such credential.
        """
        await self.one(name)
        drop = stored.erase_evidence if evidence_only else stored.erase
        await self._store.write(lambda c: drop(c, name))

    async def one(self, name: str) -> HeldCredential:
        """A credential by its id.

        Raises:
            NotFound: there is none.
        """
        held = await self._store.read(lambda c: stored.get(c, name))
        if held is None:
            raise NotFound(f"There is no credential {name!r}.")
        return held

    def check(self, occupation: str, specialty: str) -> None:
        """See that there are such an occupation and, unless it is empty, such a specialty.

        Raises:
            BadRequest: there is none.
        """
        asked = self.occupations.get(occupation)
        if asked is None:
            known = ", ".join(self.occupations) or "none"
            raise BadRequest(f"There is no occupation {occupation!r}; there are {known}.")
        if specialty and specialty not in {id for id, _ in asked.specialties}:
            raise BadRequest(f"{asked.title} has no specialty {specialty!r}.")

    async def keep(
        self,
        visitor: str,
        what: Qualification,
        kind: str,
        evidence: Mapping[str, str],
        *,
        lapses: float | None = None,
        asked: bool = False,
    ) -> None:
        """Store a credential in place of the visitor's one of this kind and occupation.

        Raises:
            CredentialRefused: the operator has revoked it.
        """
        await self.refuse_revoked(visitor, what.occupation, kind)

        def store(connection: Connection) -> None:
            visitors.ensure(connection, visitor)
            stored.put(connection, visitor, what, kind, evidence, lapses=lapses, asked=asked)

        await self._store.write(store)

    async def refuse_revoked(self, visitor: str, occupation: str, kind: str) -> None:
        """See that the operator has not revoked the visitor's one of this kind and occupation.

        Raises:
            CredentialRefused: they have.
        """
        for held in await self.of(visitor):
            same = held.kind == kind and held.qualification.occupation == occupation
            if same and held.state is CredentialState.REVOKED:
                why = f" They say: {held.why}" if held.why else ""
                raise CredentialRefused(f"The operator has revoked this credential.{why}")
