"""The command run in this process: quicker than one of its own, through the same door."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from polyarena.cli import main

Ran = tuple[int, str, str]
Command = Callable[..., Ran]


def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `polyarena` with the arguments it is given: exit code, output, errors."""

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["polyarena", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main.run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run
