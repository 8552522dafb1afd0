from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import reduce
from operator import add
from pathlib import Path
from types import ModuleType

import pytest

from polyarena_text.categories import classify
from polyarena_text.occupations import CATEGORIES, TAGS, TITLES, scopes

FOLDER = Path(__file__).parents[2] / "benchmarks" / "categories"


@pytest.fixture(scope="module")
def labelled() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER.parent))
    from categories import labelled

    yield labelled
    sys.path.remove(str(FOLDER.parent))


def groups(*prompts: str) -> set[str]:
    return set(classify(prompts)) & set(TAGS)


def test_there_are_23_groups_each_with_a_scope() -> None:
    assert len(TAGS) == len(set(TAGS.values())) == 23
    assert list(TITLES) == list(TAGS) == [one.id for one in CATEGORIES]
    assert set(scopes()) == set(TAGS)
    assert all(scope.title and scope.about for scope in scopes().values())


def test_the_prompts_are_enough_and_apart(labelled: ModuleType) -> None:
    test, development = labelled.prompts("test"), labelled.prompts("development")
    assert not {one.prompt for one in test} & {one.prompt for one in development}
    for group in TAGS:
        assert sum(group in one.groups for one in test) >= 10, group
    assert sum(not one.groups for one in test) >= 30
    assert set().union(*(one.groups for one in test + development)) == set(TAGS)


def test_agreement_is_what_the_guide_says(labelled: ModuleType) -> None:
    found = labelled.agreement(
        labelled.prompts("test"), lambda prompt: frozenset(classify([prompt])), TAGS
    )
    total = reduce(add, found.values())
    guide = (FOLDER.parents[1] / "docs" / "categories.md").read_text(encoding="utf-8")
    for group, one in found.items():
        row = f"{one.right + one.missed} | {one.precision:.2f} | {one.recall:.2f} |"
        assert f"| {TITLES[group]} | {row}" in guide
    assert f"| {total.precision:.2f} | {total.recall:.2f} |" in guide


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("My landlord kept the deposit. Can I sue him?", "legal"),
        ("Mein Vermieter will kündigen. Brauche ich einen Anwalt?", "legal"),
        ("Donne-moi une recette de gâteau au chocolat", "food"),
        ("¿Qué síntomas tiene la diabetes?", "medicine"),
        ("Come si pota un ulivo?", "farming"),
        ("用Python写一个爬虫", "software"),
        ("```\nx = 1\n```\nWhat does this do?", "software"),
        ("What is 17 * 23?", "mathematical"),
        ("Напиши рассказ о море", "writing"),
    ],
)
def test_groups(prompt: str, expected: str) -> None:
    assert expected in groups(prompt)


def test_a_prompt_may_belong_to_several_groups_or_none() -> None:
    both = "Write a contract clause in Python source code for a lawsuit simulator"
    assert groups(both) >= {"legal", "software"}
    assert groups("Hi there!") == set()
    assert groups("") == set()


def test_the_words_that_decided_are_told() -> None:
    because = classify(["Is a verbal agreement binding? Ask my lawyer."])["legal"]
    assert {"verbal agreement", "binding", "lawyer*"} <= set(because)


def test_case_accents_and_signs_do_not_matter() -> None:
    assert groups("MY LAWYER!") == groups("my, lawyer") == {"legal"}
    assert groups("Le medecin") == groups("Le médecin") == {"medicine"}


def test_a_long_text_needs_more_than_a_passing_word() -> None:
    assert "legal" in groups("Ask my lawyer.")
    assert "legal" not in groups("Ask my lawyer. " + "Nothing of note was said here. " * 60)
