"""Bundles: which files make one, and that the same files make the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from kit import QUIET
from polyarena import BadRequest, Finish
from polyarena.bundle import LABEL, Bundle
from polyarena.errors import NotFound
from polyarena.services import Services, open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel, ScriptedRun

pytestmark = pytest.mark.anyio


@pytest.fixture
async def services(tmp_path: Path, database: str) -> AsyncIterator[Services]:
    settings = Settings.load(
        data=tmp_path / "data",
        database_url=database,
        demo=False,
        disabled_plugins=QUIET,
        limits={"bundle_files": 20, "bundle_bytes": 100_000},
    )
    async with open_services(settings) as services:
        yield services


def test_a_bundle_is_what_its_files_are() -> None:
    one = Bundle.of({"a.js": b"1", "b.css": b"2"})
    assert Bundle.of({"b.css": b"2", "a.js": b"1"}).digest == one.digest
    assert Bundle.of({"a.js": b"2", "b.css": b"1"}).digest != one.digest
    assert Bundle.read(one.manifest) == one
    assert one.size == 2


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "An app without files"),
        ({f"{n}.txt": b"x" for n in range(21)}, "has 21 files; at most 20"),
        ({"big.bin": b"x" * 100_001}, "has 100,001 bytes; at most 100,000"),
        ({"../up.html": b"x"}, "is no path"),
        ({"/index.html": b"x"}, "is no path"),
        ({"folder/": b"x"}, "is no path"),
        ({"a/./b": b"x"}, "is no path"),
        ({"a//b": b"x"}, "is no path"),
        ({"a\\b": b"x"}, "is no path"),
        ({"a\nb": b"x"}, "is no path"),
        ({"what?": b"x"}, "is no path"),
        ({"50%": b"x"}, "is no path"),
        ({"": b"x"}, "is no path"),
        ({"x" * 201: b"x"}, "is no path"),
    ],
)
async def test_what_is_no_bundle(services: Services, files: Mapping[str, bytes], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        await services.bundles.keep(files)


async def test_a_bundle_is_found_by_its_label(services: Services) -> None:
    files = {"index.html": b"page", "sub/pic.png": b"pic"}
    digest = await services.bundles.keep(files)
    assert await services.bundles.keep(files) == digest
    other = await services.bundles.keep({"index.html": b"page"})
    for bundle, paths in ((digest, ("", "index.html", "sub/pic.png")), (other, ("",))):
        for path in paths:
            found = await services.bundles.find(bundle[:LABEL], path)
            assert found.path.read_bytes() == files[path or "index.html"]
    for label, path in ((other[:LABEL], "sub/pic.png"), (digest[: LABEL - 1], ""), ("", "")):
        with pytest.raises(NotFound):
            await services.bundles.find(label, path)


async def test_the_kit_keeps_bundles_as_the_server_does(services: Services) -> None:
    files = {"index.html": b"page", "main.js": b"1"}
    run = ScriptedRun(ScriptedModel("Sample", [Finish()]))
    digest = await run.keep_bundle(files)
    assert digest == await services.bundles.keep(files)
    assert set(files.values()) < set(run.kept.values())
    with pytest.raises(BadRequest):
        await run.keep_bundle({"../x": b""})


async def test_what_nobody_used_is_swept_with_all_its_files(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = await services.bundles.keep({"index.html": b"page", "own.js": b"1"})
    assert await services.artifacts.sweep() == 0
    monkeypatch.setattr("polyarena.services.artifacts.UNUSED_SECONDS", -10.0)
    assert await services.artifacts.sweep() == 3
    with pytest.raises(NotFound):
        await services.bundles.find(bundle[:LABEL], "")
