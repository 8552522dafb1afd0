"""Building images on an engine that is played here: what is told, and how it fails."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docker.errors import APIError, DockerException, ImageNotFound

from polyarena import SandboxUnavailable
from polyarena_sandbox import base
from polyarena_sandbox.base import BASE, ensure_base
from polyarena_sandbox.build import build
from polyarena_sandbox.images import tag

NO_REGISTRY = APIError("lookup: no such host")


class Engine:
    """Has the base image if it `pulls`, and says `output` to a build."""

    def __init__(self, output: tuple[dict[str, str] | Exception, ...] = (), pulls: bool = True):
        self.output, self.pulls = output, pulls
        self.there = {BASE} if output else set()
        self.asked: list[dict[str, Any]] = []
        self.tagged: list[str] = []
        self.images = SimpleNamespace(get=self._get, pull=self._pull, remove=self.there.remove)
        self.api = SimpleNamespace(
            build=self._build,
            images=lambda name, quiet=False: [
                {"RepoTags": [each]} for each in sorted(self.there) if each.startswith(name)
            ],
            inspect_image=lambda name: {"Size": 123_400_000},
            tag=self._tag,
        )

    def _get(self, name: str) -> None:
        if name not in self.there:
            raise ImageNotFound(name)

    def _pull(self, name: str, tag: str) -> None:
        if not self.pulls:
            raise NO_REGISTRY
        self.there.add(f"{name}:{tag}")

    def _tag(self, image: str, name: str, tag: str) -> None:
        self.tagged.append(image)
        self.there.add(f"{name}:{tag}")

    def _build(self, **asked: Any) -> Iterator[dict[str, str]]:
        self.asked.append(asked)
        for piece in self.output:
            if isinstance(piece, Exception):
                raise piece
            yield piece
        self.there.add(asked["tag"])


def built(engine: Engine) -> list[str]:
    lines: list[str] = []
    build(engine, "shell", lines.append)
    return lines


def test_the_steps_of_a_build_are_told() -> None:
    engine = Engine(
        (
            {"stream": "Step 1/2 : FROM ${BASE}"},
            {"stream": "\n"},
            {"stream": " ---> 1df0b17df822\n"},
            {"stream": "Step 2/2 : RUN true     && false"},
            {"aux": "sha256:1"},
        )
    )
    assert built(engine) == [
        "shell: 1/2 FROM ${BASE}",
        "shell: 2/2 RUN true && false",
        "shell: built in 0 s, 123 MB",
    ]
    assert built(engine) == ["shell: is there, 123 MB"]
    assert len(engine.asked) == 1


def test_earlier_stages_are_named_and_go_with_the_image() -> None:
    older = {f"polyarena-sandbox-shell:{name}" for name in ("1", "1-stage1", "2-stage1")}
    others = {"polyarena-sandbox-shell-not:1", "debian:older"}
    engine = Engine(
        (
            {"stream": "Step 1/4 : ARG BASE"},
            {"stream": "Step 2/4 : FROM ${BASE} AS first"},
            {"stream": " ---> aaaaaaaaaaaa\n"},
            {"stream": "Step 3/4 : RUN true"},
            {"stream": " ---> Running in cccccccccccc\n"},
            {"stream": " ---> bbbbbbbbbbbb\n"},
            {"stream": "Step 4/4 : FROM ${BASE}"},
            {"stream": " ---> aaaaaaaaaaaa\n"},
        )
    )
    engine.there |= older | others
    built(engine)
    assert engine.there == others | {BASE, tag("shell"), f"{tag('shell')}-stage1"}
    assert engine.tagged == ["bbbbbbbbbbbb"]


def test_a_build_is_given_its_own_files_the_warden_and_the_base() -> None:
    engine = Engine(({"stream": "Step 1/1 : FROM ${BASE}"},))
    built(engine)
    (asked,) = engine.asked
    assert (asked["buildargs"], asked["tag"]) == ({"BASE": BASE}, tag("shell"))
    with tarfile.open(fileobj=io.BytesIO(asked["fileobj"].getvalue())) as archive:
        names = archive.getnames()
        assert {each.mtime for each in archive} == {0}
    assert "Dockerfile" in names
    assert "warden/main.c" in names


def test_a_failed_build_says_its_last_lines() -> None:
    pieces = [{"stream": f"line {n}\n\x1b[91mmo\x1b[0m"} for n in range(30)]
    pieces = [each for piece in pieces for each in (piece, {"stream": "re\n"})]
    engine = Engine((*pieces, {"error": "The command returned a non-zero code: 100"}))
    with pytest.raises(SandboxUnavailable) as error:
        built(engine)
    said = str(error.value).split("\n")
    assert said[0].endswith("The command returned a non-zero code: 100")
    assert (said[1], said[-2:], len(said)) == ("line 20", ["line 29", "more"], 21)


@pytest.mark.parametrize("fault", [DockerException("gone"), ConnectionResetError("gone")])
def test_an_engine_that_goes_away_is_unavailable(fault: Exception) -> None:
    with pytest.raises(SandboxUnavailable, match="shell could not be built: gone"):
        built(Engine(({"stream": "Step 1/1 : FROM ${BASE}"}, fault)))


def test_what_is_told_can_end_a_build() -> None:
    class Stop(Exception):
        pass

    def stop(line: str) -> None:
        raise Stop(line)

    engine = Engine(({"stream": "Step 1/1 : FROM ${BASE}"},))
    with pytest.raises(Stop, match="shell: 1/1"):
        build(engine, "shell", stop)


def test_a_base_that_is_there_or_can_be_pulled_is_taken() -> None:
    engine, lines = Engine(), list[str]()
    ensure_base(engine, lines.append)
    assert lines == [f"base: pulling {BASE}", f"base: {BASE} is ready"]
    ensure_base(engine, lines.append)
    assert len(lines) == 2


def test_without_a_registry_or_debootstrap_the_remedy_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SandboxUnavailable) as error:
        ensure_base(Engine(pulls=False), print)
    for part in (BASE, "no such host", "`docker load`", "install debootstrap"):
        assert part in str(error.value)


def test_a_debootstrap_that_fails_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in = tmp_path / "debootstrap"
    stand_in.write_text("#!/bin/sh\necho E: no mirror >&2\nexit 1\n")
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(SandboxUnavailable, match=r"debootstrap failed .*:\nE: no mirror"):
        ensure_base(Engine(pulls=False), print)


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """What debootstrap leaves, in small."""
    for folder in ("etc/apt/sources.list.d", "etc/apt/apt.conf.d", "etc/dpkg/dpkg.cfg.d"):
        (tmp_path / "root" / folder).mkdir(parents=True)
    (tmp_path / "root/etc/apt/sources.list").write_text("deb http://mirror/debian bookworm main\n")
    return tmp_path / "root"


def test_a_new_base_has_the_hosts_sources_and_certificates(
    system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, certificates = tmp_path / "debian.sources", tmp_path / "certificates"
    sources.write_text("Suites: bookworm-security\n")
    certificates.mkdir()
    (certificates / "own.crt").write_text("certificate")
    (certificates / "notes.txt").write_text("notes")
    monkeypatch.setattr(base, "SOURCES", sources)
    monkeypatch.setattr(base, "CERTIFICATES", certificates)
    base.dress(system)
    apt = system / "etc/apt"
    assert (apt / "sources.list.d/debian.sources").read_text() == "Suites: bookworm-security\n"
    assert not (apt / "sources.list").exists()
    assert [path.name for path in system.rglob("*.crt")] == ["own.crt"]


def test_a_new_base_has_all_suites_where_the_host_is_another_system(
    system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "SOURCES", tmp_path / "none")
    base.dress(system)
    text = (system / "etc/apt/sources.list.d/debian.sources").read_text()
    assert "URIs: http://mirror/debian\nSuites: bookworm bookworm-updates\n" in text
    assert "URIs: http://mirror/debian-security\nSuites: bookworm-security\n" in text


def test_a_slim_base_has_no_caches_documents_devices_or_setuid(tmp_path: Path) -> None:
    for name in ("var/cache/apt/pkgcache.bin", "usr/share/doc/bash/README", "dev/null", "bin/su"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("text")
    (tmp_path / "bin/su").chmod(0o4755)
    (tmp_path / "var/log").mkdir()
    (tmp_path / "var/log/link").symlink_to(tmp_path / "bin/su")
    base.slim(tmp_path)
    left = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if not p.is_dir()}
    assert left == {"bin/su"}
    assert (tmp_path / "bin/su").stat().st_mode == 0o100755
