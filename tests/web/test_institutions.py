"""Credentials by signing in at an institution, from the page there and back."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from kit.guild import dentists, visitor
from kit.served import served
from kit.university import CLIENT, SECRET, University, university
from polyarena import ConfigError
from polyarena.settings import Settings

API = "/api/v1/credentials"
WAY = "/credentials/institution/uni"


@pytest.fixture(scope="module")
def running() -> Iterator[University]:
    with university() as one:
        yield one


@pytest.fixture
def uni(running: University) -> University:
    running.reset()
    return running


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, running: University) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("institution")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNI_SECRET", SECRET)
        rules = {"institutions": {"uni": rules_of(running.url)}}
        with served(data, dentists(), credentials=rules) as url:
            yield url


def rules_of(issuer: str) -> dict[str, Any]:
    return {
        "title": "The University",
        "issuer": issuer,
        "client_id": CLIENT,
        "secret_env": "UNI_SECRET",
        "claim": "eduperson_affiliation",
        "values": {"faculty": "dentistry", "alum": ["law"]},
    }


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with visitor(url) as client:
        yield client


def begin(client: httpx.Client, specialty: str = "") -> str:
    """Begin a sign-in with scripts, and be signed in: where the browser is sent back to."""
    form = {"occupation": "dentistry", "specialty": specialty}
    left = client.post(WAY, data=form, headers={"hx-request": "true"})
    assert left.status_code == 204, left.text
    return there(left.headers["hx-redirect"])


def there(where: str) -> str:
    with httpx.Client() as elsewhere:
        return elsewhere.get(where).headers["location"]


def refused(answer: httpx.Response) -> str:
    assert answer.status_code == 422
    found = re.search(r'<p class="lede"[^>]*>(.*?)</p>', answer.text, re.S)
    return unescape(found[1] if found else answer.text)


def test_signing_in_gives_the_tier_and_tells_nothing_of_who_it_was(
    client: httpx.Client, uni: University, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "The University" in client.get("/credentials").text
    page = client.post(WAY, data={"occupation": "dentistry", "specialty": "surgery"})
    assert page.status_code == 200
    link = re.search(rf'href="({re.escape(uni.url)}/authorize[^"]*)"', page.text)
    assert link
    back = client.get(there(unescape(link[1])))
    assert (back.status_code, back.headers["location"]) == (303, "/credentials")
    (held,) = client.get(API).json()
    assert (held["tier"], held["specialty"], held["checked_by"]) == (
        "institution", "surgery", "oidc:uni",
    )  # fmt: skip
    assert held["lapses"] - held["created"] == pytest.approx(365 * 86400, abs=60)
    shown = client.get("/credentials").text
    assert "Shown by: The University." in shown
    told = shown + "".join(capfd.readouterr())
    for secret in ("ada.byte", "Ada Byte", SECRET):
        assert secret not in told
    assert client.delete(f"{API}/{held['id']}?evidence_only=true").status_code == 204
    assert client.get(API).json()[0]["evidence"] is False


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"aud": "another"}, "InvalidAudienceError"),
        ({"aud": [CLIENT, "another"]}, "for another client"),
        ({"azp": "another"}, "for another client"),
        ({"iss": "https://elsewhere.example"}, "InvalidIssuerError"),
        ({"nonce": "guessed"}, "of another sign-in"),
        ({"nonce": None}, "of another sign-in"),
        ({"exp": int(time.time()) - 3600}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"sub": None}, "MissingRequiredClaimError"),
    ],
)
def test_a_token_that_proves_nothing_gives_nothing(
    client: httpx.Client,
    uni: University,
    capfd: pytest.CaptureFixture[str],
    claims: dict[str, Any],
    fault: str,
) -> None:
    uni.claims = claims
    assert "cannot be trusted" in refused(client.get(begin(client)))
    assert fault in "".join(capfd.readouterr())
    assert client.get(API).json() == []


def test_a_token_signed_by_another_key_gives_nothing(
    client: httpx.Client, uni: University, capfd: pytest.CaptureFixture[str]
) -> None:
    uni.signs = generate_private_key(65537, 2048)
    assert "cannot be trusted" in refused(client.get(begin(client)))
    assert "InvalidSignatureError" in "".join(capfd.readouterr())
    assert client.get(API).json() == []


def test_who_is_of_another_occupation_gets_nothing(client: httpx.Client, uni: University) -> None:
    for claims in (
        {"eduperson_affiliation": None},
        {"eduperson_affiliation": ["alum", 7]},
        {"eduperson_affiliation": {"faculty": True}},
    ):
        uni.claims = claims
        assert "does not say that this is your occupation" in refused(client.get(begin(client)))
    assert client.get(API).json() == []


def test_a_claim_may_be_told_apart_from_the_token(client: httpx.Client, uni: University) -> None:
    uni.claims = {"eduperson_affiliation": None}
    uni.further = {"eduperson_affiliation": "faculty", "sub": "somebody.else"}
    assert "cannot be trusted" in refused(client.get(begin(client)))
    uni.further = {"eduperson_affiliation": "faculty"}
    assert client.get(begin(client)).status_code == 303
    assert [one["tier"] for one in client.get(API).json()] == ["institution"]


def test_an_error_is_told_and_an_unreachable_institution(
    client: httpx.Client, uni: University
) -> None:
    uni.error = "access_denied"
    assert "did not sign you in (“access_denied”)." in refused(client.get(begin(client)))
    uni.error = "<b>Well</b>"
    assert "did not sign you in." in refused(client.get(begin(client)))
    uni.error = ""
    place = begin(client)
    uni.down = True
    assert "could not be asked just now" in refused(client.get(place))
    asked = client.post(WAY, data={"occupation": "dentistry"}, headers={"hx-request": "true"})
    assert asked.status_code == 422
    assert "could not be asked just now" in asked.text


def test_only_the_browser_that_began_comes_back_and_only_once(
    client: httpx.Client, uni: University, url: str
) -> None:
    place = begin(client)
    with visitor(url) as other:
        assert "not begun in this browser" in refused(other.get(place))
        other.cookies.update({"polyarena_sign_in": client.cookies["polyarena_sign_in"]})
        assert "not begun in this browser" in refused(other.get(place))
    forged = re.sub(r"state=[^&]+", "state=guessed", place)
    assert "not begun in this browser" in refused(client.get(forged))
    mixed = f"{place}&iss=https://elsewhere.example"
    assert "cannot be trusted" in refused(client.get(mixed))
    assert client.get(place).status_code == 303
    assert "not begun in this browser" in refused(client.get(place))


def test_what_is_not_there_is_named(client: httpx.Client, uni: University) -> None:
    assert client.post("/credentials/institution/none").status_code == 404
    assert client.get("/credentials/institution/none/back").status_code == 404
    for form in (
        {"occupation": "medicine"},
        {"occupation": "law"},
        {"occupation": "dentistry", "specialty": "haircuts"},
    ):
        assert client.post(WAY, data=form).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"issuer": "http://uni.example"}, "must be an https address"),
        ({"scope": "profile"}, "'openid'"),
        ({"values": {"faculty": 3}}, "values"),
    ],
)
def test_wrong_settings_stop_the_start(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    rules = rules_of("https://uni.example") | wrong
    with pytest.raises(ConfigError, match=said):
        Settings.load(data=tmp_path, credentials={"institutions": {"uni": rules}})
