"""The API's version, and how names leave it."""

from __future__ import annotations

import types
from collections.abc import Callable

import pytest

import polyarena
from contract.sample import Arenas, arena
from polyarena import API_VERSION, hookimpl
from polyarena.api import DEPRECATED, Deprecated
from polyarena.plugins import PluginRecord, Registry

Loaded = Callable[..., Registry]
MAJOR, MINOR = map(int, API_VERSION.split("."))


def loaded_with(loaded: Loaded, declared: object) -> PluginRecord:
    plugin = types.SimpleNamespace(
        POLYARENA_API=declared, polyarena_register_arenas=hookimpl(lambda: [arena("mine")])
    )
    registry = loaded(good=Arenas(arena("good")), mine=plugin)
    assert "good" in registry.arenas
    return next(record for record in registry.plugins if record.name == "mine")


def test_a_plugin_for_this_version_or_an_earlier_minor_one_runs(loaded: Loaded) -> None:
    for declared in (API_VERSION, f"{MAJOR}.0"):
        record = loaded_with(loaded, declared)
        assert (record.status, record.api, record.arenas) == ("ok", declared, ("mine",))
    assert loaded(mine=Arenas(arena("mine"))).plugins[0].api == ""


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (f"{MAJOR}.{MINOR + 1}", f"Polyarena here has {API_VERSION}: upgrade it"),
        (f"{MAJOR + 1}.0", "upgrade it"),
        (f"{MAJOR - 1}.9", f"written for version {MAJOR - 1}.9 of the API"),
        ("latest", "it must be a version such as"),
        (1, "it must be a version such as"),
    ],
)
def test_a_plugin_for_another_version_is_listed_with_the_reason(
    loaded: Loaded, declared: object, said: str
) -> None:
    record = loaded_with(loaded, declared)
    assert (record.status, record.arenas) == ("broken", ())
    assert said in record.reason


def test_a_name_that_is_to_go_works_on_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DEPRECATED, "Words", Deprecated("Text", API_VERSION, f"{MAJOR + 1}.0"))
    with pytest.warns(DeprecationWarning, match=r"polyarena.Words goes .* use Text instead"):
        found = polyarena.Words  # type: ignore[attr-defined]
    assert found is polyarena.Text
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = polyarena.Nothing  # type: ignore[attr-defined]


def test_names_that_are_to_go_stay_for_the_whole_major_version() -> None:
    for name, entry in DEPRECATED.items():
        assert name not in polyarena.__all__
        assert entry.instead in polyarena.__all__
        assert tuple(map(int, entry.since.split("."))) <= (MAJOR, MINOR), name
        until_major, until_minor = map(int, entry.until.split("."))
        assert (until_major, until_minor) == (MAJOR + 1, 0), name
