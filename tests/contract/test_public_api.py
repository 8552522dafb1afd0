"""What plugin authors may rely on."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import polyarena
import polyarena.testing
from polyarena import API_VERSION, hookspecs

NAMES = Path(__file__).with_name(f"names-{API_VERSION.partition('.')[0]}.txt")
"""What has been public in this major version; lines are only added."""


def test_every_public_name_is_there_and_they_are_sorted() -> None:
    for module in (polyarena, polyarena.testing):
        assert module.__all__ == sorted(module.__all__, key=lambda n: (not n.isupper(), n))
        assert len(set(module.__all__)) == len(module.__all__)
        for name in module.__all__:
            assert hasattr(module, name), name


def test_no_name_of_this_major_version_is_gone() -> None:
    for line in NAMES.read_text().splitlines():
        module, _, name = line.rpartition(".")
        assert hasattr(importlib.import_module(module), name), f"{line}: see polyarena.api"


def test_every_public_class_and_function_is_documented() -> None:
    for module in (polyarena, polyarena.testing):
        for name in module.__all__:
            value = getattr(module, name)
            if (inspect.isclass(value) or inspect.isfunction(value)) and not issubclass_of_error(
                value
            ):
                assert inspect.getdoc(value), name


def issubclass_of_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Exception)


def test_the_hooks_are_these_and_say_when_they_are_called() -> None:
    hooks = {name: getattr(hookspecs, name) for name in dir(hookspecs) if name.startswith("polya")}
    signatures = {name: list(inspect.signature(hook).parameters) for name, hook in hooks.items()}
    assert signatures == {
        "polyarena_register_arenas": ["options"],
        "polyarena_register_commands": ["options"],
        "polyarena_register_credentials": ["options"],
        "polyarena_register_providers": ["options"],
        "polyarena_register_sandboxes": ["options"],
        "polyarena_screen_image": ["arena", "picture", "options"],
        "polyarena_screen_prompt": ["arena", "prompt", "options"],
    }
    for name, hook in hooks.items():
        documented = inspect.getdoc(hook) or ""
        assert len(documented.splitlines()) > 1, name
        for argument in signatures[name]:
            assert f"`{argument}`" in documented, (name, argument)
