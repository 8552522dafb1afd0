from __future__ import annotations

import pytest

from polyarena import Answer, Arena, FinishedBattle, Prompt, Text
from polyarena.testing import check_arena
from polyarena_text.plugin import polyarena_register_arenas


def arena() -> Arena:
    (made,) = polyarena_register_arenas({})
    return made


def battle(*turns: tuple[str, str, str]) -> FinishedBattle:
    return FinishedBattle(
        arena="text",
        prompts=tuple(Prompt.of(prompt) for prompt, _, _ in turns),
        answers=tuple(
            (Answer(parts=(Text(text=a),)), Answer(parts=(Text(text=b),))) for _, a, b in turns
        ),
    )


def categories(*prompts: str) -> frozenset[str]:
    return arena().categories(battle(*((prompt, "a", "b") for prompt in prompts)))


def measures(answer: str) -> dict[str, float]:
    return {name: left for name, (left, _) in arena().features(battle(("Hi", answer, "b"))).items()}


def test_it_conforms() -> None:
    assert check_arena(arena()) == []


def test_starters_are_many_and_differ() -> None:
    starters = arena().manifest.starters
    assert 6 <= len(starters) <= 8
    assert len({starter.title for starter in starters}) == len(starters)
    assert all(20 < len(starter.prompt) < 600 for starter in starters)


@pytest.mark.parametrize(
    "prompt",
    [
        "Explain what this does:\n```\nx = [i for i in y]\n```",
        "Write a function that reverses a list",
        "How do I centre a div with CSS?",
        "Give me a regex for e-mail addresses",
        "def f(x):\n    return x + 1",
        "Why does SELECT name FROM users run slowly?",
        "Sort a dictionary in Python",
        "Traceback (most recent call last)",
        "Rust programs that read a file",
        "What does `console.log(this)` print?",
        "#include <stdio.h>",
        "Debug my sorting algorithm",
        "Write me a python sorting script",
    ],
)
def test_coding(prompt: str) -> None:
    assert "coding" in categories(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "What do pythons eat?",
        "Which coffee is grown on Java?",
        "What is the function of the liver?",
        "What is the dress code at a gallery opening?",
        "Write a script for a short film",
        "Design a training program for runners",
        "Who wrote the tango in the film?",
        "How do I remove rust from iron?",
        "Write a letter to my class",
    ],
)
def test_not_coding(prompt: str) -> None:
    assert "coding" not in categories(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "What is 17 * 23?",
        "Solve for x: 2x + 3 = 11",
        "Prove that there are infinitely many prime numbers",
        r"Evaluate $\int_0^1 x^2 dx$",
        "What is the derivative of sin x?",
        "What is the probability of two sixes?",
        "What is 15% of 80?",
        "How many different ways can I seat five people?",
        "x^2 = 4",
    ],
)
def test_math(prompt: str) -> None:
    assert "math" in categories(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "It costs $5 here and $10 there",
        "I bought a 2x4 and a 3/4 inch screw on 2024-01-05",
        "Explain credit derivatives and integrals of trade",
        "Write a haiku about spring",
        "```python\nx = 2 * 3\n```",
        "Is C++17 better than C++14?",
        "Call +49 30 1234 on May 5",
    ],
)
def test_not_math(prompt: str) -> None:
    assert "math" not in categories(prompt)


@pytest.mark.parametrize(
    ("prompt", "holds"),
    [
        ("Напиши письмо", True),
        ("日本の秋について", True),
        ("اكتب رسالة", True),
        ("नमस्ते दुनिया", True),
        ("Write a letter", False),
        ("Écris une lettre à ma grand-mère", False),
        ("Viết một lá thư", False),
        ("What does the word 猫 mean?", False),
        ("Prove that α + β = γ", False),
        ("1234 !?", False),
        ("", False),
    ],
)
def test_non_latin(prompt: str, holds: bool) -> None:
    assert ("non-latin" in categories(prompt)) is holds


def test_long_and_multi_turn() -> None:
    assert "long" not in categories("word " * 100)
    assert "long" in categories("word " * 500)
    assert categories("Hello", "Hm?") == {"multi-turn"}


def test_every_category_found_is_in_the_manifest() -> None:
    known = {category.id for category in arena().manifest.categories}
    prompt = "Напиши стих: x^2 = 4, exactly 5 lines " + "слово " * 800 + "\n```\nx\n```"
    found = categories(prompt, "Ещё")
    assert found <= known
    assert found >= {"coding", "math", "creative", "instructions", "long", "multi-turn"}
    assert found >= {"non-latin", "russian", "hard", "software", "mathematical"}


