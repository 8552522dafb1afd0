"""OpenID Connect: signing in elsewhere by the code flow, with PKCE, state and nonce."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

import httpx
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from .listed import LOOPBACK, Occupations

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60
NEEDED = ["iss", "sub", "aud", "exp", "iat"]


class Untrusted(Exception):
    """What a provider answered is no proof of anything; `str()` names the fault, no identity."""


class Unreachable(Exception):
    """A provider could not be asked, or did not answer as one does."""


class InstitutionSettings(BaseModel):
    """An institution where people sign in, and what makes them of an occupation.

    `values` maps values of the claim `claim` to occupations. `secret_env` names an environment
    variable; without it the client is a public one. `days` are how long a credential holds,
    `seconds` how long each of the provider's answers may take.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field(min_length=1)
    issuer: str
    client_id: str = Field(min_length=1)
    secret_env: str = ""
    scope: str = "openid"
    claim: str = Field(min_length=1)
    values: Occupations
    days: float = Field(default=365, gt=0)
    seconds: float = Field(default=10, gt=0)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not is_safe(self.issuer):
            raise ValueError(f"issuer {self.issuer!r} must be an https address")
        if "openid" not in self.scope.split():
            raise ValueError("scope must have 'openid' in it")
        return self

    def occupations(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """The occupations of somebody with these claims."""
        has = claims.get(self.claim)
        values = has if isinstance(has, list) else [has]
        known = [self.values.get(one, ()) for one in values if isinstance(one, str)]
        return frozenset(occupation for each in known for occupation in each)


class Endpoints(BaseModel):
    """What a provider says of itself."""

    model_config = ConfigDict(frozen=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)

    @field_validator("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    @classmethod
    def _safe(cls, given: str | None) -> str | None:
        if given is not None and not is_safe(given):
            raise ValueError("must be an https address")
        return given


def is_safe(url: str) -> bool:
    """Whether an address is https, or of this machine."""
    parts = urlsplit(url)
    if not parts.hostname or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


class Provider:
    """An institution's provider, asked anew each time; there are few sign-ins.

    Methods raise `Unreachable` where it does not answer as a provider does.
    """

    def __init__(self, rules: InstitutionSettings, secret: str) -> None:
        self._rules = rules
        self._secret = secret

    async def endpoints(self) -> Endpoints:
        """What it says of itself, and that it is the issuer."""
        where = self._rules.issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            found = Endpoints.model_validate(await self._json("GET", where))
        except ValidationError:
            raise Unreachable("its configuration is incomplete") from None
        if found.issuer != self._rules.issuer:
            raise Unreachable("its configuration is of another issuer")
        return found

    async def address(self, *, state: str, nonce: str, verifier: str, back: str) -> str:
        """Where to send the browser to sign in."""
        endpoint = (await self.endpoints()).authorization_endpoint
        hashed = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self._rules.client_id,
            "redirect_uri": back,
            "scope": self._rules.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(hashed).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    async def claims(self, code: str, *, nonce: str, verifier: str, back: str) -> dict[str, Any]:
        """What it says of whoever signed in, for a code that the browser brought.

        Raises:
            Untrusted: the token was not signed by it, for us, now, and for this sign-in.
        """
        known = await self.endpoints()
        answer = await self._exchange(known, code, verifier, back)
        keys = await self._json("GET", known.jwks_uri)
        claims = self._verified(str(answer.get("id_token", "")), keys, nonce)
        token = answer.get("access_token")
        if self._rules.claim in claims or known.userinfo_endpoint is None or not token:
            return claims
        headers = {"authorization": f"Bearer {token}"}
        more = await self._json("GET", known.userinfo_endpoint, headers=headers)
        if more.get("sub") != claims["sub"]:
            raise Untrusted("its further claims are of another account")
        return more | claims

    async def _exchange(
        self, known: Endpoints, code: str, verifier: str, back: str
    ) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self._rules.client_id,
            "code_verifier": verifier,
        }
        headers = {}
        if self._secret and "client_secret_basic" in known.token_endpoint_auth_methods_supported:
            pair = f"{quote(self._rules.client_id, safe='')}:{quote(self._secret, safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        elif self._secret:
            form["client_secret"] = self._secret
        return await self._json("POST", known.token_endpoint, headers=headers, form=form)

    def _verified(self, token: str, keys: dict[str, Any], nonce: str) -> dict[str, Any]:
        # It takes a while to import, and few servers need it.
        import jwt

        try:
            named = jwt.get_unverified_header(token).get("kid")
            usable = jwt.PyJWKSet.from_dict(keys).keys
            own = [key for key in usable if named is None or key.key_id == named]
            if len(own) != 1:
                raise Untrusted("the key of its token is not among its keys")
            claims: dict[str, Any] = jwt.decode(
                token,
                own[0],
                algorithms=ALGORITHMS,
                audience=self._rules.client_id,
                issuer=self._rules.issuer,
                leeway=LEEWAY,
                options={"require": NEEDED},
            )
        except jwt.PyJWTError as error:
            raise Untrusted(f"its token: {type(error).__name__}") from None
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise Untrusted("its token is of another sign-in")
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self._rules.client_id) != self._rules.client_id:
            raise Untrusted("its token is for another client")
        return claims

    async def _json(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        accept = {"accept": "application/json", **(headers or {})}
        try:
            async with httpx.AsyncClient(timeout=self._rules.seconds) as client:
                answer = await client.request(method, url, headers=accept, data=form)
            if answer.status_code != httpx.codes.OK:
                raise Unreachable(f"{urlsplit(url).path} answered {answer.status_code}")
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable(f"{urlsplit(url).path}: {type(error).__name__}") from None
        if not isinstance(found, dict):
            raise Unreachable(f"{urlsplit(url).path} answered no object")
        return found
