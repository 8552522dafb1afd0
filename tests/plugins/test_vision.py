from __future__ import annotations

import pytest

from polyarena import Answer, Arena, FinishedBattle, Image, Part, Prompt, Text
from polyarena.testing import check_arena
from polyarena_vision.plugin import polyarena_register_arenas

PICTURE = Image(artifact="a" * 64, media_type="image/png", width=4, height=3)


def arena() -> Arena:
    (made,) = polyarena_register_arenas()
    return made


def categories(*prompts: str, pictures: int = 1) -> frozenset[str]:
    shown: tuple[Part, ...] = (PICTURE,) * pictures
    asked = [Prompt(parts=(Text(text=prompt),)) for prompt in prompts]
    asked[0] = Prompt(parts=(*shown, *asked[0].parts))
    answers = tuple((Answer(parts=(Text(text="a"),)),) * 2 for _ in prompts)
    return arena().categories(FinishedBattle("vision", tuple(asked), answers))


def test_it_conforms() -> None:
    assert check_arena(arena()) == []


@pytest.mark.parametrize(
    ("prompt", "due"),
    [
        ("What does this receipt say?", "document"),
        ("Transcribe the handwriting", "document"),
        ("Which bar of the chart is highest?", "chart"),
        ("Explain this circuit diagram", "chart"),
        ("Solve exercise 3 and show each step", "homework"),
        ("Find the angle", "homework"),
        ("Which bird is on this photo?", "photo"),
        ("Where was this taken?", "photo"),
        ("Describe the picture", "captioning"),
        ("Write alt text for it", "captioning"),
        ("Why is this meme funny?", "humour"),
        ("How many cats are left of the tree?", "spatial"),
        ("Was ist auf dem Bild und wie viele Leute sind da?", "non-english"),
        ("この絵には何がありますか", "non-english"),
        ("¿Qué hay en esta imagen?", "non-english"),
    ],
)
def test_kinds_of_questions(prompt: str, due: str) -> None:
    assert due in categories(prompt)


@pytest.mark.parametrize(
    "prompt", ["Is it blue?", "Name every thing.", "Hm", "Count red shapes only, please"]
)
def test_what_cannot_be_told_is_not(prompt: str) -> None:
    assert categories(prompt) <= {"spatial"}


def test_numbers_of_pictures_and_turns() -> None:
    assert categories("Hm") == frozenset()
    assert categories("Hm", pictures=2) == {"multi-image"}
    assert categories("Hm", "Hm") == {"multi-turn"}


def test_style_is_measured_as_in_the_text_arena() -> None:
    left, right = "# A\n\n- **b** c", "d"
    battle = FinishedBattle(
        "vision",
        (Prompt.of("Hi"),),
        ((Answer(parts=(Text(text=left),)), Answer(parts=(Text(text=right),))),),
    )
    assert arena().features(battle) == {
        "length": (3, 1),
        "headers": (1, 0),
        "lists": (1, 0),
        "bold": (1, 0),
        "code_blocks": (0, 0),
    }
