"""A site whose arenas of occupations know every way to show that one is of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from .post import PostOffice, post_office
from .served import served
from .university import CLIENT, SECRET, University, university

NPI = "1234567893"
PAGE = (
    '<!doctype html><title>University</title><link rel="icon" href="data:,">'
    '<a href="{}">Sign in as Ada Byte</a>'
)


@dataclass(frozen=True, slots=True)
class Practice:
    """The site's address and data, and those it trusts; browsers find the university elsewhere."""

    url: str
    data: Path
    office: PostOffice
    uni: University


@contextmanager
def practice(data: Path, plugins: Mapping[str, object]) -> Iterator[Practice]:
    """Serve it: medicine by mail and by a register, legal by signing in."""
    register = data / "npi.csv"
    register.write_text(f"number,family_name,codes\n{NPI},Muster,2080P0202X\n")
    npi = {"occupation": "medicine", "title": "NPI", "check": "npi", "file": str(register)}
    with university() as uni, post_office() as office, pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNI_SECRET", SECRET)
        uni.site = uni.url.replace("127.0.0.1", "localhost")
        email = {
            "domains": {"clinic.example": "medicine"},
            "host": "127.0.0.1",
            "port": office.port,
            "tls": "none",
            "sender": "arena@polyarena.example",
        }
        rules = {
            "title": "The University",
            "issuer": uni.url,
            "client_id": CLIENT,
            "secret_env": "UNI_SECRET",
            "claim": "eduperson_affiliation",
            "values": {"faculty": ["legal"]},
        }
        ways = {"email": email, "institutions": {"uni": rules}}
        options = {"verticals": {"registers": {"npi": npi}}}
        with served(data / "data", plugins, credentials=ways, plugins=options) as url:
            yield Practice(url, data / "data", office, uni)
