"""Credentials by an institution's sign-in: of whoever signs in only the tier is stored."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Mapping

import structlog
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ..errors import BadRequest, CredentialRefused, NotFound
from ..expertise import Qualification, Tier
from ..oidc import InstitutionSettings, Provider, Unreachable, Untrusted
from .clock import Clock
from .credentials import DAY, CredentialService

KIND = "oidc:"
MINUTES = 15
LOST = "This sign-in was not begun in this browser, or too long ago; begin it again."
AWAY = "could not be asked just now, so nothing was given. The operator has been told."
UNTRUSTED = "answered something that cannot be trusted, so nothing was given."
_log = structlog.get_logger("polyarena.institutions")
_ERROR = re.compile(r"[a-z_]{1,40}")


class InstitutionService:
    """Sends visitors to sign in at an institution, and takes what it says of them.

    Between the two the browser keeps what was begun, signed; the server keeps nothing.
    """

    def __init__(
        self,
        credentials: CredentialService,
        rules: Mapping[str, InstitutionSettings],
        secret: str,
        clock: Clock,
    ) -> None:
        self._credentials = credentials
        self._rules = rules
        self._signer = URLSafeTimedSerializer(secret, salt="institution")
        self._clock = clock

    def of(self, occupation: str) -> list[tuple[str, str]]:
        """The institutions that know people of an occupation, as id and title."""
        return [
            (name, one.title)
            for name, one in self._rules.items()
            if any(occupation in has for has in one.values.values())
        ]

    def title(self, kind: str) -> str | None:
        """What the institution of a credential's kind is called; None for another kind."""
        name = kind.removeprefix(KIND)
        if name == kind:
            return None
        return self._rules[name].title if name in self._rules else name

    async def begin(
        self, visitor: str, name: str, occupation: str, specialty: str, back: str
    ) -> tuple[str, str]:
        """Where to sign in, and what the browser is to keep until it comes back to `back`.

        Raises:
            NotFound: there is no such institution.
            BadRequest: it knows nobody of the occupation, or there is no such specialty.
            CredentialRefused: it cannot be asked, or the operator has revoked the credential.
        """
        rules = self._institution(name)
        self._credentials.check(occupation, specialty)
        if (name, rules.title) not in self.of(occupation):
            raise BadRequest(f"{rules.title} does not say who is of this occupation.")
        await self._credentials.refuse_revoked(visitor, occupation, KIND + name)
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        verifier = secrets.token_urlsafe(48)
        begun = [visitor, name, occupation, specialty, back, state, nonce, verifier]
        try:
            where = await self._provider(name, rules).address(
                state=state, nonce=nonce, verifier=verifier, back=back
            )
        except Unreachable as fault:
            raise self._away(name, rules, fault) from None
        return where, str(self._signer.dumps(begun))

    async def finish(self, visitor: str, name: str, kept: str, query: Mapping[str, str]) -> None:
        """Take what the browser came back with, and give the credential.

        Raises:
            NotFound: there is no such institution.
            CredentialRefused: the sign-in was begun elsewhere or failed, what the institution says
                cannot be trusted or is not enough, or the operator has revoked the credential.
        """
        rules = self._institution(name)
        try:
            begun = self._signer.loads(kept, max_age=MINUTES * 60)
        except BadSignature:
            raise CredentialRefused(LOST) from None
        who, where, occupation, specialty, back, state, nonce, verifier = begun
        same = hmac.compare_digest(state.encode(), query.get("state", "").encode())
        if not same or (who, where) != (visitor, name):
            raise CredentialRefused(LOST)
        if query.get("iss", rules.issuer) != rules.issuer:
            raise self._untrusted(name, rules, "the answer names another issuer")
        if "code" not in query:
            raise CredentialRefused(f"{rules.title} did not sign you in{_why(query)}.")
        try:
            claims = await self._provider(name, rules).claims(
                query["code"], nonce=nonce, verifier=verifier, back=back
            )
        except Unreachable as fault:
            raise self._away(name, rules, fault) from None
        except Untrusted as fault:
            raise self._untrusted(name, rules, str(fault)) from None
        if occupation not in rules.occupations(claims):
            raise CredentialRefused(
                f"{rules.title} signed you in, but does not say that this is your occupation."
            )
        what = Qualification(occupation, specialty, Tier.INSTITUTION)
        lapses = self._clock.wall() + rules.days * DAY
        evidence = {"issuer": rules.issuer}
        await self._credentials.keep(visitor, what, KIND + name, evidence, lapses=lapses)

    def _institution(self, name: str) -> InstitutionSettings:
        if name not in self._rules:
            raise NotFound(f"There is no institution {name!r}.")
        return self._rules[name]

    def _provider(self, name: str, rules: InstitutionSettings) -> Provider:
        secret = os.environ.get(rules.secret_env, "") if rules.secret_env else ""
        if rules.secret_env and not secret:
            raise self._away(name, rules, Unreachable(f"{rules.secret_env} is not set"))
        return Provider(rules, secret)

    def _away(self, name: str, rules: InstitutionSettings, fault: Unreachable) -> CredentialRefused:
        _log.error("an institution could not be asked", institution=name, fault=str(fault))
        return CredentialRefused(f"{rules.title} {AWAY}")

    def _untrusted(self, name: str, rules: InstitutionSettings, fault: str) -> CredentialRefused:
        _log.error("an institution's answer is not trusted", institution=name, fault=fault)
        return CredentialRefused(f"{rules.title} {UNTRUSTED}")


def _why(query: Mapping[str, str]) -> str:
    """What the provider calls it, where that is a plain word."""
    error = query.get("error", "")
    return f" (“{error}”)" if _ERROR.fullmatch(error) else ""
