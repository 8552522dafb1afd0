"""The screen for personal data: what it finds, what it leaves, what it offers instead."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

from kit.personal import SEED, Sample, harmless, held, samples
from polyarena import ConfigError, Input, Objection, Prompt, Text
from polyarena_verticals.plugin import plugin
from polyarena_verticals.privacy.identity import is_npi
from polyarena_verticals.privacy.search import KINDS, find, redact

ALL = list(dict.fromkeys(samples()))


def screen(text: str, arena: str = "medicine", **options: Any) -> Objection | None:
    return plugin.polyarena_screen_prompt(arena, Prompt.of(text), options)


def recall(drawn: Iterable[Sample]) -> float:
    hits = [sample.secret not in redact(sample.text) for sample in drawn]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("kind", list(dict.fromkeys(sample.kind for sample in ALL)))
def test_most_of_each_kind_is_found_and_taken_out(kind: str) -> None:
    assert recall(sample for sample in ALL if sample.kind == kind) >= 0.8


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pt"])
def test_most_is_found_in_each_language(language: str) -> None:
    assert recall(sample for sample in ALL if sample.language == language) >= 0.95


def test_every_kind_is_among_the_samples() -> None:
    assert {sample.kind for sample in ALL} == set(KINDS)


def test_harmless_prompts_pass() -> None:
    assert [text for _, text in harmless() if screen(text)] == []


def test_in_free_words_too_most_is_found_and_little_taken_wrongly() -> None:
    free = list(held())
    assert recall(sample for sample in free if sample.secret) >= 0.8
    assert sum(bool(find(sample.text)) for sample in free if not sample.secret) <= 2


def test_starters_pass() -> None:
    for arena in plugin.polyarena_register_arenas():
        for starter in arena.manifest.starters:
            given = (Input(name=name, text=value) for name, value in starter.inputs.items())
            prompt = Prompt(parts=(Text(text=starter.prompt), *given))
            assert plugin.polyarena_screen_prompt(arena.manifest.id, prompt, {}) is None


def test_what_was_taken_out_stays_out() -> None:
    rng = random.Random(SEED)
    for _ in range(150):
        glue = rng.choice((" ", "\n", ", ", "; ", "\n\n- "))
        text = glue.join(sample.text for sample in rng.sample(ALL, 5))
        objection = screen(text)
        assert objection is not None
        assert objection.suggestion is not None
        assert screen(objection.suggestion.text) is None


def test_the_refusal_names_what_was_found_and_the_suggestion_keeps_the_rest() -> None:
    objection = screen("Mrs Miller, born 3 May 1961, MRN 00482913, takes 5 mg of ramipril. Why?")
    assert objection is not None
    for said in ("a name (“Miller”)", "a date of birth (“3 May 1961”)", "(“00482913”)"):
        assert said in objection.message
    assert objection.suggestion == Prompt.of(
        "Mrs [name], born [date of birth], MRN [record number], takes 5 mg of ramipril. Why?"
    )


def test_further_inputs_are_screened_and_redacted_too() -> None:
    patient = Input(name="patient", text="Herr Schulz, 71, a.schulz@klinik-west.de")
    prompt = Prompt(parts=(Text(text="Which dose?"), patient))
    objection = plugin.polyarena_screen_prompt("medicine", prompt, {})
    assert objection is not None
    safe = patient.model_copy(update={"text": "Herr [name], 71, [e-mail address]"})
    assert objection.suggestion == Prompt(parts=(Text(text="Which dose?"), safe))


def test_prompts_of_other_arenas_are_none_of_its_business() -> None:
    assert screen("Mrs Miller, born 3 May 1961", arena="text") is None


def test_an_operator_lets_kinds_through() -> None:
    text = "Mrs Miller is 93 years old."
    assert screen(text, allow=["name", "age"]) is None
    objection = screen(text, allow=["name"])
    assert objection is not None
    assert "Miller" not in objection.message


@pytest.mark.parametrize(
    ("allow", "named"), [("name", "must be a list"), (["names"], "'names' is no kind"), ([5], "5")]
)
def test_a_wrong_option_is_named(allow: Any, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        screen("Hello", allow=allow)


def test_check_digits_decide() -> None:
    assert is_npi("1234567893")
    assert not is_npi("1234567890")
    assert not is_npi("3234567893")
    assert not is_npi("12345678931")
    assert find("NPI 1234567890") == []
    assert find("Pay DE89 3704 0044 0532 0130 01") == []
    assert find("DNI 12345678A") == []
    assert [one.text for one in find("Pay DE89 3704 0044 0532 0130 00 NOW")] == [
        "DE89 3704 0044 0532 0130 00"
    ]


PIECES = (
    *("A ", "Aa ", "a", "1", " ", "1 ", "12 Aa ", "(1", "+1 ", "01 ", "Mr Aa ", "patient Anna "),
    *("Via de la ", "1-", "1.", "a@a.", "IP: 1.", "born 1.1.", "Tel. ", "MRN: A-", "DE89 "),
    *("92 years ", "\n", "Regards\n", "é", "Straße 1 ", "A. ", "number of the ", "de de A "),
)


@pytest.mark.parametrize("piece", PIECES)
def test_prompts_of_the_greatest_length_are_read_through(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    marked = f"{text}\nSend it to a.schulz@klinik-west.de"
    assert "a.schulz" not in redact(marked)
