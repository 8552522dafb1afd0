"""Pairs drawn beside a store: votes move the odds in the background, and no draw waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from kit import QUIET
from kit.served import scripted
from kit.voting import Cast, cast
from polyarena import Finish, Model
from polyarena.content import Prompt
from polyarena.errors import ConfigError, StorageError
from polyarena.services import Clock, Services, open_services
from polyarena.services.matchmaker import REFRESH_SECONDS, Matchmaker
from polyarena.services.tallies import TallyKeeper
from polyarena.settings import Matchmaking, Settings
from polyarena.tally import Tally
from polyarena.testing import ScriptedModel

pytestmark = pytest.mark.anyio

T = TypeVar("T")
NAMES = ("Alpha", "Beta", "Gamma", "New")
EVEN = 1 / 6
PATIENCE = 30.0
VETERANS = [
    Cast(one, other, choice, 40)
    for one, other in (("Alpha", "Beta"), ("Beta", "Gamma"), ("Gamma", "Alpha"))
    for choice in "ab"
]


@dataclass
class Hand:
    """A clock that moves only when it is moved."""

    now: float = 0.0

    def read(self) -> float:
        return self.now


class Unreadable(TallyKeeper):
    """Tallies of a store that is out of order."""

    async def use(self, arena: str, work: Callable[[Tally], T], **more: object) -> T:
        raise StorageError("The votes cannot be read.")


@asynccontextmanager
async def opened(data: Path, rules: Matchmaking | None = None) -> AsyncIterator[Services]:
    settings = Settings.load(
        data=data,
        demo=False,
        disabled_plugins=QUIET,
        matchmaking=rules or Matchmaking(),
    )
    models = [ScriptedModel(name, ["Hi.", Finish()]) for name in NAMES]
    async with open_services(settings, scripted(*models), server=False) as services:
        yield services


@asynccontextmanager
async def matching(
    services: Services, hand: Hand, rules: Matchmaking | None = None
) -> AsyncIterator[Matchmaker]:
    clock = Clock(steady=hand.read)
    matchmaker = Matchmaker(TallyKeeper(services.store), rules or Matchmaking(), clock)
    yield matchmaker
    await matchmaker.close()


async def propensity(matchmaker: Matchmaker, models: list[Model]) -> dict[frozenset[str], float]:
    """The propensity of every pair that is drawn in many draws."""
    drawn = [await matchmaker.draw("text", models) for _ in range(400)]
    return {frozenset((one.left.name, one.right.name)): one.propensity for one in drawn}


async def test_votes_move_the_odds_once_they_were_looked_at(tmp_path: Path) -> None:
    hand = Hand()
    async with opened(tmp_path) as services, matching(services, hand) as matchmaker:
        models = await services.models.drawable()
        matchmaker.look("text")
        await matchmaker.settle()
        await cast(services, *VETERANS)
        found = await propensity(matchmaker, models)
        assert list(found.values()) == pytest.approx([EVEN] * 6)
        hand.now += REFRESH_SECONDS
        assert (await matchmaker.draw("text", models)).propensity == pytest.approx(EVEN)
        await matchmaker.settle()
        found = await propensity(matchmaker, models)
        assert sum(chance for pair, chance in found.items() if "New" in pair) > 0.8
        assert sum(found.values()) == pytest.approx(1)


async def test_later_votes_add_to_the_earlier_ones(tmp_path: Path) -> None:
    hand = Hand()
    async with opened(tmp_path) as services:
        models = await services.models.drawable()
        async with matching(services, hand) as matchmaker:
            for vote in VETERANS:
                await cast(services, vote)
                matchmaker.look("text")
                await matchmaker.settle()
                hand.now += REFRESH_SECONDS
            found = await propensity(matchmaker, models)
        async with matching(services, hand) as matchmaker:
            matchmaker.warm(["text"])
            await matchmaker.settle()
            assert await propensity(matchmaker, models) == pytest.approx(found)


async def test_pools_of_models_have_odds_of_their_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as services, matching(services, Hand()) as matchmaker:
        models = await services.models.drawable()
        await cast(services, *VETERANS)
        matchmaker.warm(["text"])
        await matchmaker.settle()
        whole = await propensity(matchmaker, models)
        part = await propensity(matchmaker, models[:3])
        assert len(whole) == 6
        assert sum(part.values()) == pytest.approx(1)
        assert await propensity(matchmaker, models) == whole
        heavier = [models[0].model_copy(update={"weight": 5.0}), *models[1:]]
        assert await propensity(matchmaker, heavier) != whole
        for state in range(40):
            changed = [
                model.model_copy(update={"name": f"{model.name} {state}"}) for model in models
            ]
            assert len(await propensity(matchmaker, changed)) == 6


async def test_the_uniform_rule_asks_for_no_votes(tmp_path: Path) -> None:
    rules = Matchmaking(rule="uniform")
    async with opened(tmp_path) as services, matching(services, Hand(), rules) as matchmaker:
        models = await services.models.drawable()
        await cast(services, *VETERANS)
        matchmaker.warm(["text"])
        await matchmaker.settle()
        found = await propensity(matchmaker, models)
        assert list(found.values()) == pytest.approx([EVEN] * 6)


async def test_where_votes_cannot_be_read_the_odds_stay(tmp_path: Path) -> None:
    async with opened(tmp_path) as services:
        models = await services.models.drawable()
        matchmaker = Matchmaker(Unreadable(services.store), Matchmaking(), Clock())
        matchmaker.warm(["text"])
        await matchmaker.settle()
        found = await propensity(matchmaker, models)
        assert list(found.values()) == pytest.approx([EVEN] * 6)
        await matchmaker.close()


async def propensity_of_a_battle(services: Services) -> float:
    live = await services.battles.begin("text", Prompt.of("Why?"), "somebody")
    await asyncio.gather(*live.tasks.values())
    assert live.battle.propensity is not None
    return live.battle.propensity


async def test_battles_are_drawn_by_the_rule_the_operator_set(tmp_path: Path) -> None:
    async with opened(tmp_path, Matchmaking(rule="uniform")) as services:
        await cast(services, *VETERANS)
        for _ in range(4):
            assert await propensity_of_a_battle(services) == pytest.approx(EVEN)
    async with opened(tmp_path) as services, asyncio.timeout(PATIENCE):
        while await propensity_of_a_battle(services) == pytest.approx(EVEN):
            pass


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"floor": 0.0}, "floor"), ({"floor": 1.1}, "floor"), ({"rule": "greedy"}, "rule")],
)
def test_a_rule_that_cannot_be_is_named(wrong: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError, match=rf"matchmaking\.{named}"):
        Settings.load(matchmaking=wrong)
