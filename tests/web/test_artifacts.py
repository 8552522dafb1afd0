"""Files: taken with a prompt, made by an arena, served harmlessly, deleted with the battle."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as Picture

from kit.battles import begin, finish, vote
from kit.served import ArenaPlugin, scripted, served
from kit.uploads import FilesArena
from polyarena import Finish
from polyarena.testing import ScriptedModel

MODELS = [
    ScriptedModel(name, ["x", Finish()], capabilities=frozenset({"text", "file", "input"}))
    for name in ("One", "Two")
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    plugins = {**scripted(*MODELS), "files": ArenaPlugin(FilesArena())}
    limits = {"artifact_bytes": 2000, "upload_bytes": 10_000, "request_bytes": 3000}
    with served(tmp_path, plugins, limits=limits) as url, httpx.Client(base_url=url) as client:
        yield client


def upload(client: httpx.Client, data: bytes, name: str = "data.csv") -> httpx.Response:
    return client.post("/api/v1/artifacts", files={"file": (name, data)})


def answer(client: httpx.Client, battle: dict[str, Any]) -> list[dict[str, Any]]:
    finish(client, battle["id"])
    shown = client.get(f"/api/v1/battles/{battle['id']}").json()
    parts: list[dict[str, Any]] = shown["turns"][0]["answers"]["a"]["parts"]
    return parts


def pixels(data: bytes) -> tuple[tuple[int, int], bytes]:
    with Picture.open(io.BytesIO(data)) as opened:
        return opened.size, opened.convert("RGB").tobytes()


def ask(client: httpx.Client, *parts: dict[str, Any]) -> httpx.Response:
    body = {"prompt": [{"type": "text", "text": "Go"}, *parts]}
    return client.post("/api/v1/arenas/files/battles", json=body)


def test_an_uploaded_file_reaches_the_arena_as_it_is_stored(client: httpx.Client) -> None:
    stored = upload(client, b"1,2,3")
    assert stored.status_code == 201
    part = stored.json()
    assert part == {
        "type": "file",
        "artifact": hashlib.sha256(b"1,2,3").hexdigest(),
        "filename": "data.csv",
        "size": 5,
    }
    begun = ask(
        client,
        {"type": "file", "artifact": part["artifact"], "filename": "mine.csv"},
        {"type": "input", "name": "stdin", "text": "7"},
        {"type": "input", "name": "lang", "text": "py"},
    )
    assert begun.status_code == 201, begun.text
    said = answer(client, begun.json())
    assert said[0]["text"] == "Got mine.csv of [5] bytes with stdin=7, lang=py."


def test_what_an_arena_keeps_is_served_so_that_no_browser_runs_it(client: httpx.Client) -> None:
    _, execution = answer(client, ask(client).json())
    plot, table = execution["files"]
    assert (plot["type"], plot["width"], plot["height"]) == ("image", 4, 3)
    shown = client.get(f"/artifacts/{plot['artifact']}/plot.png")
    assert hashlib.sha256(shown.content).hexdigest() == plot["artifact"]
    assert shown.headers["content-type"] == "image/png"
    saved = client.get(f"/artifacts/{table['artifact']}/%3Ctable%3E.csv")
    assert saved.content == b"a,b\n1,2\n"
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"].startswith("attachment")
    for response in (shown, saved):
        assert "sandbox" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["0" * 64, "..%2f..%2fsecret.key", "abc", "Z" * 64])
def test_no_other_file_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(f"/artifacts/{path}/x").status_code in (404, 422)


def test_the_form_takes_files_and_inputs_too(client: httpx.Client) -> None:
    fields = {"prompt": "Go", "field.stdin": "9", "field.unknown": "x"}
    sent = client.post("/arenas/files/battles", data=fields, files={"files": ("a.txt", b"hello")})
    assert sent.status_code == 303, sent.text
    battle = {"id": sent.headers["location"].rpartition("/")[2]}
    assert answer(client, battle)[0]["text"] == "Got a.txt of [5] bytes with stdin=9."
    digest = hashlib.sha256(b"hello").hexdigest()
    fields = {"prompt": "Again", "kept": f"{digest}/a.txt"}
    assert client.post(f"/battles/{battle['id']}/edit", data=fields).status_code == 303
    assert answer(client, battle)[0]["text"] == "Got a.txt of [5] bytes with no input."


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([{"type": "file", "artifact": "0" * 64}], "is not stored; upload it again"),
        ([{"type": "input", "name": "nope", "text": "x"}], "There is no input 'nope'"),
        ([{"type": "input", "name": "lang", "text": "perl"}], "choose one of py, c"),
        ([{"type": "input", "name": "stdin", "text": "x" * 51}], "at most 50 are taken"),
        ([{"type": "input", "name": "stdin", "text": "x"}] * 2, "is given twice"),
        ([{"type": "code", "text": "x"}], "takes no code"),
    ],
)
def test_a_prompt_that_the_arena_does_not_take(
    client: httpx.Client, parts: list[dict[str, Any]], said: str
) -> None:
    refused = ask(client, *parts)
    assert refused.status_code == 422
    assert said in refused.json()["error"]["message"]


def test_files_beyond_the_limits(client: httpx.Client) -> None:
    assert upload(client, b"x" * 2001).status_code == 422
    assert upload(client, b"x" * 20_000).status_code == 413
    digests = [upload(client, bytes([n]) * 600).json()["artifact"] for n in range(3)]
    parts = [{"type": "file", "artifact": digest} for digest in digests]
    assert "at most 2 are taken" in ask(client, *parts).text
    assert "The files have 1,200 bytes; at most 1,000" in ask(client, *parts[:2]).text
    assert "takes no file" in begin_text(client, parts[0])


def begin_text(client: httpx.Client, part: dict[str, Any]) -> str:
    body = {"prompt": [{"type": "text", "text": "Go"}, part]}
    refused = client.post("/api/v1/arenas/text/battles", json=body)
    assert refused.status_code == 422
    return refused.text


def test_deleting_the_last_battle_deletes_its_files(client: httpx.Client) -> None:
    first, second = ask(client).json(), ask(client).json()
    _, execution = answer(client, first)
    answer(client, second)
    url = f"/artifacts/{execution['files'][0]['artifact']}/plot.png"
    assert client.delete(f"/api/v1/battles/{first['id']}").status_code == 204
    assert client.get(url).status_code == 200
    assert client.delete(f"/api/v1/battles/{second['id']}").status_code == 204
    assert client.get(url).status_code == 404


def test_acting_on_an_answer(client: httpx.Client) -> None:
    battle = ask(client).json()
    where = f"/api/v1/battles/{battle['id']}/actions"
    finish(client, battle["id"])

    def act(name: str, **more: Any) -> httpx.Response:
        return client.post(where, json={"side": "a", "name": name, **more})

    assert act("shout", values={"what": "hi"}).json() == [{"type": "text", "text": "HI!"}]
    assert act("whisper").status_code == 422
    assert act("shout", turn=3).status_code == 404
    for fault in ("break", "odd"):
        assert act(fault).status_code == 500
        assert "bug" not in act(fault).text
    page = f"/battles/{battle['id']}/turns/0/a/actions/shout"
    assert "HI!" in client.post(page, data={"what": "hi"}).text
    fragment = client.post(page, data={"what": "hi"}, headers={"hx-request": "true"}).text
    assert "HI!" in fragment
    assert "<html" not in fragment
    with httpx.Client(base_url=client.base_url) as stranger:
        assert stranger.post(page, data={"what": "hi"}).status_code == 403


def test_evidence_is_kept_with_the_vote(client: httpx.Client, tmp_path: Path) -> None:
    battle = begin(client, "Go", arena="files")
    finish(client, battle["id"])
    assert vote(client, battle["id"]).status_code == 200
    import sqlite3

    with sqlite3.connect(tmp_path / "polyarena.db") as database:
        ((stored, event),) = database.execute(
            "select votes.evidence, events.data from votes join events "
            "on events.subject = votes.battle and events.kind = 'vote'"
        ).fetchall()
    known = {"ran": [True, False], "seconds": [0.5, None]}
    assert json.loads(stored) == known
    assert json.loads(event)["evidence"] == known
