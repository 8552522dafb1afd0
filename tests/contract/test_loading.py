"""Each fault a plugin can have while it is loaded: it is listed, and the others run."""

from __future__ import annotations

import sys
import time
import types
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from contract.sample import Arenas, Providers, arena, manifest, provider
from polyarena import Arena, ConfigError, Provider, hookimpl
from polyarena.loading import load
from polyarena.plugins import PluginRecord, Registry
from polyarena.settings import Limits, Settings

Loaded = Callable[..., Registry]


def record(registry: Registry, name: str) -> PluginRecord:
    return next(found for found in registry.plugins if found.name == name)


def plugin(**functions: Callable[..., Any]) -> types.ModuleType:
    """A plugin module with these functions, as they are."""
    module = types.ModuleType("sample_plugin")
    vars(module).update(functions)
    return module


def unknown_argument(kind: str) -> Sequence[Arena]:
    return ()


def positional_only(options: object, /) -> Sequence[Provider]:
    return ()


def required_keyword(*, kind: str) -> Sequence[Arena]:
    return ()


def nothing() -> Sequence[Arena]:
    return ()


def unmarked() -> Sequence[Arena]:
    return ()


def raises() -> Sequence[Arena]:
    raise RuntimeError("the licence server is away")


def exits() -> Sequence[Arena]:
    sys.exit("not on this machine")


def interrupts() -> Sequence[Arena]:
    raise KeyboardInterrupt


def sleeps() -> Sequence[Arena]:
    time.sleep(4)
    return ()


def spins() -> Sequence[Arena]:
    while True:
        pass


def generates_for_ever() -> Any:
    while True:
        yield arena()


async def coroutine() -> Sequence[Arena]:
    return ()


