"""Fields, forms under answers and comparisons over HTTP: what is offered, when, and to whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from kit.battles import begin, finish
from kit.pages import Page
from kit.served import ArenaPlugin, scripted, served
from kit.uploads import FilesArena
from polyarena import Finish
from polyarena.testing import ScriptedModel

ABLE = frozenset({"text", "file", "image", "input"})
MODELS = [
    ScriptedModel("Quillfeather", ["print(1)\n", Finish()], capabilities=ABLE),
    ScriptedModel("Osprey", ["print(2)\n", Finish()], capabilities=ABLE),
]
PART = {"hx-request": "true"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    plugins = {**scripted(*MODELS), "files": ArenaPlugin(FilesArena())}
    with served(tmp_path, plugins) as url, httpx.Client(base_url=url) as client:
        yield client


def begun(client: httpx.Client, **form: str) -> str:
    """The path of a battle that was begun with the page's form and is finished."""
    fields = {"prompt": "Go", **form}
    sent = client.post("/arenas/files/battles", data=fields, files={"files": ("a.csv", b"1,2")})
    assert sent.status_code == 303, sent.text
    path = sent.headers["location"]
    finish(client, path.rpartition("/")[2])
    return path


def test_forms_and_comparison_are_offered_with_finished_answers(client: httpx.Client) -> None:
    path = begun(client)
    page = Page(client.get(path).text)
    for side in "ab":
        assert page.find("form", action=f"{path}/turns/0/{side}/actions/shout")
    assert page.find("details", **{"hx-get": f"{path}/turns/0/compare"})
    forms = client.get(f"{path}/turns/0/b/actions").text
    assert "Say it louder" in forms
    assert "<html" not in forms


def test_an_arena_without_forms_offers_none(client: httpx.Client) -> None:
    battle = begin(client)
    finish(client, battle["id"])
    path = f"/battles/{battle['id']}"
    page = client.get(path).text
    assert "data-actions" not in page
    assert "Compare code" not in page
    assert client.get(f"{path}/turns/0/a/actions").text.strip() == ""
    assert client.get(f"{path}/turns/0/compare").status_code == 404


def test_the_comparison_is_a_page_or_a_part_of_one_and_names_nobody(client: httpx.Client) -> None:
    path = f"{begun(client)}/turns/0/compare"
    whole, part = client.get(path).text, client.get(path, headers=PART).text
    assert "<html" in whole
    assert "<html" not in part
    for html in (whole, part):
        assert "1 line differs." in html
        assert "print" in html
        assert "Quillfeather" not in html
        assert "Osprey" not in html


@pytest.mark.parametrize(
    "path", ["turns/1/compare", "turns/1/a/actions", "turns/0/c/actions", "turns/x/compare"]
)
def test_there_is_nothing_for_a_turn_or_side_that_is_not(client: httpx.Client, path: str) -> None:
    assert client.get(f"{begun(client)}/{path}").status_code in (404, 422)


def test_a_stranger_sees_neither(client: httpx.Client) -> None:
    path = begun(client)
    with httpx.Client(base_url=client.base_url) as stranger:
        assert stranger.get(f"{path}/turns/0/compare").status_code == 403
        assert stranger.get(f"{path}/turns/0/a/actions").status_code == 403


def test_a_form_s_lines_end_as_a_program_expects_them(client: httpx.Client) -> None:
    path = begun(client, **{"field.stdin": "1\r\n2\r\n", "field.lang": "c"})
    page = client.get(path).text
    assert "with stdin=1\n2\n, lang=c." in page
    said = client.post(f"{path}/turns/0/a/actions/shout", data={"what": "a\r\nb"}, headers=PART)
    assert "A\nB!" in said.text.replace("<br>\n", "\n")


def test_the_same_again_takes_inputs_and_files_along(client: httpx.Client) -> None:
    path = begun(client, **{"field.stdin": "7", "field.lang": "py"})
    assert client.post(f"{path}/vote", data={"choice": "a"}).status_code == 303
    links = [given["href"] or "" for given in Page(client.get(path).text).find("a")]
    (again,) = [link for link in links if "prompt=Go" in link]
    kept = f"{hashlib.sha256(b'1,2').hexdigest()}/a.csv"
    # What stands unasked, the first language, needs no telling.
    expected = {"prompt": ["Go"], "field.stdin": ["7"], "kept": [kept]}
    assert parse_qs(urlsplit(again).query) == expected
    page = Page(client.get(again).text)
    assert page.find("input", name="kept", value=kept)
    assert "open" in page.find("details", **{"class": "more"})[0]


def test_a_link_names_no_file_that_is_not_stored(client: httpx.Client) -> None:
    query = {"prompt": "Go", "kept": [f"{'0' * 64}/a.csv", "nonsense"], "field.stdin": "x" * 99}
    shown = client.get("/arenas/files", params=query)
    assert shown.status_code == 200
    assert Page(shown.text).find("input", name="kept") == []
    assert "x" * 50 in shown.text
    assert "x" * 51 not in shown.text


def test_a_starter_s_link_fills_what_its_script_would(client: httpx.Client) -> None:
    links = Page(client.get("/arenas/files").text).find("a", **{"class": "starter"})
    filled = Page(client.get(links[1]["href"] or "").text)
    assert [one for one in filled.find("option", value="c") if "selected" in one]
    assert "open" in filled.find("details", **{"class": "more"})[0]
