"""Evidence, measures of style and categories of battles of apps."""

from __future__ import annotations

import pytest

from kit.webdev_arena import arena, battle, prompt
from polyarena import App, Code, Image, Part, Prompt, Text

BUILT = App(
    kind="React",
    bundle="a" * 64,
    files=3,
    bytes=1000,
    figures={"errors": 0, "accessibility": 2, "first_paint_ms": 40, "blank": 0, "stuck": 0},
    libraries=("react", "d3"),
)
FAULTY = App(kind="HTML", bundle="b" * 64, files=1, bytes=9, figures={"errors": 3, "blank": 1})
UNBUILT = App(kind="React", problems=("No.",), figures={"missing": 1})
FILES = (Code(text="é" * 10, filename="App.tsx"), Code(text="a{}", filename="a.css"))
SAID = Text(text="Here.")


def found(left: Part | None, right: Part | None) -> dict[str, tuple[object, object]]:
    one, two = ((SAID, part) if part else (SAID,) for part in (left, right))
    return dict(arena().evidence(battle((prompt(), one, two))))


def test_what_was_found_out_is_kept_by_side() -> None:
    evidence = found(BUILT, FAULTY)
    assert evidence["built"] == (True, True)
    assert evidence["clean"] == (True, False)
    assert evidence["blank"] == (False, True)
    assert evidence["kind"] == ("react", "html")
    assert evidence["bundle"] == ("a" * 64, "b" * 64)
    assert (evidence["files"], evidence["bytes"]) == ((3, 1), (1000, 9))
    assert evidence["accessibility"] == (2, None)


def test_what_was_not_built_has_nothing_else() -> None:
    evidence = found(UNBUILT, None)
    assert evidence["built"] == (False, False)
    assert evidence["missing"] == (1, None)
    assert evidence["kind"] == ("react", None)
    assert evidence["clean"] == evidence["bundle"] == evidence["accessibility"] == (None, None)


def test_the_last_turn_with_an_app_counts() -> None:
    turns = battle(
        (prompt(), (UNBUILT,), (UNBUILT,)),
        (prompt(), (BUILT,), (UNBUILT,)),
        (prompt(), (SAID,), (SAID,)),
    )
    assert arena().evidence(turns)["built"] == (True, False)


def test_every_column_is_made_of_evidence() -> None:
    assert {column.id for column in arena().manifest.columns} <= found(BUILT, FAULTY).keys()


def test_measures_of_style_are_of_what_the_model_wrote() -> None:
    measured = arena().features(battle((prompt(), (SAID, BUILT, *FILES), (SAID,))))
    assert measured == {"files": (2, 0), "bytes": (23, 0), "libraries": (2, 0)}
    assert arena().features(battle()) == dict.fromkeys(measured, (0, 0))


TASKS = {
    "Build a landing page for a bakery with testimonials": "website",
    "A snake game with a score": "game",
    "Visualise this dataset as a heatmap and a bar chart": "data-visualisation",
    "A kanban board and a to-do list": "tool",
    "Simulate boids flocking in 3D with three.js": "three-d",
    "Say hello": "",
}


@pytest.mark.parametrize("text", TASKS)
def test_tasks_are_told_by_the_words_of_the_first_prompt(text: str) -> None:
    found = arena().categories(battle((prompt(text), (SAID,), (SAID,))))
    assert found == ({TASKS[text]} if TASKS[text] else set())


def test_the_kind_is_what_both_are_of_or_what_was_asked_for() -> None:
    asked = prompt("Hello", kind="vue")
    assert arena().categories(battle((asked, (BUILT,), (UNBUILT,)))) == {"react"}
    assert arena().categories(battle((asked, (BUILT,), (FAULTY,)))) == {"vue"}
    assert arena().categories(battle((prompt("Hello"), (BUILT,), (FAULTY,)))) == set()


def test_clones_and_threads() -> None:
    picture = Image(artifact="a" * 64, media_type="image/png", width=9, height=9)
    asked = Prompt(parts=(Text(text="Hello"), picture))
    once = battle((asked, (SAID,), (SAID,)))
    assert arena().categories(once) == {"clone"}
    twice = battle((asked, (SAID,), (SAID,)), (prompt("Hi"), (SAID,), (SAID,)))
    assert arena().categories(twice) == {"clone", "multi-turn"}


def test_every_starter_is_a_task_or_says_a_kind() -> None:
    known = {category.id for category in arena().manifest.categories}
    for starter in arena().manifest.starters:
        asked = prompt(starter.prompt, **starter.inputs)
        assert arena().categories(battle((asked, (SAID,), (SAID,)))) <= known
        assert arena().categories(battle((asked, (SAID,), (SAID,))))
