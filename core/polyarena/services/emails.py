"""Credentials by e-mail: a code goes to an address, and whoever has the code reads its mail."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy import Connection

from ..errors import BadRequest, CredentialRefused, TooMany
from ..expertise import Qualification, Tier
from ..mailing import EmailSettings, address_of, send
from ..store import Store, mail_codes
from ..store.mail_codes import MailCode
from .clock import Clock
from .credentials import DAY, EMAIL, CredentialService

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
CODE_LIMIT = 40
MINUTES = 15
TRIES = 5
HOUR = 3600.0
AN_HOUR, A_DAY = 3, 6
WRONG = "The code is wrong."
GONE = "There is no code to confirm, or it has expired; ask for a new one."
TEXT = """\
Your code is {code}

It was asked for at {title}, to show that its reader gets mail at {domain}.
It works once, within {minutes} minutes, in the browser in which it was asked for.

If you did not ask for it, you need not do anything. Your address is not kept.
"""
_log = structlog.get_logger("polyarena.mail")


class EmailService:
    """Sends codes and takes them; of address and code only keyed hashes are stored, for a day."""

    def __init__(
        self,
        store: Store,
        credentials: CredentialService,
        rules: EmailSettings | None,
        title: str,
        secret: str,
        clock: Clock,
    ) -> None:
        self._store = store
        self._credentials = credentials
        self._rules = rules
        self._title = title
        self._key = hashlib.sha256(f"mail code {secret}".encode()).digest()
        self._clock = clock
        named = {one for occupations in self.domains.values() for one in occupations}
        for occupation in sorted(named - credentials.occupations.keys()):
            _log.warning("settings name an occupation of no arena", occupation=occupation)

    @property
    def domains(self) -> Mapping[str, Sequence[str]]:
        """The occupations of each domain."""
        return self._rules.domains if self._rules else {}

    def domains_of(self, occupation: str) -> list[str]:
        """The domains whose people have an occupation."""
        return sorted(name for name, has in self.domains.items() if occupation in has)

    async def waiting(self, visitor: str) -> Mapping[str, str]:
        """By occupation, the domains to which a code was sent that can still be given."""
        codes = await self._store.read(
            lambda c: mail_codes.waiting(c, visitor, self._clock.wall() - MINUTES * 60)
        )
        return {one.qualification.occupation: one.domain for one in codes if one.tries < TRIES}

    async def ask(self, visitor: str, occupation: str, specialty: str, address: str) -> None:
        """Send a code to an address.

        Raises:
            BadRequest: there is no such occupation or specialty, or it is no address.
            CredentialRefused: its domain is not listed, or the operator has revoked it.
            TooMany: this visitor or address, or all together, have had as many as may be.
            MailFailed: the mail was not taken; nothing is stored.
        """
        self._credentials.check(occupation, specialty)
        local, domain = self._read(occupation, address)
        await self._credentials.refuse_revoked(visitor, occupation, EMAIL)
        assert self._rules is not None
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        name = secrets.token_hex(8)
        sent = MailCode(
            id=name,
            visitor=visitor,
            qualification=Qualification(occupation, specialty, Tier.EMAIL_DOMAIN),
            domain=domain,
            # What follows a plus is the same mailbox to many servers, and must be to the bounds.
            address=self._digest("address", local.partition("+")[0].lower(), domain),
            digest=self._digest("code", name, visitor, code),
            sent=self._clock.wall(),
        )
        if refusal := await self._store.write(lambda c: self._reserve(c, sent)):
            raise TooMany(refusal)
        shown = f"{code[:4]}-{code[4:]}"
        text = TEXT.format(code=shown, title=self._title, domain=domain, minutes=MINUTES)
        try:
            await send(self._rules, f"{local}@{domain}", f"Your code for {self._title}", text)
        except BaseException:
            await self._store.write(lambda c: mail_codes.drop(c, name))
            raise

    async def confirm(self, visitor: str, occupation: str, code: str) -> None:
        """Take a code that was sent, and give the credential.

        Raises:
            CredentialRefused: it is wrong or has expired, or the operator has revoked it.
        """
        since = self._clock.wall() - MINUTES * 60
        codes = await self._store.read(lambda c: mail_codes.waiting(c, visitor, since))
        sent = next((one for one in codes if one.qualification.occupation == occupation), None)
        given = "".join(code[:CODE_LIMIT].upper().replace("-", " ").split())
        if sent is None:
            raise CredentialRefused(GONE)
        counted = await self._store.write(lambda c: mail_codes.try_one(c, sent.id, TRIES))
        if not counted:
            raise CredentialRefused(GONE)
        if not hmac.compare_digest(sent.digest, self._digest("code", sent.id, visitor, given)):
            left = TRIES - sent.tries - 1
            raise CredentialRefused(f"{WRONG} {_tries(left)}")
        await self._store.write(lambda c: mail_codes.spend(c, sent.id))
        assert self._rules is not None
        lapses = self._clock.wall() + self._rules.days * DAY
        what, evidence = sent.qualification, {"domain": sent.domain}
        await self._credentials.keep(visitor, what, EMAIL, evidence, lapses=lapses)

    def _read(self, occupation: str, address: str) -> tuple[str, str]:
        known = self.domains_of(occupation)
        if not known:
            raise BadRequest("Nobody's e-mail address counts for this occupation.")
        sides = address_of(address)
        if sides is None:
            raise BadRequest("This is no e-mail address that mail can be sent to.")
        if sides[1] not in known:
            raise CredentialRefused(
                f"The domain {sides[1]} is not listed for this occupation; "
                f"ask the operator if it should be."
            )
        return sides

    def _reserve(self, connection: Connection, sent: MailCode) -> str:
        """Store a code before it is sent, unless there were too many: then why."""
        assert self._rules is not None
        mail_codes.sweep(connection, sent.sent - DAY)
        hour = sent.sent - HOUR
        for who in ({"visitor": sent.visitor}, {"address": sent.address}):
            if mail_codes.count(connection, hour, **who) >= AN_HOUR:
                return f"{AN_HOUR} codes were sent in the last hour; try again later."
            if mail_codes.count(connection, sent.sent - DAY, **who) >= A_DAY:
                return f"{A_DAY} codes were sent in the last day; try again tomorrow."
        if mail_codes.count(connection, hour) >= self._rules.per_hour:
            return "As many codes were sent in the last hour as may be; try again later."
        mail_codes.put(connection, sent)
        return ""

    def _digest(self, *what: str) -> str:
        return hmac.new(self._key, "\n".join(what).encode(), "sha256").hexdigest()


def _tries(left: int) -> str:
    if left <= 0:
        return "That was the last try; ask for a new one."
    return "One try is left." if left == 1 else f"{left} tries are left."
