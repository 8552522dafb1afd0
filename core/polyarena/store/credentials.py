"""Credentials that visitors hold, and the evidence of them in a table of its own."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from ..expertise import Qualification, Tier
from . import ledger
from .tables import credential_evidence, credentials


class CredentialState(StrEnum):
    """Whether a credential counts: it does while it is held, and has not lapsed."""

    HELD = "held"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class HeldCredential:
    """A credential of a visitor.

    `kind` is the name of what checked it, `declared` where nothing did. Times are Unix times;
    `lapses` is None for never. `asked`: the visitor asks the operator to confirm it. `why` is the
    operator's word on a revoked one. `evidence`: whether any is kept.
    """

    id: str
    visitor: str
    qualification: Qualification
    kind: str
    state: CredentialState
    created: float
    lapses: float | None
    asked: bool
    why: str
    evidence: bool

    def counts(self, now: float) -> bool:
        """Whether it counts at this time."""
        return self.state is CredentialState.HELD and (self.lapses is None or now < self.lapses)


def put(
    connection: Connection,
    visitor: str,
    qualification: Qualification,
    kind: str,
    evidence: Mapping[str, str],
    *,
    lapses: float | None = None,
    asked: bool = False,
) -> str:
    """Store a credential in place of the visitor's one of this kind and occupation; its id."""
    mine = credentials.c.visitor == visitor
    same = (credentials.c.kind == kind) & (credentials.c.occupation == qualification.occupation)
    for old in connection.execute(select(credentials.c.id).where(mine & same)).scalars().all():
        erase(connection, old)
    name = secrets.token_hex(6)
    connection.execute(
        insert(credentials).values(
            id=name,
            visitor=visitor,
            occupation=qualification.occupation,
            specialty=qualification.specialty,
            tier=qualification.tier.value,
            kind=kind,
            state=CredentialState.HELD.value,
            created=time.time(),
            lapses=lapses,
            asked=asked,
            why="",
        )
    )
    if evidence:
        text = orjson.dumps(dict(evidence)).decode()
        connection.execute(insert(credential_evidence).values(credential=name, data=text))
    _tell(connection, "credential", name, qualification)
    return name


def get(connection: Connection, name: str) -> HeldCredential | None:
    """A credential by its id."""
    row = connection.execute(_query().where(credentials.c.id == name)).one_or_none()
    return _held(row) if row else None


def of(connection: Connection, visitor: str) -> list[HeldCredential]:
    """A visitor's credentials, oldest first."""
    mine = _query().where(credentials.c.visitor == visitor).order_by(credentials.c.created)
    return [_held(row) for row in connection.execute(mine)]


def every(connection: Connection, *, asked: bool = False) -> list[HeldCredential]:
    """All credentials, oldest first, or those that the operator is asked to confirm."""
    query = _query().order_by(credentials.c.created)
    if asked:
        query = query.where(credentials.c.asked, credentials.c.state == CredentialState.HELD.value)
    return [_held(row) for row in connection.execute(query)]


def evidence(connection: Connection, name: str) -> dict[str, str]:
    """The evidence of a credential, empty where none is kept."""
    query = select(credential_evidence.c.data).where(credential_evidence.c.credential == name)
    text = connection.execute(query).scalar_one_or_none()
    return orjson.loads(text) if text else {}


def confirm(connection: Connection, held: HeldCredential) -> None:
    """Raise a credential to the operator's tier; it does not lapse."""
    raised = Qualification(
        held.qualification.occupation, held.qualification.specialty, Tier.OPERATOR
    )
    connection.execute(
        update(credentials)
        .where(credentials.c.id == held.id)
        .values(
            tier=Tier.OPERATOR.value, asked=False, lapses=None, state=CredentialState.HELD.value
        )
    )
    _tell(connection, "credential-confirmed", held.id, raised)


def revoke(connection: Connection, held: HeldCredential, why: str) -> None:
    """Take a credential's effect away; its visitor is told why."""
    connection.execute(
        update(credentials)
        .where(credentials.c.id == held.id)
        .values(state=CredentialState.REVOKED.value, asked=False, why=why)
    )
    _tell(connection, "credential-revoked", held.id, held.qualification)


def erase_evidence(connection: Connection, name: str) -> None:
    """Delete the evidence of a credential; the tier that it led to stays."""
    connection.execute(delete(credential_evidence).where(credential_evidence.c.credential == name))


def erase(connection: Connection, name: str) -> None:
    """Delete a credential with its evidence; votes keep the tier they were cast with."""
    erase_evidence(connection, name)
    connection.execute(delete(credentials).where(credentials.c.id == name))


def _tell(connection: Connection, kind: str, name: str, what: Qualification) -> None:
    data = {"occupation": what.occupation, "specialty": what.specialty, "tier": what.tier.value}
    ledger.append(connection, kind, name, data)


def _query() -> Select[Any]:
    kept = credential_evidence.c.credential.is_not(None).label("evidence")
    return select(credentials, kept).join(
        credential_evidence, credential_evidence.c.credential == credentials.c.id, isouter=True
    )


def _held(row: Row[Any]) -> HeldCredential:
    return HeldCredential(
        id=row.id,
        visitor=row.visitor,
        qualification=Qualification(row.occupation, row.specialty, Tier(row.tier)),
        kind=row.kind,
        state=CredentialState(row.state),
        created=row.created,
        lapses=row.lapses,
        asked=row.asked,
        why=row.why,
        evidence=row.evidence,
    )
