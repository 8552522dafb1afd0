"""Answers that say who wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena import Model
from polyarena.identity import names_itself

MODEL = Model(
    name="Kestrel-2 (beta)",
    provider="demo",
    organization="Falconry",
    aliases=("kestrel", "K2"),
)


@pytest.mark.parametrize(
    "answer",
    [
        "I am Kestrel-2 (beta).",
        "kestrel-2 (BETA) here",
        "They call it **Kestrel**.",
        "I am a model by Falconry.",
        "I'm built at Falconry",
        "I’m from falconry",
        "As an AI made in the labs of Falconry, I cannot.",
        "As a model, and one that was raised with all care at Falconry, I cannot.",
        "My name is Bird, of Falconry.",
        "I was trained by the people of Falconry.",
    ],
)
def test_it_names_itself(answer: str) -> None:
    assert names_itself(MODEL, answer, "Who are you?")


@pytest.mark.parametrize(
    ("answer", "prompt"),
    [
        ("", "Who are you?"),
        ("A kestrels' nest", "What is that?"),
        ("Falconry is hunting with birds.", "What is hunting with birds called?"),
        ("I am sure. Falconry is old.", "Is it old?"),
        ("I am sure\nFalconry is old", "Is it old?"),
        ("I am fond of Falconry.", "What do you think of falconry?"),
        ("The kestrel hovers.", "How does a kestrel hunt?"),
        ("K2 is a mountain.", "Which mountain?"),
    ],
)
def test_it_does_not_name_itself(answer: str, prompt: str) -> None:
    assert not names_itself(MODEL, answer, prompt)


def test_a_model_without_a_maker_has_only_its_name() -> None:
    bare = Model(name="Kestrel", provider="demo")
    assert not names_itself(bare, "I am made by Falconry.", "Who made you?")
    assert names_itself(bare, "I am Kestrel.", "Who are you?")


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .+*()\[\]-]{1,30}[A-Za-z0-9]", fullmatch=True))
def test_any_name_is_found_as_a_word_unless_the_prompt_used_it(name: str) -> None:
    model = Model(name=name, provider="demo")
    assert names_itself(model, f"Well: {name.upper()}!", "Who are you?")
    assert not names_itself(model, f"Well: x{name}y", "Who are you?")
    assert not names_itself(model, f"Well: {name}!", f"Are you {name}?")


@given(st.text(max_size=80), st.text(max_size=200))
def test_odd_names_and_answers_do_no_harm(name: str, answer: str) -> None:
    odd = MODEL.model_copy(update={"name": name, "aliases": (name,), "organization": name})
    assert names_itself(odd, answer, answer) is False
