"""Containers kept ready."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from polyarena import SandboxUnavailable
from polyarena_sandbox import pool as pools
from polyarena_sandbox.pool import WarmPool

pytestmark = pytest.mark.anyio


@dataclass(eq=False)
class Made:
    """What this file's maker makes."""

    image: str
    made: float = field(default_factory=time.monotonic)
    living: bool = True

    def alive(self) -> bool:
        return self.living


class Maker:
    """Makes when it is let, and keeps account."""

    def __init__(self) -> None:
        self.made: list[Made] = []
        self.discarded: list[Made] = []
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False
        self.most_at_once = self._at_once = 0

    async def make(self, image: str) -> Made:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(0)
            await self.open.wait()
            if self.broken:
                raise SandboxUnavailable("broken")
            self.made.append(Made(image))
            return self.made[-1]
        finally:
            self._at_once -= 1

    @asynccontextmanager
    async def pool(
        self,
        least: Mapping[str, int],
        *,
        most: int = 8,
        idle: asyncio.Event | None = None,
        size: Callable[[str], int] = lambda image: 1,
    ) -> AsyncIterator[WarmPool[Made]]:
        """A pool that is started, and closed in the end."""
        if idle is None:
            idle = asyncio.Event()
            idle.set()
        pool = WarmPool(self.make, self.discarded.append, least, most, idle, size)
        pool.start()
        try:
            yield pool
        finally:
            await pool.close()


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_the_least_is_kept_of_each_image_once_it_is_there() -> None:
    maker = Maker()
    async with maker.pool({"python": 2, "node": 1}) as pool:
        await asyncio.sleep(0.02)
        assert not maker.made
        for image in ("python", "node", "rust"):
            pool.allow(image)
        await _until(lambda: (pool.ready("python"), pool.ready("node")) == (2, 1))
        assert pool.ready("rust") == 0
        assert maker.most_at_once == 1


async def test_each_is_handed_out_once_and_made_anew() -> None:
    maker = Maker()
    async with maker.pool({"python": 2}) as pool:
        pool.allow("python")
        taken = []
        for _ in range(5):
            await _until(lambda: pool.ready("python") == 2)
            taken.append(await pool.take("python"))
        assert len(set(map(id, taken))) == 5
        assert not any(one in maker.discarded for one in taken)


async def test_a_dead_one_is_replaced_and_never_handed_out() -> None:
    maker = Maker()
    async with maker.pool({"python": 2}) as pool:
        pool.allow("python")
        await _until(lambda: pool.ready("python") == 2)
        dead = maker.made[0]
        dead.living = False
        assert await pool.take("python") is not dead
        assert dead in maker.discarded
        await _until(lambda: pool.ready("python") == 2)
        assert dead not in [await pool.take("python"), await pool.take("python")]


async def test_whoever_finds_none_ready_gets_the_one_being_made() -> None:
    maker = Maker()
    async with maker.pool({"python": 1}) as pool:
        maker.open.clear()
        pool.allow("python")
        await _until(lambda: maker.most_at_once == 1)
        taking = [asyncio.create_task(pool.take("python")) for _ in range(2)]
        await _until(lambda: maker.most_at_once == 2)
        maker.open.set()
        first, second = await asyncio.gather(*taking)
        assert first is not second
        assert {id(first), id(second)} == set(map(id, maker.made[:2]))


async def test_one_made_for_somebody_who_left_is_kept_or_discarded() -> None:
    maker = Maker()
    async with maker.pool({"python": 1, "node": 0}) as pool:
        for image in ("python", "node"):
            pool.allow(image)
        await _until(lambda: pool.ready("python") == 1)
        maker.open.clear()
        taking = asyncio.create_task(pool.take("node"))
        await asyncio.sleep(0.02)
        taking.cancel()
        await asyncio.wait({taking})
        maker.open.set()
        await _until(lambda: len(maker.discarded) == 1)
        assert maker.discarded[0].image == "node"
        assert pool.ready("node") == 0


async def test_an_image_in_use_is_kept_for_both_sides_of_a_battle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    maker = Maker()
    async with maker.pool({"never": 0}) as pool:
        for image in ("rust", "never"):
            pool.allow(image)
            await pool.take(image)
        await _until(lambda: pool.ready("rust") == 2)
        assert pool.ready("never") == 0
        monkeypatch.setattr(pools, "IDLE_SECONDS", 0.0)
        monkeypatch.setattr(pools, "TEND_SECONDS", 0.01)
        pool.allow("rust")
        await _until(lambda: pool.ready("rust") == 0)
        assert len(maker.discarded) == 2


