"""Who is asking: a signed, long-lived, anonymous id in a cookie, or an API token."""

from __future__ import annotations

import secrets

from itsdangerous import BadSignature, Signer

from ..store import Store, tokens

COOKIE = "polyarena_visitor"
COOKIE_SECONDS = 5 * 365 * 24 * 3600


class VisitorService:
    """Signs and reads visitors' ids."""

    def __init__(self, store: Store, secret: str) -> None:
        self._store = store
        self._signer = Signer(secret, salt="visitor")

    def new(self) -> str:
        """A fresh visitor's id."""
        return secrets.token_urlsafe(16)

    def sign(self, visitor: str) -> str:
        """The cookie's value."""
        return self._signer.sign(visitor).decode()

    def read(self, cookie: str | None) -> str | None:
        """The visitor a cookie stands for, or None if it was not signed here."""
        if not cookie:
            return None
        try:
            return self._signer.unsign(cookie).decode()
        except (BadSignature, UnicodeDecodeError):
            return None

    async def of_token(self, token: str) -> str | None:
        """The visitor an API token stands for, or None."""
        return await self._store.read(lambda c: tokens.visitor_of(c, token))
