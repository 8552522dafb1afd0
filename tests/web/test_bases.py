"""A thread that goes on from an earlier turn: what models, arenas and exports are given."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.pages import Page
from kit.served import served
from polyarena import Arena, ArenaManifest, Finish, FinishedBattle, Text
from polyarena.store import open_store
from polyarena.store.exports import LedgerVote, votes_after
from polyarena.testing import ArenaPlugin, ProviderPlugin, Script, ScriptedModel, ScriptedProvider

NAMES = ("Alpha", "Beta")


class Noting(Arena):
    """Notes what it is given of battles that are over."""

    manifest = ArenaManifest(id="noting", title="Noting", summary="Notes.", max_turns=4)

    def __init__(self) -> None:
        self.seen: list[FinishedBattle] = []

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        self.seen.append(battle)
        return frozenset()


def cast() -> ScriptedProvider:
    """Two models that number their answers."""
    lines: list[Script] = [[f"Answer {number}.", Finish()] for number in range(4)]
    return ScriptedProvider([ScriptedModel(name, *lines) for name in NAMES])


def threads(models: ScriptedProvider) -> set[str]:
    """What both models were given last, without a system prompt."""
    return {
        " ".join(
            part.text
            for message in request.messages
            if message.role != "system"
            for part in message.parts
            if isinstance(part, Text)
        )
        for _, request in models.requests[-2:]
    }


def ask(client: httpx.Client, battle: str, prompt: str, **more: Any) -> httpx.Response:
    body = {"prompt": [{"type": "text", "text": prompt}], **more}
    answer = client.post(f"/api/v1/battles/{battle}/turns", json=body)
    if answer.is_success:
        finish(client, battle)
    return answer


def test_a_thread_goes_on_from_an_earlier_turn(tmp_path: Path, database: str) -> None:
    models, noting = cast(), Noting()
    given = {"models": ProviderPlugin(models), "noting": ArenaPlugin(noting)}
    with (
        served(tmp_path, given, database_url=database) as url,
        httpx.Client(base_url=url) as client,
    ):
        battle = begin(client, "One", arena="noting")["id"]
        finish(client, battle)
        ask(client, battle, "Two")
        wrong = ask(client, battle, "Three", base=2)
        assert wrong.status_code == 422
        assert "numbered from 0, and this battle has 2 so far" in wrong.json()["error"]["message"]
        assert ask(client, battle, "Three", base=0).status_code == 201
        assert threads(models) == {"One Answer 0. Three"}
        client.post(f"/api/v1/battles/{battle}/regenerate")
        finish(client, battle)
        assert threads(models) == {"One Answer 0. Three"}
        cookies = client.cookies
    models = cast()
    given["models"] = ProviderPlugin(models)
    with (
        served(tmp_path, given, database_url=database) as url,
        httpx.Client(base_url=url, cookies=cookies) as client,
    ):
        shown = client.get(f"/api/v1/battles/{battle}").json()
        assert [turn["base"] for turn in shown["turns"]] == [None, 0, 0]
        assert shown["thread"] == [0, 2]
        assert ask(client, battle, "Four").status_code == 201
        assert threads(models) == {"One Answer 0. Three Answer 3. Four"}
        assert vote(client, battle).status_code == 200
        (seen,) = noting.seen
        assert [prompt.text for prompt in seen.prompts] == ["One", "Three", "Four"]
        assert [a.text for a, _ in seen.answers] == ["Answer 0.", "Answer 3.", "Answer 0."]
        assert ask(client, battle, "Five", base=0).status_code == 409
    (noted,) = asyncio.run(votes_of(database))
    assert noted.vote["turns"] == 3


async def votes_of(database: str) -> list[LedgerVote]:
    """The votes that exports are made of."""
    store = open_store(database)
    noted = await store.read(lambda c: votes_after(c, 0, 10))
    await store.close()
    return noted


@pytest.mark.parametrize(("base", "status"), [("0", 200), ("2", 422), ("-1", 422), ("x", 422)])
def test_the_page_continues_by_its_address(arena: httpx.Client, base: str, status: int) -> None:
    battle = begin(arena)["id"]
    finish(arena, battle)
    ask(arena, battle, "Two")
    path = f"/battles/{battle}"
    assert Page(arena.get(path).text).find("a", href=f"{path}?base=0#turn-prompt")
    assert not Page(arena.get(path).text).find("input", name="base")
    answer = arena.get(path, params={"base": base})
    assert answer.status_code == status
    posted = arena.post(f"{path}/turns", data={"prompt": "Three", "base": base})
    assert (posted.status_code < 400) == (status == 200)
    if status == 200:
        assert Page(answer.text).find("input", name="base", value="0")
        finish(arena, battle)
        assert Page(arena.get(path).text).find("a", href="#turn-1")
        assert vote(arena, battle).status_code == 200
        # An address that was kept from before the vote shows the battle as it stands.
        assert "base=" not in arena.get(path, params={"base": base}).text
        arena.post(f"{path}/share")
        (shared,) = {arena.get(link).text for link in _shared(arena, path)}
        assert shared.count("Set aside") == 1
        assert "Continues from turn 1" in shared


def _shared(client: httpx.Client, path: str) -> list[str]:
    text = client.get(path).text
    return ["/shared/" + text.partition("/shared/")[2].partition('"')[0]]