FAULTY: dict[str, tuple[object, str]] = {
    "unknown argument": (
        plugin(polyarena_register_arenas=hookimpl(unknown_argument)),
        "can not be found in the hookspec",
    ),
    "positional-only argument": (
        plugin(polyarena_register_providers=hookimpl(positional_only)),
        "wrong signature",
    ),
    "required keyword": (
        plugin(polyarena_register_arenas=hookimpl(required_keyword)),
        "wrong signature",
    ),
    "misspelt hook": (
        plugin(polyarena_register_arena=hookimpl(nothing)),
        "did you mean polyarena_register_arenas?",
    ),
    "misspelt hook, unmarked": (
        plugin(polyarena_register_areans=unmarked),
        "unknown hook 'polyarena_register_areans'",
    ),
    "misspelt prefix": (
        plugin(polyarna_register_arenas=unmarked),
        "did you mean polyarena_register_arenas?",
    ),
    "marked, of another name": (plugin(arenas=hookimpl(nothing)), "unknown hook 'arenas'"),
    "unmarked hook": (plugin(polyarena_register_arenas=unmarked), "not marked with @hookimpl"),
    "wrapper": (
        plugin(polyarena_register_arenas=hookimpl(wrapper=True)(generates_for_ever)),
        "wrappers are not supported",
    ),
    "no hook": (plugin(), "implements no hook"),
    "raises": (
        plugin(polyarena_register_arenas=hookimpl(raises)),
        "RuntimeError: the licence server is away",
    ),
    "exits": (plugin(polyarena_register_arenas=hookimpl(exits)), "SystemExit"),
    "interrupts": (plugin(polyarena_register_arenas=hookimpl(interrupts)), "KeyboardInterrupt"),
    "sleeps": (plugin(polyarena_register_arenas=hookimpl(sleeps)), "did not return within"),
    "spins": (plugin(polyarena_register_arenas=hookimpl(spins)), "did not return within"),
    "async": (plugin(polyarena_register_arenas=hookimpl(coroutine)), "must not be async"),
    "answers None": (
        plugin(polyarena_register_arenas=hookimpl(lambda: None)),
        "answered None, not a list",
    ),
    "answers one arena": (
        plugin(polyarena_register_arenas=hookimpl(lambda: arena())),
        "not a list",
    ),
    "answers text": (plugin(polyarena_register_arenas=hookimpl(lambda: "text")), "not a list"),
    "answers classes": (Arenas(Arena), "where an Arena is due"),
    "answers a provider as an arena": (Arenas(provider()), "where an Arena is due"),
    "answers an arena as a provider": (Providers(arena()), "where a Provider is due"),
    "no manifest": (Arenas(Arena()), "has no manifest"),
    "a manifest of a wrong type": (Arenas(arena(order="first")), "order: Input should be"),
    "a list for a tuple": (Arenas(arena(starters=[])), "starters: Input should be"),
    "an empty id": (Arenas(arena("")), "must begin with a small letter"),
    "an id with a capital": (Arenas(arena("Text")), "must begin with a small letter"),
    "an id with a slash": (Arenas(arena("a/b")), "must begin with a small letter"),
    "an id that ends a line": (Arenas(arena("text\n")), "must begin with a small letter"),
    "an id too long": (Arenas(arena("a" * 33)), "at most 32"),
    "a provider's bad name": (Providers(provider("Open AI")), "must begin with a small letter"),
    "the same arena twice": (Arenas(arena("twin"), arena("twin")), "'twin' twice"),
    "another's arena": (Arenas(arena("good")), "is registered by the plugin 'good' already"),
    "another's provider": (Providers(provider("taken")), "the plugin 'taken' already"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_plugin_is_listed_and_the_others_run(settings: Settings, fault: str) -> None:
    faulty, reason = FAULTY[fault]
    if "did not return" in reason:
        settings = settings.model_copy(update={"limits": Limits(hook=0.3)})
    plugins = {
        "good": Arenas(arena("good")),
        "taken": Providers(provider("taken")),
        "faulty": faulty,
        "last": Arenas(arena("last")),
    }
    registry = load(settings, plugins, discover=False)

    found = record(registry, "faulty")
    assert found.status == "broken"
    assert reason in found.reason
    assert "\n" not in found.reason
    assert (found.arenas, found.providers) == ((), ())
    assert list(registry.arenas) == ["good", "last"]
    assert list(registry.providers) == ["taken"]
    assert {r.name for r in registry.plugins if r.status == "ok"} == {"good", "taken", "last"}


def test_a_plugin_whose_second_hook_fails_brings_nothing(loaded: Loaded) -> None:
    half = plugin(
        polyarena_register_arenas=hookimpl(lambda: [arena()]),
        polyarena_register_providers=hookimpl(raises),
    )
    registry = loaded(half=half)
    assert (dict(registry.arenas), dict(registry.providers)) == ({}, {})


def test_the_end_of_the_traceback_is_kept(loaded: Loaded) -> None:
    registry = loaded(faulty=plugin(polyarena_register_arenas=hookimpl(raises)))
    detail = record(registry, "faulty").detail
    assert "in raises" in detail
    assert detail.endswith("RuntimeError: the licence server is away")


def test_strict_plugins_makes_a_fault_fatal(settings: Settings) -> None:
    strict = settings.model_copy(update={"strict_plugins": True})
    plugins = {"good": Arenas(arena("good")), "faulty": Arenas(arena("Bad"))}
    with pytest.raises(ConfigError, match=r"strict_plugins: faulty: .*'Bad'"):
        load(strict, plugins, discover=False)
    assert list(load(strict, {"good": plugins["good"]}, discover=False).arenas) == ["good"]


def test_a_disabled_plugin_is_listed_and_not_called(settings: Settings) -> None:
    called = []
    off = plugin(polyarena_register_arenas=hookimpl(lambda: called.append(1)))
    without = settings.model_copy(update={"disabled_plugins": frozenset({"off"})})
    registry = load(without, {"off": off}, discover=False)
    assert record(registry, "off").status == "disabled"
    assert called == []


def test_arenas_come_in_the_order_of_their_manifests(loaded: Loaded) -> None:
    registry = loaded(
        one=Arenas(arena("zebra", order=10), arena("last", order=900)),
        two=Arenas(arena("ant"), arena("bee"), arena("first", order=1)),
    )
    assert list(registry.arenas) == ["first", "zebra", "ant", "bee", "last"]


def test_the_registry_knows_who_brought_what(loaded: Loaded) -> None:
    text, scripted = arena("text"), provider()
    registry = loaded(one=Arenas(text), two=Providers(scripted))
    assert registry.owner_of(text) == "one"
    assert registry.owner_of(scripted) == "two"
    assert record(registry, "one").arenas == ("text",)
    assert record(registry, "one").hooks == ("polyarena_register_arenas",)
    assert record(registry, "two").providers == ("scripted",)
    with pytest.raises(KeyError):
        registry.owner_of(arena("text"))


@pytest.mark.parametrize("declares", ["options", "nothing", "a default", "anything"])
def test_a_hook_is_given_its_own_options_if_it_declares_them(
    settings: Settings, declares: str
) -> None:
    seen: list[object] = []

    def named(options: object) -> Sequence[Provider]:
        seen.append(options)
        return ()

    def without() -> Sequence[Provider]:
        seen.append("not given")
        return ()

    def default(options: object = None) -> Sequence[Provider]:
        seen.append(options)
        return ()

    def anything(**given: object) -> Sequence[Provider]:
        seen.append(given["options"])
        return ()

    hooks: dict[str, Callable[..., Sequence[Provider]]] = {
        "options": named,
        "nothing": without,
        "a default": default,
        "anything": anything,
    }
    with_options = settings.model_copy(
        update={"plugins": {"mine": {"level": 3}, "other": {"level": 4}}}
    )
    mine = plugin(polyarena_register_providers=hookimpl(hooks[declares]))
    load(with_options, {"mine": mine}, discover=False)
    assert seen == ["not given" if declares == "nothing" else {"level": 3}]


def test_screens_are_asked_in_order_of_name_unless_one_wants_to_be_first(loaded: Loaded) -> None:
    def screen() -> None:
        return

    last, first = hookimpl(trylast=True), hookimpl(tryfirst=True)
    registry = loaded(
        a=plugin(polyarena_screen_prompt=last(screen)),
        b=plugin(polyarena_screen_prompt=hookimpl(lambda: None)),
        c=plugin(polyarena_screen_prompt=first(lambda: None)),
    )
    assert [hook.plugin for hook in registry.screens] == ["c", "b", "a"]


def test_a_manifest_of_every_field_is_taken(loaded: Loaded) -> None:
    assert manifest().missing == ()
    registry = loaded(full=Arenas(arena("full", notice="Beware.", order=-1, max_turns=1)))
    assert list(registry.arenas) == ["full"]
