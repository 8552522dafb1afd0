"""Boards by voters: the public's, experts', by tier and by specialty, and how far they agree."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import random
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit import QUIET
from kit.command import command
from kit.guild import dentists
from kit.served import served
from kit.voting import Cast, cast
from polyarena import Qualification, Tier
from polyarena.cli.votewriting import Format, vote_writer
from polyarena.services import Services, open_services
from polyarena.services.exports import ExportService
from polyarena.settings import Settings

BOARD = "/arenas/dentists/leaderboard"
API = f"/api/v1{BOARD}"
SURGEON = Qualification("dentistry", "surgery", Tier.REGISTRY)
NOVICE = Qualification("dentistry", "", Tier.DECLARED)


def some_votes() -> list[Cast]:
    """Experts prefer Beta, the public Alpha; one in three experts is a surgeon."""
    rng = random.Random(1)
    given = []
    for place in range(120):
        held = (None, NOVICE, SURGEON, Qualification("dentistry", "", Tier.OPERATOR))[place % 4]
        expert = place % 4 > 1
        better = "Beta" if expert else "Alpha"
        if rng.random() < 0.2:
            better = "Alpha" if better == "Beta" else "Beta"
        left, right = rng.sample(["Alpha", "Beta"], 2)
        given.append(
            Cast(
                left, right, "a" if left == better else "b", arena="dentists", held=held,
                expert=expert, voter=f"v{place}",
            )
        )  # fmt: skip
    return given


def services_on(data: Path) -> AbstractAsyncContextManager[Services]:
    settings = Settings.load(data=data, demo=False, disabled_plugins=QUIET)
    return open_services(settings, dentists(), server=False)


async def store(data: Path) -> None:
    async with services_on(data) as services:
        await cast(services, *some_votes())
        await services.snapshots.take("dentists")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("voters")
    asyncio.run(store(made))
    return made


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[httpx.Client]:
    with served(data, dentists()) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def board(client: httpx.Client, voters: str) -> dict[str, Any]:
    answer = client.get(f"{API}?voters={voters}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_every_electorate_has_a_board_of_its_own(client: httpx.Client) -> None:
    votes = {
        "": 120, "public": 60, "expert": 60, "tier-declared": 30, "tier-registry": 30,
        "tier-operator": 30, "tier-institution": 0, "specialty-surgery": 30,
        "specialty-orthodontics": 0,
    }  # fmt: skip
    assert {one: board(client, one)["votes"] for one in votes} == votes
    first = {one: board(client, one)["rows"][0]["model"] for one in ("public", "expert")}
    assert first == {"public": "Alpha", "expert": "Beta"}
    assert board(client, "expert")["voters"] == "expert"
    answer = client.get(f"{BOARD}.csv?voters=expert")
    assert "dentists-overall-expert.csv" in answer.headers["content-disposition"]
    for wrong in (f"{API}?voters=dentists", "/api/v1/arenas/text/leaderboard?voters=expert"):
        assert client.get(wrong).status_code == 404


def test_the_picker_has_those_who_voted(client: httpx.Client) -> None:
    page = client.get(f"{BOARD}?voters=expert").text
    assert "Votes of: Experts</summary>" in page
    assert f'href="{BOARD}?voters=tier-registry"' in page
    assert "voters=tier-institution" not in page
    assert 'name="voters" value="expert"' in page
    assert ">Over time</a>" in page
    assert "Votes of:" not in client.get("/arenas/text/leaderboard").text


def test_every_electorate_has_a_history_of_its_own(client: httpx.Client) -> None:
    for voters, votes in (("", 120), ("public", 60), ("expert", 60), ("tier-registry", 30)):
        (kept,) = client.get(f"/api/v1/arenas/dentists/snapshots?voters={voters}").json()
        assert (kept["voters"], kept["votes"]) == (voters or None, votes)
        stored = client.get(f"/api/v1/snapshots/{kept['id']}").json()
        shown = {one["model"]: one["rating"] for one in board(client, voters)["rows"]}
        assert {one["model"]: one["rating"] for one in stored["rows"]} == pytest.approx(shown)
    page = client.get(f"{BOARD}/history?voters=expert").text
    assert "Votes of: Experts</summary>" in page
    assert f'href="{BOARD}/history?voters=public"' in page
    assert "/api/v1/snapshots/" in page


def test_they_stand_side_by_side_with_their_agreement(client: httpx.Client) -> None:
    page = client.get(f"{BOARD}/voters").text
    for words in ("Public", "Experts", "Krippendorff&#39;s alpha, experts", "says little"):
        assert words in page
    rows = list(csv.DictReader(io.StringIO(client.get(f"{BOARD}/voters.csv").text)))
    assert {(row["model"], row["voters"]) for row in rows} == {
        (model, voters) for model in ("Alpha", "Beta") for voters in ("", "public", "expert")
    }
    measures = {
        (one["measure"], one["of"]): one for one in client.get(f"{API}/agreement").json()["rows"]
    }
    among = measures["share", "experts"]
    assert (among["pairs"], among["judgements"], among["few"]) == (1, 60, True)
    assert 0.5 < among["value"] < 1
    assert measures["share", "experts and public"]["value"] < 0.5
    assert among["lower"] is None
    lines = client.get(f"{BOARD}/agreement.csv").text.splitlines()
    assert lines[0] == "measure,of,value,lower,upper,pairs,judgements,few"
    assert len(lines) == 6
    assert client.get("/arenas/text/leaderboard/voters").status_code == 404
    assert client.get("/api/v1/arenas/text/leaderboard/agreement").status_code == 404


def test_a_release_is_ranked_as_the_experts_board(
    client: httpx.Client,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def write() -> None:
        async with services_on(data) as services:
            export = ExportService(services.store, services.registry, services.models)
            survey = await export.survey("dentists")
            with vote_writer(tmp_path / "v.csv", Format.CSV, survey.columns, survey.numbers) as out:
                async for record in export.records("dentists", survey):
                    out(survey.cells(record))

    asyncio.run(write())
    run = command(monkeypatch, capsys)
    for where, voters in (
        ("expert=true", "expert"),
        ("tier=registry", "tier-registry"),
        ("specialty=surgery", "specialty-surgery"),
    ):
        code, told, err = run("rank", tmp_path / "v.csv", "--where", where, "--json")
        assert code == 0, err
        ranked = {one["model"]: one["rating"] for one in json.loads(told)["boards"][0]["models"]}
        shown = {one["model"]: one["rating"] for one in board(client, voters)["rows"]}
        assert ranked == pytest.approx(shown, abs=1e-6)
