"""The message catalogue: what is named exists, and what exists is used."""

from __future__ import annotations

import re
from pathlib import Path

from polyarena_frontend import messages
from polyarena_frontend.messages import Catalogue, catalogue

PACKAGE = Path(messages.__file__).parent


def sources(folder: str, pattern: str) -> str:
    return "\n".join(path.read_text() for path in sorted((PACKAGE / folder).rglob(pattern)))


def test_every_message_a_template_names_exists() -> None:
    named = set(re.findall(r'\bt\(\s*"([\w.-]+)"(?!\s*~)', sources("templates", "*.html")))

    assert named
    assert named <= catalogue().keys


def test_every_message_a_script_names_exists() -> None:
    named = set(re.findall(r'\bsay\("(\w+)"', sources("assets/src", "*.ts")))

    assert named
    assert {f"client.{key}" for key in named} <= catalogue().keys


def test_every_message_is_used() -> None:
    templates = sources("templates", "*.html")
    scripts = sources("assets/src", "*.ts")
    modules = sources("", "*.py")
    prefixes = tuple(re.findall(r'"([\w.-]+\.)"\s*~', templates)) + tuple(
        f"client.{name}" for name in re.findall(r"say\(`(\w+)\$", scripts)
    )
    unused = [
        key
        for key in catalogue().keys
        if f'"{key}"' not in templates
        and f'"{key}"' not in modules
        and f'"{key.removeprefix("client.")}"' not in scripts
        and not key.startswith(prefixes)
    ]

    assert unused == []


def test_a_message_takes_the_form_of_its_count() -> None:
    words = Catalogue("en", {"found": {"one": "{count} battle", "other": "{count} battles"}})

    assert [words.text("found", count=n) for n in (0, 1, 2)] == [
        "0 battles", "1 battle", "2 battles",
    ]  # fmt: skip
    assert words.keys == {"found"}