@pytest.mark.parametrize(
    "prompt",
    [
        "\n" * 100_000,
        " " * 100_000,
        "`" * 100_000,
        "def a" * 20_000,
        "1" * 100_000,
        "SELECT " * 9999,
    ],
)
def test_odd_prompts_of_the_greatest_length_are_read(prompt: str) -> None:
    assert categories(prompt) <= {category.id for category in arena().manifest.categories}


@pytest.mark.parametrize(
    ("prompt", "language"),
    [
        ("What should I cook tonight?", "english"),
        ("Wie bekomme ich Rotweinflecken aus einem Hemd?", "german"),
        ("Comment réparer une fenêtre qui ferme mal ?", "french"),
        ("¿Cómo puedo aprender a tocar la guitarra?", "spanish"),
        ("Come posso imparare a suonare la chitarra?", "italian"),
        ("Como posso aprender a tocar violão em casa?", "portuguese"),
        ("Hoe kan ik thuis gitaar leren spelen?", "dutch"),
        ("Jak mogę nauczyć się grać na gitarze?", "polish"),
        ("Как научиться играть на гитаре?", "russian"),
        ("怎么学吉他？", "chinese"),
        ("ギターの弾き方を教えて", "japanese"),
        ("기타를 어떻게 배우나요?", "korean"),
    ],
)
def test_language(prompt: str, language: str) -> None:
    groups = {one.id: one.group for one in arena().manifest.categories}
    found = {name for name in categories(prompt) if groups[name] == "Language"}
    assert found == {language}


@pytest.mark.parametrize("prompt", ["Hi", "1234 !?", "x = 3", "Qapla' batlh je", ""])
def test_too_little_to_tell_a_language(prompt: str) -> None:
    groups = {one.id: one.group for one in arena().manifest.categories}
    assert not {name for name in categories(prompt) if groups[name] == "Language"}


@pytest.mark.parametrize(
    ("prompt", "holds"),
    [
        ("Write a short poem about the sea", True),
        ("Schreibe ein Gedicht über den Herbst", True),
        ("Écris une chanson pour ma sœur", True),
        ("用李白的风格写一首关于咖啡的诗", True),
        ("Write an email to my boss", False),
        ("Who wrote this poem?", False),
        ("What is a story point?", False),
    ],
)
def test_creative_writing(prompt: str, holds: bool) -> None:
    assert ("creative" in categories(prompt)) is holds


@pytest.mark.parametrize(
    ("prompt", "holds"),
    [
        ("Answer in exactly three sentences.", True),
        ("List five fruits as JSON, nothing else", True),
        ("Describe rain in at most 20 words and do not use the word wet", True),
        ("Erkläre das in höchstens zehn Sätzen, never mind", True),
        ("Explain rain", False),
        ("Give me a recipe, step by step", False),
    ],
)
def test_instruction_following(prompt: str, holds: bool) -> None:
    assert ("instructions" in categories(prompt)) is holds


def test_hard_prompts() -> None:
    hard = (
        "Design a rate limiter for an API in Go that allows 100 requests per second for each of "
        "5000 customers. Compare a token bucket with a sliding window, estimate the memory each "
        "needs at 20 ms resolution, and justify your choice. Answer in at most 300 words."
    )
    assert "hard" in categories(hard)
    assert "hard" not in categories("What is a rate limiter?")
    assert "hard" not in categories("word " * 2000)


def test_style_of_an_answer() -> None:
    answer = "# Title\n\n**Bold** and __strong__\n\n- one\n* two\n1. three\n2) four\n\n## End"
    assert measures(answer) == {
        "length": 11.0,
        "headers": 2.0,
        "lists": 4.0,
        "bold": 2.0,
        "code_blocks": 0.0,
    }


def test_code_blocks_hide_what_looks_like_markdown() -> None:
    answer = "Run:\n\n```sh\n# not a header\n- no item\n**x**\n```\n\n~~~\n```\n# nor this\n"
    measured = measures(answer)
    assert measured["code_blocks"] == 2
    assert (measured["headers"], measured["lists"], measured["bold"]) == (0, 0, 0)


def test_inline_code_is_no_code_block() -> None:
    assert measures("```x``` is **y**") == measures("`x` is **y**")


def test_style_is_summed_over_turns_and_kept_by_side() -> None:
    features = arena().features(battle(("Hi", "# a b", "c"), ("More", "**d**", "e f 漢字")))
    assert features["length"] == (3.0, 5.0)
    assert features["headers"] == (1.0, 0.0)
    assert features["bold"] == (1.0, 0.0)


def test_a_battle_without_turns_has_no_style() -> None:
    assert set(arena().features(battle()).values()) == {(0.0, 0.0)}
