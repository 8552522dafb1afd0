from __future__ import annotations

from collections.abc import Mapping

import pytest

from polyarena import (
    Answer,
    Arena,
    Aspect,
    FinishedBattle,
    Input,
    Message,
    Model,
    Prompt,
    PromptField,
    Scalar,
    Starter,
    Text,
    Turn,
)
from polyarena.testing import check_arena
from polyarena_verticals import Marker, Occupation, Specialty, Verticals
from polyarena_verticals.plugin import plugin

ARENAS = {arena.manifest.id: arena for arena in plugin.polyarena_register_arenas()}
MODEL = Model(name="one", provider="scripted", system="Be brief.")
BEEKEEPING = Occupation(
    id="beekeeping",
    title="Beekeeping",
    summary="Ask about bees.",
    brief="You are asked by a beekeeper.",
    notice="Name no neighbours.",
    criteria=(Aspect("kind", "Kind to bees"),),
    specialties=(
        Specialty("mites", "Mites", "varroa, mite*, oxalic acid"),
        Specialty("honey", "Honey", "honey, extract*, comb"),
    ),
    fields=(PromptField("hive", "Hive"),),
    markers=(Marker.of_words("plant", "Plant", "clover, lime tree"),),
    starters=(Starter("Winter", "How much honey must stay for the winter?", {"hive": "Dadant"}),),
)


def prompt(text: str, **inputs: str) -> Prompt:
    given = (Input(name=name, text=value) for name, value in inputs.items())
    return Prompt(parts=(Text(text=text), *given))


def battle(*turns: tuple[Prompt, str, str]) -> FinishedBattle:
    answers = ((Answer(parts=(Text(text=a),)), Answer(parts=(Text(text=b),))) for _, a, b in turns)
    return FinishedBattle("any", tuple(asked for asked, _, _ in turns), tuple(answers))


def categories(arena: str, text: str, **inputs: str) -> frozenset[str]:
    return ARENAS[arena].categories(battle((prompt(text, **inputs), "a", "b")))


def evidence(arena: str, a: str, b: str = "") -> Mapping[str, tuple[Scalar, Scalar]]:
    return ARENAS[arena].evidence(battle((prompt("Why?"), a, b)))


@pytest.mark.parametrize("arena", ARENAS.values(), ids=list(ARENAS))
def test_each_conforms(arena: Arena) -> None:
    assert check_arena(arena) == []


def test_an_occupation_of_ones_own_is_an_arena() -> None:
    (arena,) = Verticals(BEEKEEPING).polyarena_register_arenas()
    assert check_arena(arena) == []
    assert [field.id for field in arena.manifest.fields] == ["specialty", "hive"]
    assert arena.manifest.notice == "Name no neighbours."
    asked = prompt("Are mites killed by oxalic acid in winter?")
    assert arena.categories(battle((asked, "a", "b"))) == {"mites"}


@pytest.mark.parametrize("arena", ARENAS.values(), ids=list(ARENAS))
def test_each_brings_what_an_occupation_needs(arena: Arena) -> None:
    manifest = arena.manifest
    assert 5 <= len(manifest.ballot.aspects) <= 8
    assert 6 <= len(manifest.starters) <= 8
    assert len(manifest.categories) > 10
    assert "no names" in manifest.notice or "no customer names" in manifest.notice
    fields = {field.id: dict(field.options) for field in manifest.fields}
    for starter in manifest.starters:
        assert starter.inputs, starter.title
        for name, value in starter.inputs.items():
            assert value in fields[name] or not fields[name], (starter.title, name)


def test_starters_are_found_in_the_specialty_that_they_are_about() -> None:
    for arena in ARENAS.values():
        told = [
            arena.categories(battle((prompt(starter.prompt, **starter.inputs), "a", "b")))
            for starter in arena.manifest.starters
        ]
        assert sum(map(bool, told)) >= len(told) - 2, (arena.manifest.id, told)


@pytest.mark.anyio
async def test_models_are_told_the_brief_the_context_and_the_question() -> None:
    arena = ARENAS["medicine"]
    before = Message(role="user", parts=prompt("And now?", setting="ward").parts)
    said = Message(role="assistant", parts=(Text(text="Wait."),))
    asked = prompt("Which dose?", jurisdiction="Norway", specialty="pediatrics", setting="")
    request = await arena.prepare(Turn("medicine", (before, said), asked), MODEL)
    system, first, answer, last = request.messages
    assert system.role == "system"
    assert system.text.startswith("Be brief.\n\nYou are asked by a health professional")
    assert first.text == "Setting: Hospital ward\n\nAnd now?"
    assert answer == said
    assert last.text == "Specialty: Pediatrics\nJurisdiction: Norway\n\nWhich dose?"


@pytest.mark.parametrize(
    ("arena", "text", "found"),
    [
        ("medicine", "Treat preeclampsia in the third trimester?", {"obstetrics-gynecology"}),
        ("medicine", "Is there a red eye in glaucoma?", {"ophthalmology"}),
        ("medicine", "What is a rainbow?", set()),
        ("legal", "Is this non-compete valid once an employee was dismissed?", {"employment"}),
        ("legal", "Does the GDPR bind a processor abroad?", {"privacy-technology"}),
        ("finance", "Delta hedging of an option under Black-Scholes", {"derivatives"}),
        ("marketing", "A tagline and a headline for a shoe", {"copywriting"}),
        ("marketing", "The sun is hot", set()),
    ],
)
def test_the_specialty_is_told_by_the_words(arena: str, text: str, found: set[str]) -> None:
    assert categories(arena, text) == found


def test_a_specialty_that_was_chosen_is_taken_as_it_is() -> None:
    assert categories("medicine", "Glaucoma, a red eye", specialty="urology") == {"urology"}
    two = battle((prompt("Hi"), "a", "b"), (prompt("More", specialty="radiology"), "a", "b"))
    assert ARENAS["medicine"].categories(two) == {"radiology", "multi-turn"}


def test_evidence_counts_sources_once_and_says_whether_their_form_is_right() -> None:
    found = evidence(
        "medicine",
        "See doi:10.1136/bmj.n71 and https://doi.org/10.1136/bmj.n71, then PMID: 33782057.",
        "NCT0123 says so; give metformin or atorvastatin.",
    )
    assert found["cited"] == (True, True)
    assert found["citations"] == (2, 1)
    assert found["well-formed"] == (True, False)
    assert found["odd-citations"] == (0, 1)
    assert found["marked-drug"] == (0, 2)
    nothing = evidence("medicine", "No idea.")
    assert nothing["cited"] == (False, False)
    assert nothing["well-formed"] == (None, None)


def test_columns_are_of_evidence_that_there_is() -> None:
    for name, arena in ARENAS.items():
        found = evidence(name, "See doi:10.1136/bmj.n71.")
        assert {column.id for column in arena.manifest.columns} <= found.keys()
        assert arena.evidence(FinishedBattle(name, (), ()))["citations"] == (0, 0)


def test_features_are_of_style_and_sources() -> None:
    answer = "# One\n\n**Two** three\n\n- four\n1. five doi:10.1136/bmj.n71\n"
    measured = ARENAS["medicine"].features(battle((prompt("Hi"), answer, "")))
    assert measured["headers"] == (1.0, 0.0)
    assert measured["lists"] == (2.0, 0.0)
    assert measured["bold"] == (1.0, 0.0)
    assert measured["citations"] == (1.0, 0.0)
    assert measured["length"][0] > 5
