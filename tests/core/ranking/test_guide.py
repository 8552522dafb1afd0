"""What the guide shows, and how the command starts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Rank

ROOT = Path(__file__).resolve().parents[3]


def test_the_guides_examples_work(
    rank: Rank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (ROOT / "docs" / "ranking.md").read_text()
    monkeypatch.chdir(tmp_path)
    (sample,) = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    Path("votes.csv").write_text(sample)
    (commands,) = re.findall(r"```console\n(.*?)```", guide, re.DOTALL)
    lines = commands.splitlines()
    assert len(lines) > 5
    for line in lines:
        words = line.replace("''", "\0").split()
        assert words[:2] == ["polyarena", "rank"]
        code, out, err = rank(*(word.replace("\0", "") for word in words[2:]))
        assert code == 0, f"{line}: {err}"
        assert "Kestrel" in out


def test_the_command_line_starts_without_the_engine() -> None:
    code = (
        "import sys, polyarena.cli.main\n"
        "heavy = {'numpy', 'scipy', 'pyarrow', 'sqlalchemy', 'fastapi'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
