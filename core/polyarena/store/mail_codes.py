"""Codes that were sent by mail: keyed hashes of the code and of the address, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from ..expertise import Qualification, Tier
from .tables import mail_codes


@dataclass(frozen=True, slots=True)
class MailCode:
    """A code that was sent, by the visitor who asked for it.

    `digest` is of the code, `address` of the address, both hexadecimal; `sent` is a Unix time,
    `tries` how often a code was given for it, and `spent` whether it can be used no more.
    """

    id: str
    visitor: str
    qualification: Qualification
    domain: str
    address: str
    digest: str
    sent: float
    tries: int = 0
    spent: bool = False


def put(connection: Connection, code: MailCode) -> None:
    """Store a code; the visitor's former ones of this occupation can be used no more."""
    mine = mail_codes.c.visitor == code.visitor
    same = mail_codes.c.occupation == code.qualification.occupation
    connection.execute(update(mail_codes).where(mine & same).values(spent=True))
    connection.execute(
        insert(mail_codes).values(
            id=code.id,
            visitor=code.visitor,
            occupation=code.qualification.occupation,
            specialty=code.qualification.specialty,
            domain=code.domain,
            address=code.address,
            digest=code.digest,
            sent=code.sent,
            tries=code.tries,
            spent=code.spent,
        )
    )


def waiting(connection: Connection, visitor: str, since: float) -> list[MailCode]:
    """A visitor's codes that were sent since then and can be used."""
    mine = (mail_codes.c.visitor == visitor) & mail_codes.c.spent.is_(False)
    query = select(mail_codes).where(mine, mail_codes.c.sent > since)
    return [_code(row) for row in connection.execute(query)]


def count(connection: Connection, since: float, *, visitor: str = "", address: str = "") -> int:
    """How many were sent since then, of a visitor's, to an address, or all."""
    which: list[ColumnElement[bool]] = [mail_codes.c.sent > since]
    if visitor:
        which.append(mail_codes.c.visitor == visitor)
    if address:
        which.append(mail_codes.c.address == address)
    return connection.execute(select(func.count()).where(*which)).scalar_one()


def try_one(connection: Connection, name: str, most: int) -> bool:
    """Count a try; False where there were as many as may be, or the code is spent."""
    free = (mail_codes.c.tries < most) & mail_codes.c.spent.is_(False)
    done = connection.execute(
        update(mail_codes).where(mail_codes.c.id == name, free).values(tries=mail_codes.c.tries + 1)
    )
    return done.rowcount > 0


def spend(connection: Connection, name: str) -> None:
    """Let a code be used no more."""
    connection.execute(update(mail_codes).where(mail_codes.c.id == name).values(spent=True))


def drop(connection: Connection, name: str) -> None:
    """Forget a code that was not sent."""
    connection.execute(delete(mail_codes).where(mail_codes.c.id == name))


def sweep(connection: Connection, before: float) -> None:
    """Forget the codes that were sent before then."""
    connection.execute(delete(mail_codes).where(mail_codes.c.sent < before))


def _code(row: Row[Any]) -> MailCode:
    return MailCode(
        id=row.id,
        visitor=row.visitor,
        qualification=Qualification(row.occupation, row.specialty, Tier.EMAIL_DOMAIN),
        domain=row.domain,
        address=row.address,
        digest=row.digest,
        sent=row.sent,
        tries=row.tries,
        spent=row.spent,
    )
