"""Commands that plugins add to `polyarena`."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_installed import Site

GREETER = """
import typer
from polyarena import hookimpl

group = typer.Typer(name="{name}", help="Greetings.")

@group.command("hello")
def hello():
    typer.echo("hello from a plugin")

@group.command("goodbye")
def goodbye():
    typer.echo("goodbye")

@hookimpl
def polyarena_register_commands(options):
    return {answer}
"""
CLI = "from polyarena.cli.main import run; run()"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def greeter(name: str = "greet", answer: str = "[group]") -> str:
    return GREETER.format(name=name, answer=answer)


def test_a_plugins_command_runs_and_is_in_the_help(site: Site) -> None:
    site.install("greeter", greeter())
    done = site.python("-c", CLI, "greet", "hello")
    assert (done.returncode, done.stdout) == (0, "hello from a plugin\n"), done.stderr
    assert "Greetings." in site.python("-c", CLI, "--help").stdout


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (greeter(name="votes"), "brings a command 'votes', which exists already"),
        (greeter(name="No Good"), "must begin with a small letter"),
        (greeter(answer="['group']"), "where a typer.Typer is due"),
        (greeter(answer="1 / 0"), "ZeroDivisionError"),
    ],
)
def test_a_group_at_fault_is_named_and_the_rest_works(site: Site, source: str, said: str) -> None:
    site.install("bad", source)
    site.install("greeter", greeter())
    done = site.python("-c", CLI, "greet", "hello")
    assert done.stdout == "hello from a plugin\n"
    assert said in done.stderr


def test_a_command_of_the_core_does_not_wait_for_plugins(site: Site) -> None:
    site.install("loud", "import sys; sys.stderr.write('loaded the plugin')\n" + greeter())
    assert "loaded the plugin" not in site.python("-c", CLI, "rank", "--help").stderr
