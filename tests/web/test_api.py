"""The JSON API, as a script uses it."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from kit.battles import begin, events, finish, vote
from kit.served import scripted, served
from polyarena import Finish
from polyarena.testing import ScriptedModel


def test_a_battle_end_to_end(arena: httpx.Client) -> None:
    battle = begin(arena, "Why is the sky blue?")
    assert battle["ballot"] == {"open": False, "closed_because": "the answers are not finished"}
    seen = finish(arena, battle["id"])
    assert seen[0][1] == "turn"
    assert seen[-1][1] == "ballot"
    assert seen[-1][2]["open"] is True
    texts = dict.fromkeys("ab", "")
    for _, name, data in seen:
        if name == "delta":
            texts[data["side"]] += data["text"]
    assert sorted(texts.values()) == ["I am the first answer. More.", "The second answer."]

    answer = vote(arena, battle["id"], "a", reasons=["clear"], comment="Good.")
    assert answer.status_code == 200
    reveal = answer.json()
    assert {reveal["models"][side]["model"] for side in "ab"} == {"Alpha", "Beta"}
    assert reveal["vote"]["choice"] == "a"
    assert reveal["propensity"] == 1.0
    winner = reveal["models"]["a"]["model"]

    board = arena.get("/api/v1/arenas/text/leaderboard").json()
    assert board["votes"] == 1
    assert board["rows"][0]["model"] == winner
    assert board["rows"][0]["rating"] > board["rows"][1]["rating"]
    lines = arena.get("/api/v1/arenas/text/leaderboard.csv").text.splitlines()
    assert lines[0].startswith("model,")
    assert lines[1].startswith(winner)


def test_nothing_names_a_model_before_the_vote(arena: httpx.Client) -> None:
    battle = begin(arena)
    said = [json.dumps(battle), json.dumps(finish(arena, battle["id"]))]
    answer = arena.get(f"/api/v1/battles/{battle['id']}")
    said += [answer.text, str(answer.headers)]
    stream = list(events(arena, battle["id"], page=True))
    said.append(json.dumps(stream))
    for text in said:
        for secret in ("Alpha", "Beta", "One", "Two", "scripted", "first_token", "entries"):
            assert secret not in text


def test_the_reveal_matches_the_commitment(arena: httpx.Client) -> None:
    import hashlib

    battle = begin(arena)
    finish(arena, battle["id"])
    reveal = vote(arena, battle["id"], "tie").json()
    lines = [reveal["salt"], battle["id"]]
    lines += [f"{side}={reveal['entries'][side]}" for side in "ab"]
    assert hashlib.sha256("\n".join(lines).encode()).hexdigest() == battle["commitment"]


def test_a_stream_resumes_after_the_last_event_seen(arena: httpx.Client) -> None:
    battle = begin(arena)
    whole = finish(arena, battle["id"])
    for cut in range(len(whole) - 1):
        rest = list(events(arena, battle["id"], whole[cut][0]))
        assert rest == whole[cut + 1 :]


def test_a_second_turn_goes_to_the_same_models_with_the_thread(arena: httpx.Client) -> None:
    battle = begin(arena)
    finish(arena, battle["id"])
    url = f"/api/v1/battles/{battle['id']}/turns"
    answer = arena.post(url, json={"prompt": [{"type": "text", "text": "And then?"}]})
    assert answer.status_code == 201
    finish(arena, battle["id"])
    turns = arena.get(f"/api/v1/battles/{battle['id']}").json()["turns"]
    assert [turn["prompt"][0]["text"] for turn in turns] == ["Hello", "And then?"]
    assert turns[0]["answers"]["a"]["parts"] == turns[1]["answers"]["a"]["parts"]


def test_the_same_vote_again_is_the_vote_and_another_is_refused(arena: httpx.Client) -> None:
    battle = begin(arena)
    finish(arena, battle["id"])
    first = vote(arena, battle["id"], "b")
    again = vote(arena, battle["id"], "b")
    other = vote(arena, battle["id"], "a")
    assert first.json() == again.json()
    assert other.status_code == 409
    assert "it stands" in other.json()["error"]["message"]


def test_side_by_side_names_the_models_and_is_kept_apart(arena: httpx.Client) -> None:
    battle = begin(arena, mode="side-by-side", models=["Beta", "Alpha"])
    assert battle["models"]["a"]["model"] == "Beta"
    finish(arena, battle["id"])
    reveal = vote(arena, battle["id"], "a").json()
    assert "kept apart" in reveal["vote"]["excluded"]
    assert arena.get("/api/v1/arenas/text/leaderboard").json()["votes"] == 0


def test_direct_has_one_side_and_no_ballot(arena: httpx.Client) -> None:
    battle = begin(arena, mode="direct", models=["Beta"])
    finish(arena, battle["id"])
    shown = arena.get(f"/api/v1/battles/{battle['id']}").json()
    assert list(shown["turns"][0]["answers"]) == ["a"]
    assert vote(arena, battle["id"], "a").status_code == 409


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"prompt": []}, "prompt"),
        ({"prompt": [{"type": "text", "text": ""}]}, "empty"),
        ({"prompt": [{"type": "text", "text": " \x00\n"}]}, "empty"),
        ({"prompt": [{"type": "text", "text": "x" * 100_001}]}, "100,001"),
        ({"prompt": [{"type": "table", "header": ["a"], "rows": []}]}, "takes no table"),
        ({"prompt": [{"type": "nonsense"}]}, "type"),
        ({"prompt": [{"type": "text", "text": "x"}], "mode": "duel"}, "mode"),
        ({"prompt": [{"type": "text", "text": "x"}], "models": ["Alpha"]}, "blind"),
        (
            {"prompt": [{"type": "text", "text": "x"}], "mode": "direct", "models": ["Gamma"]},
            "Gamma",
        ),
    ],
)
def test_bad_prompts_are_refused_by_name(
    arena: httpx.Client, body: dict[str, object], says: str
) -> None:
    answer = arena.post("/api/v1/arenas/text/battles", json=body)
    assert answer.status_code == 422
    assert says in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "text",
    ["x", "x" * 100_000, "a\x00b", "مرحبا ‮abc‬", "e" + "\u0301" * 99_000, "\ud83d\ude00" * 10],
)
def test_odd_prompts_are_taken(arena: httpx.Client, text: str) -> None:
    body = json.dumps({"prompt": [{"type": "text", "text": text}]})
    answer = arena.post(
        "/api/v1/arenas/text/battles", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 201, answer.text
    battle = answer.json()
    assert "\x00" not in battle["turns"][0]["prompt"][0]["text"]
    finish(arena, battle["id"])
    assert vote(arena, battle["id"]).status_code == 200


def test_a_battle_is_its_visitors_own(arena: httpx.Client) -> None:
    battle = begin(arena)
    with httpx.Client(base_url=arena.base_url) as other:
        begin(other)
        assert other.get(f"/api/v1/battles/{battle['id']}").status_code == 403
        assert other.get(f"/battles/{battle['id']}").status_code == 403
        assert vote(other, battle["id"]).status_code == 403


def test_a_client_without_an_identity_holds_the_battle_by_its_id(arena: httpx.Client) -> None:
    url = str(arena.base_url)
    body = {"prompt": [{"type": "text", "text": "Hello"}]}
    battle = httpx.post(f"{url}/api/v1/arenas/text/battles", json=body).json()
    with httpx.Client(base_url=url) as bare:
        finish(bare, battle["id"])
        assert vote(bare, battle["id"]).status_code == 200


def test_unknown_things_are_not_found(arena: httpx.Client) -> None:
    for path in ("battles/none", "arenas/none/leaderboard", "arenas/text/leaderboard?category=no"):
        answer = arena.get(f"/api/v1/{path}")
        assert answer.status_code == 404
        assert answer.json()["error"]["message"]


def test_one_model_alone_is_said_plainly(tmp_path: Path) -> None:
    with served(tmp_path, scripted(ScriptedModel("Solo", ["hi", Finish()]))) as url:
        answer = httpx.post(
            f"{url}/api/v1/arenas/text/battles", json={"prompt": [{"type": "text", "text": "x"}]}
        )
        assert answer.status_code == 503
        assert "Only one model" in answer.json()["error"]["message"]
        assert "only one model" in httpx.get(f"{url}/arenas/text").text


def test_writes_from_another_site_are_refused(arena: httpx.Client) -> None:
    body = {"prompt": [{"type": "text", "text": "x"}]}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        answer = arena.post("/api/v1/arenas/text/battles", json=body, headers=headers)
        assert answer.status_code == 403


def test_a_huge_request_is_refused(arena: httpx.Client) -> None:
    answer = arena.post("/api/v1/arenas/text/battles", content=b"x" * 2_000_001)
    assert answer.status_code == 413
    assert "2,000,000" in answer.json()["error"]["message"]


def test_every_answer_carries_the_security_headers(arena: httpx.Client) -> None:
    for path in ("/arenas/text", "/api/v1/arenas", "/nothing", "/arenas/text/leaderboard"):
        headers = arena.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
