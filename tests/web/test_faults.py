"""Faults that a battle must survive, with a real server."""

from __future__ import annotations

import json
import resource
import signal
import sqlite3
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, events, finish, vote
from kit.process import server_process
from kit.served import scripted, served
from polyarena import (
    Code,
    Failure,
    Finish,
    PartReady,
    ProviderError,
)
from polyarena.settings import Limits
from polyarena.testing import ScriptedModel

GOOD = ScriptedModel("Good", ["Fine.", Finish()])


def only_failed(client: httpx.Client, battle_id: str) -> tuple[str, dict[str, Any]]:
    shown = client.get(f"/api/v1/battles/{battle_id}").json()
    failed = [
        (side, answer)
        for side, answer in shown["turns"][-1]["answers"].items()
        if answer["status"] == "failed"
    ]
    assert len(failed) == 1, shown
    return failed[0]


def test_fifty_votes_at_once_one_stands(arena: httpx.Client) -> None:
    battle = begin(arena)
    finish(arena, battle["id"])
    choices = ["a", "b", "tie", "both_bad"]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda n: vote(arena, battle["id"], choices[n % 4]), range(50)))
    stands = arena.get(f"/api/v1/battles/{battle['id']}").json()["vote"]["choice"]
    for n, answer in enumerate(answers):
        assert answer.status_code == (200 if choices[n % 4] == stands else 409)
    assert arena.get("/api/v1/arenas/text/leaderboard").json()["votes"] == 1


@pytest.mark.parametrize("failure", list(Failure))
def test_a_failure_is_shown_retried_and_never_voted_on(tmp_path: Path, failure: Failure) -> None:
    error = ProviderError(failure, "secret detail of Bad at http://192.0.2.1 key sk-1")
    bad = ScriptedModel("Bad", ["Half", error], ["Whole.", Finish()])
    with (
        served(tmp_path, scripted(GOOD, bad)) as url,
        httpx.Client(base_url=url) as client,
    ):
        battle = begin(client)
        seen = json.dumps(finish(client, battle["id"]))
        page = client.get(f"/battles/{battle['id']}").text
        side, answer = only_failed(client, battle["id"])
        assert answer["failure"] == failure.value
        assert answer["note"]
        for said in (seen, page, json.dumps(answer)):
            assert "secret" not in said
            assert "Bad" not in said
        refused = vote(client, battle["id"], "both_bad")
        assert refused.status_code == 409
        assert "retry" in refused.json()["error"]["message"]
        retried = client.post(f"/api/v1/battles/{battle['id']}/retry", json={"side": side})
        assert retried.status_code == 200
        finish(client, battle["id"])
        assert vote(client, battle["id"], "a").status_code == 200


@pytest.mark.parametrize(
    ("script", "limits", "failure"),
    [
        (["Half of it"], {}, "cut"),
        ([Finish()], {}, "empty"),
        (["  \n ", Finish()], {}, "empty"),
        ([30.0, "late", Finish()], {"first_token": 0.3}, "silent"),
        (["a", 30.0, "late", Finish()], {"between_tokens": 0.3}, "silent"),
        (["more "] * 4000, {"answer": 1000}, "endless"),
        (["x", 0.1] * 200, {"total": 0.5}, "endless"),
        ([RuntimeError("provider bug"), Finish()], {}, "plugin"),
    ],
)
def test_a_bad_stream_fails_its_side_only(
    tmp_path: Path, script: list[Any], limits: dict[str, float], failure: str
) -> None:
    bad = ScriptedModel("Bad", script)
    with (
        served(tmp_path, scripted(GOOD, bad), limits=Limits(**limits)) as url,
        httpx.Client(base_url=url) as client,
    ):
        battle = begin(client)
        finish(client, battle["id"])
        _, answer = only_failed(client, battle["id"])
        assert answer["failure"] == failure


