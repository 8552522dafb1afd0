"""Evidence leaves an arena with its votes, in every format, and is nothing to a ranking."""

from __future__ import annotations

import asyncio
import csv
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from kit import QUIET
from kit.command import Command
from kit.served import scripted
from kit.voting import Cast, cast
from polyarena import Finish, Scalar
from polyarena.services import open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

from .conftest import Run

parquet: Any = import_module("pyarrow.parquet")
EXPORT = ("votes", "export", "--arena", "text")
FORMATS = ("csv", "jsonl", "parquet")
TOLD: dict[str, tuple[Scalar, Scalar]] = {
    "ran": (True, False),
    "seconds": (0.25, None),
    "said": ('=a, "b"\n', 7),
}
LENGTHS = {"length": (3.0, 9.0)}
CODING = frozenset({"coding", "math"})
VOTES = (
    Cast("Alpha", "Beta", "a", 3, CODING, LENGTHS, "ann", evidence=TOLD),
    Cast("Beta", "Alpha", "tie", 2, voter="bob"),
    Cast("Gamma", "Beta", "b", 2, voter="cem", evidence={"ran": (None, True)}),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory of seven votes, five with evidence."""

    async def store() -> None:
        settings = Settings.load(data=tmp_path / "data", demo=False, disabled_plugins=QUIET)
        models = (ScriptedModel(name, ["x", Finish()]) for name in ("Alpha", "Beta", "Gamma"))
        async with open_services(settings, scripted(*models), server=False) as services:
            await cast(services, *VOTES)

    asyncio.run(store())
    return tmp_path / "data"


def read(file: Path) -> list[dict[str, Any]]:
    """The records of a file, their evidence as what its JSON says."""
    if file.suffix == ".jsonl":
        return [json.loads(line) for line in file.read_text().splitlines()]
    if file.suffix == ".parquet":
        rows = parquet.read_table(file).to_pylist()
    else:
        with file.open(newline="") as lines:
            rows = list(csv.DictReader(lines))
    objects = ("evidence", "flags")
    return [{**row, **{name: json.loads(row[name]) for name in objects}} for row in rows]


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("format", FORMATS)
def test_every_record_has_its_evidence(format: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"out.{format}"
    run(*EXPORT, "--output", file, "--format", format)
    records = read(file)
    told = {name: list(pair) for name, pair in TOLD.items()}
    assert [one["evidence"] for one in records] == [
        *[told] * 3, *[{}] * 2, *[{"ran": [None, True]}] * 2,
    ]  # fmt: skip
    numbers = [float(one["length_a"]) for one in records[:3]]
    assert numbers == [3.0] * 3


@pytest.mark.usefixtures("data")
def test_parquet_says_the_same_as_json_lines(run: Run, tmp_path: Path) -> None:
    lines, table = tmp_path / "out.jsonl", tmp_path / "out.parquet"
    run(*EXPORT, "--output", lines, "--format", "jsonl")
    run(*EXPORT, "--output", table, "--format", "parquet")
    assert read(table) == read(lines)
    assert read(table)[0]["categories"] == ["coding", "math"]
    kinds = {field.name: str(field.type) for field in parquet.read_schema(table)}
    assert [kinds[name] for name in ("seq", "propensity", "length_a", "evidence", "at")] == [
        "int64", "double", "double", "string", "string",
    ]  # fmt: skip


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("format", FORMATS)
def test_a_ranking_takes_no_notice_of_evidence(format: str, run: Run, tmp_path: Path) -> None:
    release = tmp_path / "release"
    assert "Wrote 7 votes" in run(*EXPORT, "--release", release, "--format", format)[1]
    manifest = json.loads((release / "manifest.json").read_text())
    assert manifest["columns"]["evidence"] == "evidence"
    assert [*manifest["files"]] == [f"votes.{format}"]
    assert len(read(release / f"votes.{format}")[0]["evidence"]) == 3
    whole, bare = tmp_path / f"whole.{format}", tmp_path / "bare.jsonl"
    run(*EXPORT, "--output", whole, "--format", format)
    records = [{name: one[name] for name in one if name != "evidence"} for one in read(whole)]
    bare.write_text("".join(json.dumps(record) + "\n" for record in records))
    options = ("--category", "categories", "--prior", "1", "--min-votes", "0", "--json")
    released, exported, plain = (
        json.loads(run("rank", file, *options)[0])["boards"] for file in (release, whole, bare)
    )
    assert [one["category"] for one in exported] == [None, "coding", "math"]
    assert [one["models"] for one in exported] == [one["models"] for one in plain]
    ratings = [[one["rating"] for one in board[0]["models"]] for board in (released, plain)]
    assert ratings[0] == pytest.approx(ratings[1], abs=1e-9)


@pytest.mark.usefixtures("data")
def test_parquet_is_no_text_for_the_screen(polyarena: Command, tmp_path: Path) -> None:
    code, out, err = polyarena(*EXPORT, "--format", "parquet")
    assert (code, out) == (2, "")
    assert "--output or --release" in err
    code, _, err = polyarena(*EXPORT, "--format", "parquet", "--output", tmp_path / "no" / "where")
    assert code == 1
    assert "cannot be written" in err
