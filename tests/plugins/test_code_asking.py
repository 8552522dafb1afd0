"""What the models of the code arena are told."""

from __future__ import annotations

import hashlib

import pytest

from kit.code_arena import answer, arena, prompt
from polyarena import (
    Execution,
    ExecutionStep,
    File,
    Image,
    Message,
    Model,
    Prompt,
    Text,
    Turn,
)
from polyarena.sandbox import Outcome
from polyarena.testing import job_result, step_result
from polyarena_code.languages import LANGUAGES
from polyarena_sandbox.recipes import RECIPES

pytestmark = pytest.mark.anyio

ONE = "```python\nprint(1)\n```"
MODEL = Model(name="Sample", provider="none")
PICTURE = Image(artifact="a" * 64, media_type="image/png", width=3, height=2, filename="photo.png")


async def messages(asked: Prompt, *history: Message, model: Model = MODEL) -> list[Message]:
    return list((await arena().prepare(Turn("code", history, asked), model)).messages)


def stored(name: str, data: bytes) -> tuple[File, bytes]:
    return File(artifact=hashlib.sha256(data).hexdigest(), filename=name, size=len(data)), data


async def test_the_languages_and_how_to_hand_in_are_told_apart_from_the_prompt() -> None:
    system, asked = await messages(prompt("Add two numbers."))
    assert system.role == "system"
    assert "fenced code block" in system.text
    for language in LANGUAGES.values():
        assert language.title in system.text
    assert "numpy" in system.text
    assert (asked.role, asked.text) == ("user", "Add two numbers.")


def test_the_languages_are_those_of_the_sandbox_that_comes_along() -> None:
    assert {each.id: each.libraries for each in LANGUAGES.values()} == {
        id: recipe.language.libraries for id, recipe in RECIPES.items()
    }
    for language in LANGUAGES.values():
        recipe = RECIPES[language.id].language
        assert language.main == recipe.main
        assert language.extensions[0] in recipe.extensions


async def test_a_models_own_system_prompt_comes_first_and_is_all_that_differs() -> None:
    own = Model(name="Other", provider="none", system="Be brief.")
    one, two = await messages(prompt()), await messages(prompt(), model=own)
    assert two[0].text == f"Be brief.\n\n{one[0].text}"
    assert two[1:] == one[1:]


async def test_everything_else_of_a_prompt_is_put_into_words() -> None:
    data, _ = stored("data.csv", b"x\n")
    asked = prompt(
        "Add.", data, PICTURE, language="cpp", stdin="3 4 ```", tests="1 1 -> 2\n2 2 -> 4"
    )
    (_, user) = await messages(asked)
    assert all(isinstance(part, Text) for part in user.parts)
    for wanted in (
        "Write it in C++.",
        "3 4 ```",
        "Standard input:\n```\n1 1\n```\nmust print:\n```\n2\n```",
        "data.csv (2 bytes)",
        "photo.png (a picture, 3 by 2)",
    ):
        assert wanted in user.text


async def test_an_automatic_language_is_not_told() -> None:
    assert (await messages(prompt("Add.", language="auto")))[1].text == "Add."


async def test_a_file_for_pytest_is_shown_with_the_name_that_it_wants() -> None:
    tests = "from median import median\n\ndef test_odd():\n    assert median([1]) == 1"
    _, user = await messages(prompt("Write a median.", tests=tests))
    assert "saved as median.py" in user.text
    assert tests in user.text


async def test_the_beginnings_of_uploads_that_are_text_are_shown() -> None:
    table = stored("data.csv", b"day,rain\n1,3\n" * 500)
    binary = stored("data.bin", b"\xff\x00\xfe")
    asked = prompt("Plot it.", table[0], binary[0])
    (*_, user) = (await answer(ONE, asked, stored=[table, binary])).asked
    assert "data.csv:\n```\nday,rain\n1,3" in user.text
    assert "data.bin:\n" not in user.text
    assert len(user.text) < 3000


