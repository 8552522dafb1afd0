"""`polyarena sandbox`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kit.command import Command, command
from kit.sandboxes import built, ours
from polyarena_sandbox import printing
from polyarena_sandbox.checking import Check, CheckFailed
from polyarena_sandbox.images import IMAGES, tag
from polyarena_sandbox.selfcheck import CHECKS

pytestmark = pytest.mark.docker


@pytest.fixture(scope="module", autouse=True)
def _images() -> None:
    built("python")


@pytest.fixture
def polyarena(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "200")
    return command(monkeypatch, capsys)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(
        "import sys\n"
        "print(sys.stdin.read() + open('data.txt').read())\n"
        "print('\\x1b[2Jcleared', file=sys.stderr)\n"
        "open('made.bin', 'wb').write(b'\\xff')\n"
    )
    (tmp_path / "data.txt").write_text("data")
    (tmp_path / "input.txt").write_text("input and ")
    return path


def _arguments(program: Path) -> tuple[object, ...]:
    folder = program.parent
    return (
        *("sandbox", "run", "--lang", "py", program),
        *("--stdin", folder / "input.txt", "--file", folder / "data.txt"),
    )


def test_run_prints_what_the_program_did(polyarena: Command, program: Path) -> None:
    code, out, err = polyarena(*_arguments(program))
    assert code == 0
    assert out == "input and data\n"
    assert "\x1b[2J" not in err
    assert "cleared" in err
    assert tag("python") in err
    assert "exit 0" in err
    assert "made.bin, 1 bytes" in err
    assert ours() == []


def test_run_prints_the_whole_result_as_json(polyarena: Command, program: Path) -> None:
    code, out, _ = polyarena(*_arguments(program), "--json")
    result = json.loads(out)
    assert code == 0
    assert (result["outcome"], result["environment"]) == ("ok", tag("python"))
    (step,) = result["steps"]
    assert step["stdout"] == "input and data\n"
    assert step["memory"] > 1_000_000
    assert result["files"] == [{"name": "made.bin", "data": {"base64": "/w=="}}]


def test_run_fails_where_the_program_does(polyarena: Command, tmp_path: Path) -> None:
    program = tmp_path / "main.py"
    program.write_text("import os; os.symlink('a', 'b'); os.abort()")
    code, _, err = polyarena("sandbox", "run", "--lang", "python", program)
    assert code == 1
    assert "SIGABRT" in err
    assert "left out b, 0 bytes: a link" in err


def test_an_unknown_language_is_refused_with_those_there_are(
    polyarena: Command, program: Path
) -> None:
    code, _, err = polyarena("sandbox", "run", "--lang", "cobol", program)
    assert code == 1
    assert "'cobol'" in err
    assert "typescript" in err


def test_check_prints_a_table_and_fails_if_a_check_does(
    polyarena: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object) -> None:
        raise CheckFailed("no [bold]good[/]")

    chosen = [check for check in CHECKS if check.name == "hello in python"]
    monkeypatch.setattr("polyarena_sandbox.selfcheck.CHECKS", chosen)
    code, out, _ = polyarena("sandbox", "check")
    assert code == 0
    assert [word in out for word in ("hello in python", "passed", "failed")] == [True, True, False]
    broken = [*chosen, Check("bound to fail", fail), Check("never", fail, "cobol")]
    monkeypatch.setattr("polyarena_sandbox.selfcheck.CHECKS", broken)
    code, out, _ = polyarena("sandbox", "check")
    assert code == 1
    assert "no [bold]good[/]" in out
    assert "not built" in out


def test_images_are_listed_with_their_tags(polyarena: Command) -> None:
    code, out, _ = polyarena("sandbox", "images")
    assert code == 0
    assert all(tag(image) in out for image in IMAGES)
    assert "JavaScript, TypeScript" in out


def test_one_image_is_built_and_progress_is_told(polyarena: Command) -> None:
    code, out, _ = polyarena("sandbox", "build", "python")
    assert code == 0
    assert out.startswith("python: ")
    code, _, err = polyarena("sandbox", "build", "cobol")
    assert code == 1
    assert "there is no image 'cobol'; there are python" in err


def test_an_app_is_built_and_looked_at_and_written_down(polyarena: Command, tmp_path: Path) -> None:
    built("web", "browser")
    app = tmp_path / "app"
    (app / "node_modules").mkdir(parents=True)
    (app / "node_modules" / "never.html").write_text("never")
    (app / "index.html").write_text(
        "<h1>\x1b[2J</h1><button>Dead</button><script src=b.js></script>"
    )
    out = tmp_path / "out"
    code, said, err = polyarena("sandbox", "render", app, "--out", out)
    assert (code, said) == (0, "")
    assert "Dead, of 1 tried" in err
    assert {"desktop.png", "tablet.png", "phone.png", "report.json"} <= {
        path.name for path in out.iterdir()
    }
    assert [path.name for path in (out / "bundle").iterdir()] == ["index.html"]
    (app / "index.html").unlink()
    code, said, _ = polyarena("sandbox", "render", app, "--out", out)
    assert code == 1
    (app / "App.jsx").write_text('import "left-pad"; export default () => 1')
    code, said, _ = polyarena("sandbox", "render", app / "App.jsx", "--out", out, "--json")
    report = json.loads(said)
    assert code == 1
    assert (report["built"]["missing"], report["seen"]) == (["left-pad"], None)
    assert not list(out.glob("*.png"))


def test_without_an_engine_every_command_says_the_remedy(
    polyarena: Command, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    run = ("run", "--lang", "py", program)
    for words in (run, ("check",), ("images",), ("build",)):
        code, out, err = polyarena("sandbox", *words)
        assert (code, out) == (1, "")
        assert "Docker cannot be reached at tcp://127.0.0.1:1 (Connection refused)" in err
        assert len(err.splitlines()) == 1


def test_what_is_no_text_is_printed_in_base64() -> None:
    assert printing.plain((b"text", b"\xff", 1)) == ["text", {"base64": "/w=="}, 1]