def test_a_model_that_thinks_long_is_not_taken_for_silent(tmp_path: Path) -> None:
    thinking = [step for _ in range(6) for step in ("", 0.2)]
    thinker = ScriptedModel("Thinker", [*thinking, "Well.", Finish()])
    limits = Limits(first_token=0.8, between_tokens=0.8)
    with (
        served(tmp_path, scripted(GOOD, thinker), limits=limits) as url,
        httpx.Client(base_url=url) as client,
    ):
        battle = begin(client)
        finish(client, battle["id"])
        reveal = vote(client, battle["id"], "tie").json()
        (side,) = (s for s in "ab" if reveal["models"][s]["model"] == "Thinker")
        assert reveal["turns"][0]["answers"][side]["first_token"] > 1


def test_a_stalled_side_does_not_hold_up_the_other_or_other_requests(tmp_path: Path) -> None:
    stalled = ScriptedModel("Stalled", [3.0, "At last.", Finish()])
    with (
        served(tmp_path, scripted(GOOD, stalled)) as url,
        httpx.Client(base_url=url) as client,
    ):
        battle = begin(client)
        ended = None
        for _, name, data in events(client, battle["id"]):
            if name == "side" and data["status"] == "done" and ended is None:
                ended = data["side"]
                shown = client.get(f"/api/v1/battles/{battle['id']}").json()
                answers = shown["turns"][0]["answers"]
                assert sorted(a["status"] for a in answers.values()) == ["done", "streaming"]
        assert ended is not None


def test_a_client_that_leaves_and_comes_back_finds_the_whole_answer(tmp_path: Path) -> None:
    words = [f"word{n} " for n in range(40)]
    slow = [step for word in words for step in (word, 0.02)]
    models = [ScriptedModel(name, [*slow, Finish()]) for name in ("One", "Two")]
    with served(tmp_path, scripted(*models)) as url, httpx.Client(base_url=url) as client:
        battle = begin(client)
        stream = events(client, battle["id"])
        first = [next(stream) for _ in range(5)]
        stream.close()
        rest = list(events(client, battle["id"], first[-1][0]))
        said = Counter[str]()
        texts = {"a": "", "b": ""}
        for _, name, data in first + rest:
            said[name] += 1
            if name == "delta":
                texts[data["side"]] += data["text"]
        assert texts == {"a": "".join(words), "b": "".join(words)}
        assert said["ballot"] == 1


def test_stop_keeps_what_was_said_and_the_vote_is_not_rated(tmp_path: Path) -> None:
    endless = [step for _ in range(500) for step in ("word ", 0.02)]
    models = [ScriptedModel(name, [*endless, Finish()]) for name in ("One", "Two")]
    with served(tmp_path, scripted(*models)) as url, httpx.Client(base_url=url) as client:
        battle = begin(client)
        stream = events(client, battle["id"])
        while sum(name == "delta" for _, name, _ in [next(stream)]) == 0:
            pass
        for _ in range(6):
            next(stream)
        shown = client.post(f"/api/v1/battles/{battle['id']}/stop").json()
        stream.close()
        answers = shown["turns"][0]["answers"].values()
        assert {answer["status"] for answer in answers} == {"stopped"}
        reveal = vote(client, battle["id"], "tie").json()
        assert "stopped" in reveal["vote"]["excluded"]


def test_a_model_that_names_itself_is_marked(tmp_path: Path) -> None:
    vain = ScriptedModel("Vainglory 7", ["Hi, I am vainglory 7!", Finish()])
    with served(tmp_path, scripted(GOOD, vain)) as url, httpx.Client(base_url=url) as client:
        battle = begin(client)
        finish(client, battle["id"])
        assert "name" in vote(client, battle["id"], "a").json()["vote"]["excluded"]
        assert client.get("/api/v1/arenas/text/leaderboard").json()["votes"] == 0


def test_a_model_that_names_itself_in_code_is_marked(tmp_path: Path) -> None:
    page = Code(text="<title>By Vainglory 7</title>", language="html", filename="index.html")
    vain = ScriptedModel("Vainglory 7", ["Hi!", PartReady(page), Finish()])
    with served(tmp_path, scripted(GOOD, vain)) as url, httpx.Client(base_url=url) as client:
        battle = begin(client)
        finish(client, battle["id"])
        assert "name" in vote(client, battle["id"], "a").json()["vote"]["excluded"]