async def test_what_the_program_did_is_told_in_the_next_turn() -> None:
    failing = job_result(
        step_result(stdout="almost", stderr="ZeroDivisionError", outcome=Outcome.FAILED)
    )
    first = prompt("Divide.")
    before = await answer(ONE, first, failing)
    history = (
        Message(role="user", parts=first.parts),
        Message(role="assistant", parts=before.parts),
    )
    _, asked, said, now = await messages(prompt("Fix it."), *history)
    assert (asked.text, said.text) == ("Divide.", ONE)
    assert {part.type for part in (*said.parts, *now.parts)} == {"text"}
    report, fix = now.parts
    assert isinstance(report, Text)
    for wanted in ("it failed", "exit code 1", "almost", "ZeroDivisionError"):
        assert wanted in report.text
    assert fix == Text(text="Fix it.")


async def test_tests_that_failed_are_told_and_long_output_is_cut() -> None:
    steps = tuple(
        ExecutionStep(
            name=f"test {n}",
            outcome="ok",
            stdout="y" * 9000,
            seconds=1,
            cpu_seconds=1,
            memory=1,
            stdin=f"in{n}",
            expected=f"out{n}",
            passed=n == 1,
        )
        for n in (1, 2, 3)
    )
    part = Execution(language="python", outcome="ok", steps=steps)
    history = (
        Message(role="user", parts=prompt().parts),
        Message(role="assistant", parts=(Text(text=ONE), part)),
    )
    (*_, now) = await messages(prompt("Fix it."), *history)
    assert "1 of 3 tests passed." in now.text
    assert "in2" in now.text
    assert "out3" in now.text
    assert "in1" not in now.text
    assert len(now.text) < 6000


async def test_that_nothing_was_run_is_told_too_but_not_as_the_models_words() -> None:
    before = await answer("I will not.", prompt())
    history = (
        Message(role="user", parts=prompt().parts),
        Message(role="assistant", parts=before.parts),
    )
    _, _, said, now = await messages(prompt("Do."), *history)
    assert said.text == "I will not."
    assert "Nothing was run" in now.text


async def test_a_later_prompt_keeps_input_tests_and_files_of_the_first() -> None:
    data = stored("data.csv", b"x\n")
    first = prompt("Add.", data[0], stdin="3 4", tests="1 1 -> 2", language="python")
    history = (
        Message(role="user", parts=first.parts),
        Message(role="assistant", parts=(Text(text=ONE),)),
    )
    both = "```python\nprint(1)\n```\n```rust\nfn main() {}\n```"
    again = await answer(both, prompt("Faster."), history=history, stored=[data])
    assert again.job is not None
    assert [each.stdin for each in again.job.steps] == [b"3 4\n", b"1 1\n"]
    assert set(again.files) == {"data.csv", "main.py"}
    assert again.job.language == "python"
    other = await answer(both, prompt("Now in Rust."), history=history, stored=[data])
    assert other.job is not None
    assert other.job.language == "rust"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Write a Python script.", "python"),
        ("Write it in C.", "c"),
        ("Write a C program.", "c"),
        ("Use C++17, please.", "cpp"),
        ("A JavaScript function", "javascript"),
        ("A Java class", "java"),
        ("Do it in Go.", "go"),
        ("Translate this Python to Rust", "rust"),
        ("A bash one-liner", "bash"),
        ("an SQL query", "sql"),
    ],
)
async def test_the_language_that_the_words_name_is_taken(words: str, language: str) -> None:
    fences = [
        "```" + "\n```\n\n```".join(f"{each}\n1\n2" for each in LANGUAGES) + "\n```",
        f"```{language}\n1\n```",
    ]
    job = (await answer("\n\n".join(fences), prompt(words))).job
    assert job is not None
    assert job.language == language


@pytest.mark.parametrize("words", ["Let us go in.", "Is it C-shaped?", "Python or Rust?", "Add."])
async def test_words_that_name_no_single_language_leave_it_open(words: str) -> None:
    fences = "```c\nint main() {}\n```\n```bash\necho 1 2\nls *\nfor f in *; do\ndone\n```"
    job = (await answer(fences, prompt(words))).job
    assert job is not None
    assert job.language == "bash"


def test_any_model_of_text_can_take_part() -> None:
    data, _ = stored("data.csv", b"x")
    assert arena().supports(MODEL, prompt("Add.", data, PICTURE, stdin="1"))
    deaf = Model(name="Sample", provider="none", capabilities=frozenset({"image"}))
    assert not arena().supports(deaf, prompt())