async def test_all_together_stay_within_the_bound_and_the_last_used_comes_first() -> None:
    maker = Maker()
    async with maker.pool({"python": 2, "node": 2}, most=3) as pool:
        for image in ("python", "node", "java"):
            pool.allow(image)
        await _until(lambda: pool.ready("python") + pool.ready("node") == 3)
        await pool.take("java")
        await _until(lambda: pool.ready("java") == 2)
        assert pool.ready("python") + pool.ready("node") == 1


async def test_large_ones_take_more_of_what_may_be_kept() -> None:
    maker = Maker()
    size = {"browser": 3, "python": 1}.__getitem__
    async with maker.pool({"python": 2}, most=5, size=size) as pool:
        for image in ("python", "browser"):
            pool.allow(image)
        await _until(lambda: pool.ready("python") == 2)
        await pool.take("browser")
        await _until(lambda: pool.ready("browser") == 1)
        await pool.take("python")
        await _until(lambda: (pool.ready("browser"), pool.ready("python")) == (1, 2))


async def test_one_that_is_expected_is_ready_before_anybody_asks() -> None:
    maker = Maker()
    async with maker.pool({}) as pool:
        pool.expect("browser")
        pool.allow("browser")
        await asyncio.sleep(0.02)
        assert not maker.made
        pool.expect("browser")
        await _until(lambda: pool.ready("browser") == 2)


async def test_nothing_is_kept_where_nothing_may_be() -> None:
    maker = Maker()
    async with maker.pool({"python": 2}, most=0) as pool:
        pool.allow("python")
        one = await pool.take("python")
        await asyncio.sleep(0.02)
        assert maker.made == [one]


async def test_old_ones_are_replaced() -> None:
    maker = Maker()
    async with maker.pool({"python": 1}) as pool:
        pool.allow("python")
        await _until(lambda: pool.ready("python") == 1)
        maker.made[0].made -= pools.LIFE_SECONDS + 1
        pool.allow("python")
        await _until(lambda: len(maker.made) == 2)
        assert maker.discarded == maker.made[:1]


async def test_refills_wait_for_runs_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    maker, idle = Maker(), asyncio.Event()
    monkeypatch.setattr(pools, "PATIENCE_SECONDS", 3600.0)
    async with maker.pool({"python": 1}, idle=idle) as pool:
        pool.allow("python")
        await asyncio.sleep(0.02)
        assert not maker.made
        idle.set()
        await _until(lambda: pool.ready("python") > 0)
        idle.clear()
        monkeypatch.setattr(pools, "PATIENCE_SECONDS", 0.01)
        await pool.take("python")
        await _until(lambda: pool.ready("python") > 0)


async def test_a_failure_is_told_to_who_asked_and_filling_goes_on_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pools, "TEND_SECONDS", 0.01)
    maker = Maker()
    maker.broken = True
    async with maker.pool({"python": 1}) as pool:
        pool.allow("python")
        with pytest.raises(SandboxUnavailable, match="broken"):
            await pool.take("python")
        maker.broken = False
        await _until(lambda: pool.ready("python") > 0)


async def test_closing_discards_all_what_is_being_made_included() -> None:
    maker = Maker()
    async with maker.pool({"python": 2, "node": 1}) as pool:
        pool.allow("python")
        await _until(lambda: pool.ready("python") == 2)
        maker.open.clear()
        pool.allow("node")
        await asyncio.sleep(0.02)
        closing = asyncio.create_task(pool.close())
        await asyncio.sleep(0.02)
        maker.open.set()
        await closing
        assert len(maker.made) == 3
        assert sorted(map(id, maker.discarded)) == sorted(map(id, maker.made))


async def test_an_image_that_is_gone_is_kept_no_more() -> None:
    maker = Maker()
    async with maker.pool({"python": 1}) as pool:
        pool.allow("python")
        await _until(lambda: pool.ready("python") == 1)
        pool.forbid("python")
        await _until(lambda: pool.ready("python") == 0)
        assert len(maker.discarded) == 1
