"""Driving battles over the JSON API."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import httpx

from polyarena.testing.visiting import follow


def begin(client: httpx.Client, prompt: str = "Hello", **more: Any) -> dict[str, Any]:
    """Begin a battle in the text arena."""
    arena = more.pop("arena", "text")
    body = {"prompt": [{"type": "text", "text": prompt}], **more}
    answer = client.post(f"/api/v1/arenas/{arena}/battles", json=body)
    assert answer.status_code == 201, answer.text
    battle: dict[str, Any] = answer.json()
    return battle


def events(
    client: httpx.Client, battle_id: str, last: str = "", *, page: bool = False
) -> Generator[tuple[str, str, Any]]:
    """The battle's events: id, name, data."""
    prefix = "" if page else "/api/v1"
    return follow(client, f"{prefix}/battles/{battle_id}/events", last)


def finish(client: httpx.Client, battle_id: str) -> list[tuple[str, str, Any]]:
    """Wait until both sides are over."""
    return list(events(client, battle_id))


def vote(client: httpx.Client, battle_id: str, choice: str = "a", **more: Any) -> httpx.Response:
    """Post a vote."""
    return client.post(f"/api/v1/battles/{battle_id}/vote", json={"choice": choice, **more})
