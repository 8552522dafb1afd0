"""Battles and a leaderboard on recorded answers of real models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.served import served

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text().splitlines()]


@pytest.mark.skipif(
    not (DATA / "llmfao_results.jsonl").exists(), reason="the recorded answers are not beside us"
)
def test_battles_and_a_leaderboard_on_recorded_answers(tmp_path: Path) -> None:
    replay = {
        "file": str(DATA / "llmfao_results.jsonl"),
        "prompts": str(DATA / "llmfao_prompts.jsonl"),
        "rate": 0,
    }
    rows = read("llmfao_results.jsonl")
    said = {(row["name"], row["prompt"]): row["result"] for row in rows}
    prompts = read("llmfao_prompts.jsonl")
    with (
        served(tmp_path, plugins={"providers": {"replay": replay}}) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        counted = 0
        for prompt in prompts:
            battle = begin(client, prompt["text"])
            finish(client, battle["id"])
            shown = client.get(f"/api/v1/battles/{battle['id']}").json()
            if not shown["ballot"]["open"]:
                # Some recorded answers are empty, and an empty answer is a failure.
                continue
            reveal = vote(client, battle["id"], "a").json()
            for side in "ab":
                model = reveal["models"][side]["model"]
                text = shown["turns"][0]["answers"][side]["parts"][0]["text"]
                assert text.strip() == said[model, prompt["id"]].strip()
            counted += reveal["vote"]["excluded"] is None
        assert counted >= len(prompts) // 2
        board = client.get("/api/v1/arenas/text/leaderboard").json()
        assert board["votes"] == counted
        assert len(client.get("/api/v1/models").json()) == 70
        answer = client.post(
            "/api/v1/arenas/text/battles",
            json={"prompt": [{"type": "text", "text": "Nobody recorded this."}]},
        )
        assert answer.status_code == 503
        assert "No model" in answer.json()["error"]["message"]
