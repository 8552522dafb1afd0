"""Models: what makes a new entry, and who takes part."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from polyarena import Model, ModelState, PictureLimits, Price
from polyarena.model import DRAWABLE

MODEL = Model(
    name="kestrel",
    provider="openai",
    config={"base_url": "http://localhost:1", "model": "kestrel-7b"},
    system="Be brief.",
    parameters={"temperature": 0.2, "stop": ["a", "b"]},
)

DECIDING: dict[str, Any] = {
    "provider": "replay",
    "config": {"base_url": "http://localhost:1", "model": "kestrel-8b"},
    "system": "Be brief",
    "parameters": {"temperature": 0.3, "stop": ["a", "b"]},
}
INDIFFERENT: dict[str, Any] = {
    "name": "merlin",
    "capabilities": frozenset({"text", "code"}),
    "pictures": PictureLimits(count=3),
    "state": ModelState.RETIRED,
    "weight": 0.5,
    "arenas": {"text": 2.0},
    "organization": "Falconry",
    "license": "Apache-2.0",
    "link": "https://example.org",
    "aliases": ("k",),
    "price": Price(input=1, output=2),
    "fallback": True,
}


@pytest.mark.parametrize("field", DECIDING)
def test_what_decides_the_answers_makes_a_new_entry(field: str) -> None:
    changed = MODEL.model_copy(update={field: DECIDING[field]})
    assert changed.config_hash != MODEL.config_hash
    assert changed.entry != MODEL.entry


@pytest.mark.parametrize("field", INDIFFERENT)
def test_what_does_not_decide_the_answers_leaves_the_hash(field: str) -> None:
    assert MODEL.model_copy(update={field: INDIFFERENT[field]}).config_hash == MODEL.config_hash


def test_every_field_is_one_or_the_other() -> None:
    assert DECIDING.keys() | INDIFFERENT.keys() == Model.model_fields.keys()


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
tables = st.dictionaries(st.text(max_size=4), json_values, max_size=4)


@given(tables, tables)
def test_the_hash_depends_on_values_and_not_on_their_order(
    config: dict[str, Any], other: dict[str, Any]
) -> None:
    one = MODEL.model_copy(update={"config": config})
    turned = MODEL.model_copy(update={"config": dict(reversed(config.items()))})
    assert one.config_hash == turned.config_hash
    assert Model.model_validate_json(one.model_dump_json()).entry == one.entry
    if config != other:
        assert one.config_hash != MODEL.model_copy(update={"config": other}).config_hash


def test_the_entry_is_the_same_in_every_process() -> None:
    program = f"from polyarena import Model; print(Model(**{MODEL.model_dump()!r}).entry)"
    program = program.replace("frozenset({'text'})", "['text']").replace(
        "<ModelState.LISTED: 'listed'>", "'listed'"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {MODEL.entry}
    assert MODEL.entry.startswith("kestrel@")


def test_states_say_who_is_drawn() -> None:
    drawable = {state for state in ModelState if MODEL.model_copy(update={"state": state}).drawable}
    assert drawable == DRAWABLE
    assert not drawable & {ModelState.WITHDRAWN, ModelState.RETIRED}


def test_weights_by_arena() -> None:
    assert MODEL.weight_in("text") == 1.0
    only = MODEL.model_copy(update={"arenas": {"code": 2.0}, "weight": 5.0})
    assert (only.weight_in("code"), only.weight_in("text")) == (2.0, 0.0)


def test_what_two_models_both_take_of_pictures() -> None:
    one = PictureLimits(count=2, side=800, types=("image/webp", "image/jpeg", "image/png"))
    other = PictureLimits(bytes=90_000, types=("image/webp", "image/jpeg"), frames=4)
    both = PictureLimits(count=2, side=800, bytes=90_000, types=("image/jpeg", "image/webp"))
    assert one.shared(other) == other.shared(one) == both


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a/b"),
        ("name", "a@b"),
        ("name", " a"),
        ("name", "a\nb"),
        ("name", "a\x00b"),
        ("name", "a\x1b[31mb"),
        ("name", "a" * 81),
        ("weight", -1.0),
        ("weight", float("nan")),
        ("weight", float("inf")),
        ("arenas", {"text": -1.0}),
        ("arenas", {"text": float("nan")}),
        ("arenas", {"text": float("inf")}),
        ("config", {"limit": float("inf")}),
        ("config", {"nested": [{"since": datetime.date(2026, 1, 1)}]}),
        ("parameters", {"temperature": float("nan")}),
        ("parameters", {"stop": ["\ud800"]}),
        ("link", "javascript:alert(1)"),
        ("price", {"input": -1, "output": 0}),
        ("state", "secret"),
        ("pictures.count", {"count": 0}),
        ("pictures.side", {"side": 10}),
        ("pictures.bytes", {"bytes": 1000}),
        ("pictures.types", {"types": ["image/png"]}),
        ("pictures.types", {"types": ["image/jpeg", "image/tiff"]}),
        ("pictures.pixels", {"pixels": 5}),
        ("key", "sk-1234"),
    ],
)
def test_what_a_model_may_not_be(field: str, value: object) -> None:
    given = {"name": "kestrel", "provider": "demo", field.partition(".")[0]: value}
    with pytest.raises(ValidationError, match=field):
        Model.model_validate(given)


def test_names_may_hold_spaces_and_letters_of_any_script() -> None:
    for name in ("Kestrel 2.0 (preview)", "隼", "Ñandú-7b:free", "a" * 80):
        assert Model(name=name, provider="demo").name == name
