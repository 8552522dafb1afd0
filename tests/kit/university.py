"""A provider of OpenID Connect whose tokens are signed, on a server of its own."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from polyarena.testing.serving import running

CLIENT, SECRET = "polyarena", "s3cr:t"


class University:
    """Signs in whoever comes; what it says is what a test makes of it.

    `claims` stand in place of the token's usual ones, those that are None are left out; `further`
    are told at its userinfo endpoint; `signs` is another key to sign with; `error` is answered in
    place of a sign-in; `down` answers nothing usable. `page` is what a browser is shown there, with
    a link back for `{}`; without one it is sent back at once. `site` is another address
    of it, for browsers.
    """

    def __init__(self) -> None:
        self.url = ""
        self.site = ""
        self.key = generate_private_key(65537, 2048)
        self.asked: dict[str, dict[str, str]] = {}
        self.reset()

    def reset(self) -> None:
        """Be as usual again."""
        self.claims: dict[str, Any] = {}
        self.further: dict[str, Any] = {}
        self.signs: RSAPrivateKey = self.key
        self.error = ""
        self.page = ""
        self.down = False

    def token(self, nonce: str) -> str:
        now = int(time.time())
        usual = {
            "iss": self.url, "sub": "ada.byte", "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": nonce, "eduperson_affiliation": ["member", "faculty"], "name": "Ada Byte",
        }  # fmt: skip
        claims = {name: one for name, one in (usual | self.claims).items() if one is not None}
        return jwt.encode(claims, self.signs, "RS256", {"kid": "one"})

    def app(self) -> FastAPI:
        app = FastAPI()
        app.add_api_route("/.well-known/openid-configuration", self._configuration)
        app.add_api_route("/authorize", self._authorize)
        app.add_api_route("/token", self._token, methods=["POST"])
        app.add_api_route("/keys", self._keys)
        app.add_api_route("/userinfo", self._userinfo)
        return app

    async def _configuration(self) -> Response:
        if self.down:
            return Response("away", 503)
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.site or self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "userinfo_endpoint": f"{self.url}/userinfo",
            }
        )

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = hashlib.sha256(asked["state"].encode()).hexdigest()[:20]
        self.asked[code] = asked
        given = {"error": self.error} if self.error else {"code": code}
        told = urlencode({"state": asked["state"], **given})
        back = f"{asked['redirect_uri']}?{told}"
        return HTMLResponse(self.page.format(escape(back))) if self.page else RedirectResponse(back)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.asked.pop(str(form["code"]))
        hashed = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        basic = base64.b64encode(b"polyarena:s3cr%3At").decode()
        proven = asked["code_challenge"] == challenge and asked["code_challenge_method"] == "S256"
        known = request.headers["authorization"] == f"Basic {basic}"
        if not (proven and known and form["redirect_uri"] == asked["redirect_uri"]):
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"id_token": self.token(asked["nonce"]), "access_token": "opaque"})

    async def _keys(self) -> Response:
        own = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return JSONResponse({"keys": [own | {"kid": "one", "use": "sig", "alg": "RS256"}]})

    async def _userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer opaque"
        return JSONResponse({"sub": "ada.byte", **self.further})


@contextmanager
def university() -> Iterator[University]:
    """Run one."""
    one = University()
    with running(one.app()) as url:
        one.url = url
        yield one
