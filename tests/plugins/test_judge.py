"""A judge model tells the groups of votes, after they were cast, and falls back to offline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kit import QUIET
from kit.served import scripted
from polyarena import ConfigError, Finish, ModelRequest, Prompt, ProviderError
from polyarena.errors import Failure
from polyarena.provider import Provider
from polyarena.services import Services, open_services
from polyarena.settings import Settings
from polyarena.store import ledger
from polyarena.store.tables import votes
from polyarena.testing import Script, ScriptedModel
from polyarena_text.categories import VERSION
from polyarena_text.judge import Judge, read

pytestmark = pytest.mark.anyio

JUDGED = f"{VERSION}+judge-1 Judge"


@asynccontextmanager
async def opened(data: Path, *scripts: Script, server: bool = True) -> AsyncIterator[Services]:
    settings = Settings.load(
        data=data, demo=False, disabled_plugins=QUIET, plugins={"text": {"judge": "Judge"}}
    )
    models = [ScriptedModel(name, ["Hi.", Finish()]) for name in ("Alpha", "Beta")]
    models.append(ScriptedModel("Judge", *scripts, weight=0, state="private"))
    async with open_services(settings, scripted(*models), server=server) as services:
        yield services


async def vote(services: Services, prompt: str) -> str:
    """Ask, wait for both answers, vote; the battle's id."""
    live = await services.battles.begin("text", Prompt.of(prompt), "visitor")
    await asyncio.gather(*live.tasks.values())
    await services.votes.cast(live, "a")
    return live.battle.id


async def events(services: Services, battle: str) -> list[dict[str, Any]]:
    found = await services.store.read(lambda c: ledger.about(c, battle))
    return [one["data"] for one in found if one["kind"] == "categories"]


async def requests(services: Services) -> list[ModelRequest]:
    """What the judge was asked."""
    provider: Provider = services.registry.providers["scripted"]
    return [asked for model, asked in provider.requests if model.name == "Judge"]  # type: ignore[attr-defined]


async def soon(found: Callable[[], Awaitable[list[Any]]]) -> list[Any]:
    """What is found once something is."""
    for _ in range(1000):
        if some := await found():
            return some
        await asyncio.sleep(0.01)
    raise AssertionError("nothing came of it")


async def told(services: Services, battle: str) -> dict[str, Any]:
    """What the ledger says the judge decided."""
    (found,) = await soon(partial(events, services, battle))
    return dict(found)


async def test_a_vote_is_judged_once_it_is_stored(tmp_path: Path) -> None:
    async with opened(tmp_path, ['["travel", "food"]', Finish()]) as services:
        battle = await vote(services, "Should I ask a lawyer about it?")
        assert (await services.leaderboards.counts("text")).keys() >= {"english"}
        judged = await told(services, battle)
        assert judged["classifier"] == JUDGED
        assert judged["categories"] == ["english", "food", "travel"]
        counts = await services.leaderboards.counts("text")
        assert {name for name, votes in counts.items() if votes} == {"english", "food", "travel"}
        (asked,) = await requests(services)
        assert "Should I ask a lawyer" in asked.prompt_text
        assert "Hi." not in asked.prompt_text


async def test_the_same_prompt_is_asked_about_once(tmp_path: Path) -> None:
    async with opened(tmp_path, ["[]", Finish()]) as services:
        for _ in range(3):
            await told(services, await vote(services, "Should I ask a lawyer about it?"))
        assert len(await requests(services)) == 1


@pytest.mark.parametrize(
    "script",
    [
        ["The groups are legal and writing.", Finish()],
        ['["legal", "law"]', Finish()],
        ['{"legal": true}', Finish()],
        ["["],
        [ProviderError(Failure.UNREACHABLE, "no way")],
        [RuntimeError("bug")],
    ],
    ids=["prose", "unknown group", "no list", "cut off", "unreachable", "bug"],
)
async def test_what_was_decided_at_the_vote_stands_where_the_judge_fails(
    tmp_path: Path, script: Script
) -> None:
    async with opened(tmp_path, script) as services:
        battle = await vote(services, "Should I ask a lawyer about it?")
        await soon(partial(requests, services))
        assert (await services.categories.again("text")).votes == 0
        assert await events(services, battle) == []
        counts = await services.leaderboards.counts("text")
        assert {name for name, votes in counts.items() if votes} == {"english", "legal"}


async def test_a_judge_that_takes_its_time_keeps_nobody_waiting(tmp_path: Path) -> None:
    async with opened(tmp_path, [3600.0, "[]", Finish()]) as services:
        async with asyncio.timeout(10):
            await vote(services, "Should I ask a lawyer about it?")
            await vote(services, "Should I ask a doctor about it?")
        stored = await services.store.read(lambda c: c.execute(select(votes.c.battle)).all())
        assert len(stored) == 2


async def test_what_waited_when_the_server_ended_is_judged_on_request(tmp_path: Path) -> None:
    async with opened(tmp_path, [3600.0]) as services:
        battle = await vote(services, "Should I ask a lawyer about it?")
    async with opened(tmp_path, ['["legal"]', Finish()], server=False) as services:
        done = await services.categories.again("text")
        assert (done.votes, done.changed) == (1, 0)
        assert (await told(services, battle))["classifier"] == JUDGED
        assert (await services.categories.again("text")).votes == 0


@pytest.mark.parametrize(
    ("answer", "groups"),
    [
        ('["legal"]', {"legal"}),
        ("[]", set()),
        ('```json\n["real-estate", "legal"]\n```', {"real-estate", "legal"}),
        (' ["legal", "legal"] ', {"legal"}),
        ('Sure! ["legal"]', None),
        ("null", None),
        ('["legal", 3]', None),
        ("[" * 100_000, None),
        (str(["legal"] * 7).replace("'", '"'), None),
    ],
)
def test_only_the_form_that_is_asked_for_is_taken(answer: str, groups: set[str] | None) -> None:
    assert read(answer) == groups


@pytest.mark.parametrize(
    ("options", "said"), [({"jugde": "x"}, "no option 'jugde'"), ({"judge": 3}, "not 3")]
)
def test_wrong_options_are_named(options: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Judge.of(options)


def test_no_judge_by_default() -> None:
    assert Judge.of({}) is None
