"""Numbers in registers as credentials: files, services, and options that are wrong."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from polyarena import Checked, Claim, ConfigError, Credential, Tier
from polyarena_verticals.plugin import plugin
from polyarena_verticals.registers import UrlRegister

NPI = "1234567893"
OURS = f"""number,family_name,codes,active
{NPI},O'Neill-Müller,XX 2084P0800X 207R00000X,yes
1245319599,Gone,207W00000X,no
"""
NPPES = f"""NPI,Provider Last Name (Legal Name),Healthcare Provider Taxonomy Code_1,\
Healthcare Provider Taxonomy Code_2,NPI Deactivation Date
{NPI},ONEILL MULLER,,207W00000X,
1245319599,GONE,207W00000X,,01/02/2020
"""
NAMED = {"number": NPI, "family_name": "o’neill müller"}

pytestmark = pytest.mark.anyio


class Registry(BaseHTTPRequestHandler):
    """Answers as the NPPES registry does, or as plainly as can be, or not at all."""

    def do_GET(self) -> None:
        _, kind, number = self.path.split("/", 2)
        entry = {
            "number": number,
            "basic": {"last_name": "ONEILL MULLER", "status": "A"},
            "taxonomies": [
                {"code": "207W00000X", "primary": False},
                {"code": "2084P0800X", "primary": True},
            ],
        }
        answers: dict[str, tuple[int, Any]] = {
            "nppes": (200, {"result_count": 1, "results": [entry]}),
            "none": (200, {"result_count": 0, "results": []}),
            "plain": (200, {"number": number, "family_name": "O'Neill Muller"}),
            "ended": (200, {"number": number, "active": False}),
            "missing": (404, {}),
            "list": (200, []),
        }
        status, answer = answers.get(kind, (500, {}))
        body = b"<html>" if kind == "odd" else json.dumps(answer).encode()
        self.send_response(200 if kind == "odd" else status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def credential(**given: Any) -> Credential:
    options = {"registers": {"npi": {"occupation": "medicine", "check": "npi", **given}}}
    (made,) = plugin.polyarena_register_credentials(options)
    return made


async def claim(made: Credential, **values: str) -> Checked:
    return await made.check(Claim("medicine", "", {**NAMED, **values}))


def written(folder: Path, text: str) -> str:
    path = folder / "register.csv"
    path.write_text(text, "utf-8")
    return str(path)


def test_without_registers_there_is_nothing_to_check() -> None:
    assert list(plugin.polyarena_register_credentials({})) == []


def test_what_it_proves_is_said(tmp_path: Path) -> None:
    made = credential(file=written(tmp_path, OURS), title="National Provider Identifier")
    assert (made.name, made.tier, made.occupation) == ("npi", Tier.REGISTRY, "medicine")
    assert made.title == "National Provider Identifier"
    assert "not that it is you" in made.summary
    assert [field.id for field in made.fields] == ["number", "family_name"]


@pytest.mark.parametrize(
    ("text", "specialty"), [(OURS, "psychiatry-neurology"), (NPPES, "ophthalmology")]
)
async def test_a_number_in_a_file_is_found_under_its_name(
    tmp_path: Path, text: str, specialty: str
) -> None:
    made = credential(file=written(tmp_path, text))
    found = await claim(made, number="1234 567893")
    assert found.holds
    assert found.specialty == specialty
    assert found.evidence == {"register": "npi", "number": NPI}
    assert found.days == 365
    ended = await claim(made, number="1245319599", family_name="Gone")
    assert (ended.holds, "no longer active" in ended.message) == (False, True)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"number": "1234567890"}, "check digit"),
        ({"number": "12"}, "no number of that kind"),
        ({"number": "../../etc/passwd"}, "no number of that kind"),
        ({"family_name": "Miller"}, "no such number under that name"),
        ({"family_name": " - "}, "Give the family name"),
        ({"number": "1992999825"}, "no such number under that name"),
    ],
)
async def test_what_does_not_hold_is_said(
    tmp_path: Path, values: dict[str, str], said: str
) -> None:
    found = await claim(credential(file=written(tmp_path, OURS)), **values)
    assert not found.holds
    assert said in found.message
    assert not found.evidence


async def test_a_file_is_read_again_once_it_changed(tmp_path: Path) -> None:
    made = credential(file=written(tmp_path, OURS))
    assert (await claim(made)).holds
    os.utime(written(tmp_path, OURS.replace("yes", "no")), ns=(1, 1))
    assert not (await claim(made)).holds
    (tmp_path / "register.csv").unlink()
    with pytest.raises(RuntimeError, match="cannot be read"):
        await claim(made)


async def test_a_service_is_asked(service: str) -> None:
    found = await claim(credential(url=f"{service}/nppes/{{number}}"))
    assert (found.holds, found.specialty) == (True, "psychiatry-neurology")
    plain = await claim(credential(url=f"{service}/plain/{{number}}"))
    assert (plain.holds, plain.specialty) == (True, "")
    for kind in ("none", "missing", "ended"):
        assert not (await claim(credential(url=f"{service}/{kind}/{{number}}"))).holds


@pytest.mark.parametrize("kind", ["odd", "list", "broken"])
async def test_a_service_at_fault_gives_nothing_and_names_no_number(
    service: str, kind: str
) -> None:
    with pytest.raises(RuntimeError) as fault:
        await claim(credential(url=f"{service}/{kind}/{{number}}"))
    assert NPI not in str(fault.value)
    assert fault.value.__suppress_context__


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "needs a file or a url"),
        ({"file": "a", "url": "https://a.test/{number}"}, "needs a file or a url"),
        ({"file": "/nowhere/npi.csv"}, "/nowhere/npi.csv"),
        ({"url": "https://a.test/"}, r"\{number\}"),
        ({"url": "http://a.test/{number}"}, "https"),
        ({"file": "a", "check": "luhn"}, "check must be one of npi"),
        ({"file": "a", "occupation": "law"}, "one of medicine, legal, finance, marketing"),
        ({"files": "a"}, "no option 'files'"),
    ],
)
def test_a_wrong_option_is_named(given: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        credential(**given)
    with pytest.raises(ConfigError, match="tables"):
        plugin.polyarena_register_credentials({"registers": "npi.csv"})


def test_a_file_without_numbers_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no column named number or NPI"):
        credential(file=written(tmp_path, "a,b\n1,2\n"))


def test_an_address_on_this_machine_needs_no_https() -> None:
    assert UrlRegister("http://localhost:8080/{number}") is not None


def test_every_arena_says_whose_votes_are_an_experts() -> None:
    for arena in plugin.polyarena_register_arenas():
        expertise = arena.manifest.expertise
        assert expertise is not None
        assert expertise.occupation == arena.manifest.id
        categories = {category.id for category in arena.manifest.categories}
        assert {id for id, _ in expertise.specialties} <= categories