def test_no_acknowledged_vote_is_lost_to_sigkill(tmp_path: Path) -> None:
    data = tmp_path / "data"
    env = {"POLYARENA_PLUGINS": '{"demo": {"pace": 0}}'}
    acknowledged: dict[str, str] = {}
    with (
        server_process(data, env) as served_,
        httpx.Client(base_url=served_.url, timeout=30) as client,
    ):
        ready = [begin(client, f"Question {n}")["id"] for n in range(40)]
        for battle_id in ready:
            finish(client, battle_id)
        killer = threading.Timer(0.15, served_.process.send_signal, (signal.SIGKILL,))
        killer.start()
        for battle_id in ready:
            try:
                answer = vote(client, battle_id, "a")
            except httpx.TransportError:
                break
            assert answer.status_code == 200
            acknowledged[battle_id] = answer.text
        killer.join()
        cookies = client.cookies
    with (
        server_process(data, env) as served_,
        httpx.Client(base_url=served_.url, cookies=cookies) as client,
    ):
        for battle_id, reveal in acknowledged.items():
            assert client.get(f"/api/v1/battles/{battle_id}").text == reveal


def test_battles_under_way_at_a_kill_are_failed_and_can_be_retried(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with server_process(data) as served_, httpx.Client(base_url=served_.url) as client:
        battle = begin(client, "Tell me a long story about the sea")
        next(events(client, battle["id"]))
        cookies = client.cookies
        served_.process.kill()
        served_.process.wait()
    env = {"POLYARENA_PLUGINS": '{"demo": {"pace": 0}}'}
    with (
        server_process(data, env) as served_,
        httpx.Client(base_url=served_.url, cookies=cookies) as client,
    ):
        answers = client.get(f"/api/v1/battles/{battle['id']}").json()["turns"][0]["answers"]
        assert {answer["failure"] for answer in answers.values()} == {"interrupted"}
        for side in "ab":
            url = f"/api/v1/battles/{battle['id']}/retry"
            answer = client.post(url, json={"side": side})
            assert answer.status_code == 200, answer.text
        finish(client, battle["id"])
        assert vote(client, battle["id"], "b").status_code == 200


def test_sigterm_with_open_streams_stops_soon_and_leaves_nothing_stuck(tmp_path: Path) -> None:
    with server_process(tmp_path) as served_, httpx.Client(base_url=served_.url) as client:
        battle = begin(client, "Tell me a long story about the sea")
        stream = events(client, battle["id"])
        next(stream)
        served_.process.terminate()
        assert served_.process.wait(15) in (0, -signal.SIGTERM)
    with sqlite3.connect(tmp_path / "polyarena.db") as database:
        statuses = {row[0] for row in database.execute("SELECT status FROM answers")}
    assert statuses <= {"failed", "done"}


def test_a_locked_database_acknowledges_nothing(tmp_path: Path) -> None:
    fine = ScriptedModel("Fine", ["Ok.", Finish()])
    with (
        served(tmp_path, scripted(GOOD, fine)) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        battle = begin(client)
        finish(client, battle["id"])
        other = sqlite3.connect(tmp_path / "polyarena.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        refused = vote(client, battle["id"])
        other.execute("ROLLBACK")
        other.close()
        assert refused.status_code == 503
        assert "locked" in refused.json()["error"]["message"]
        assert client.get(f"/api/v1/battles/{battle['id']}").json().get("vote") is None
        assert vote(client, battle["id"]).status_code == 200


def test_a_full_disk_acknowledges_nothing(tmp_path: Path) -> None:
    env = {"POLYARENA_PLUGINS": '{"demo": {"pace": 0}}'}
    with server_process(tmp_path, env) as served_, httpx.Client(base_url=served_.url) as client:
        battle = begin(client)
        finish(client, battle["id"])
        pid = served_.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        # From here on the kernel refuses this process every byte it would write to a file.
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, before[1]))
        refused = vote(client, battle["id"])
        body = {"prompt": [{"type": "text", "text": "x"}]}
        assert client.post("/api/v1/arenas/text/battles", json=body).status_code == 503
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        assert refused.status_code == 503
        assert "disk is full" in refused.json()["error"]["message"]
        assert client.get(f"/api/v1/battles/{battle['id']}").json().get("vote") is None
        assert vote(client, battle["id"]).status_code == 200
