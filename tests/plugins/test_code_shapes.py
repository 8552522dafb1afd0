"""Every shape in which models hand in a program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.code_arena import answer_now, prompt
from polyarena import Finish

RESULTS = Path(__file__).parents[3] / "shared" / "data" / "llmfao_results.jsonl"
LEAP_YEARS, FIBONACCI = 1, 3


class Shape(NamedTuple):
    what: str
    language: str
    asked: str
    answer: str
    files: dict[str, str]


def shapes() -> list[Shape]:
    """The shapes of the table beside this file.

    Each is a line `===== what | language | language that is asked for`, the answer, and for each
    file that is to be run a line `----- name` and its text.
    """
    table = Path(__file__).with_name("code_shapes.txt").read_text("utf-8")
    found = []
    for entry in table.removeprefix("===== ").removesuffix("\n").split("\n===== "):
        head, _, rest = entry.partition("\n")
        what, language, asked = [*head.split(" | "), "auto"][:3]
        answer, *files = rest.split("\n----- ")
        texts = dict(each.split("\n", 1) for each in files)
        found.append(Shape(what, language, asked, answer, texts))
    return found


SHAPES = shapes()


def test_the_table_is_long() -> None:
    assert len(SHAPES) >= 40


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.what)
def test_a_program_is_found(shape: Shape) -> None:
    answered = answer_now(shape.answer, prompt(language=shape.asked))
    assert answered.job is not None
    assert answered.job.language == shape.language
    assert answered.files == shape.files
    assert answered.job.main in shape.files
    assert answered.notes == []


@pytest.mark.parametrize(
    ("files", "main"),
    [
        (("helper.py", "main.py", "other.py"), "main.py"),
        (("a.py", "app.py"), "app.py"),
        (("a.py", "b.py"), "b.py"),
        (("one.rs", "two.rs"), "two.rs"),
    ],
)
def test_the_main_file_is_told_by_its_name_or_comes_last(files: tuple[str, ...], main: str) -> None:
    answered = answer_now("\n\n".join(f"**{name}**\n```\nlet mut x = 1\n```" for name in files))
    assert answered.job is not None
    assert answered.job.main == main


def test_the_main_file_is_the_one_that_starts() -> None:
    text = "**a.cpp**\n```cpp\nint main() {}\n```\n**b.cpp**\n```cpp\nint f();\n```"
    job = answer_now(text).job
    assert job is not None
    assert job.main == "a.cpp"


@pytest.mark.parametrize(
    "said",
    [
        "I cannot help with that.",
        "The answer is 42. It takes O(n) time, as you see: f(n) = n.",
        "```\nJust some words in a fence.\n```",
        '```json\n{"a": 1}\n```',
        "Run it:\n```bash\npip install numpy\npython main.py\n```",
        "Output:\n```\n1 2 3\n```",
        "import taxes are high, and from where I stand this will not change.",
        "    An indented paragraph of words, as in a letter.",
        "```python\n```",
        "1. Select one item from the list; then insert into the oven.",
    ],
)
def test_where_there_is_no_program_that_is_said(said: str) -> None:
    answered = answer_now(said)
    assert answered.job is None
    assert answered.execution is None
    assert answered.notes == ["*Nothing was run: there is no program in this answer.*"]


def test_lines_that_end_as_on_windows() -> None:
    answered = answer_now("```python\r\nprint(1)\r\nprint(2)\r\n```\r\n")
    assert answered.files == {"main.py": "print(1)\nprint(2)"}


def test_a_language_that_cannot_be_run_is_named() -> None:
    answered = answer_now("```haskell\nmain = print 1\n```")
    assert answered.job is None
    assert "haskell is not among the languages" in answered.notes[0]


def test_what_can_be_run_comes_before_what_cannot() -> None:
    answered = answer_now("```haskell\nmain = print 1\n-- and more\n```\n```c\nint main() {}\n```")
    assert answered.job is not None
    assert answered.job.language == "c"


LINES = st.sampled_from(
    [
        "```", "```python", "````", "~~~", "```js title=a.js", "**main.py**", "# x.py", "    deep",
        "def f():", "print(1)", "    return 1", "The words of it.", "", "> ```", "1. ```c", "$ ls",
        "```markdown", "[PYTHON]", "[/PYTHON]", '"""', "SELECT 1 FROM t;", ">>> x", "`", "```</s>",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30).map("\n".join) | st.text(max_size=300))
def test_any_answer_is_read(said: str) -> None:
    answered = answer_now(said)
    assert not answered.events or isinstance(answered.events[-1], Finish)
    if answered.job:
        assert answered.job.main in answered.files
        assert not any(name.startswith("/") or ".." in name.split("/") for name in answered.files)


@pytest.mark.parametrize(
    "piece",
    [
        "`", "```", "```\n", "```python\n", "~~~\n", "> ", "\n", " ", "\t", "*", "a.b/", "(", "#",
        "**a.py**\n```\n", "x = 1\n", "def f():\n", "    x\n\n", '"""\n', "import ", "A word.\n",
        "```python\ndef f():\n    g()\n```\n", "print(", "SELECT ", "1. ", "- ```\n", ">>> x\n",
        "a -> b ", "const x = ", "std::", "The words go on and on ",
    ],
)  # fmt: skip
def test_odd_answers_of_the_greatest_length_are_read(piece: str) -> None:
    assert answer_now(piece * (200_000 // len(piece))).events


def real_answers() -> list[tuple[str, str]]:
    with RESULTS.open() as lines:
        rows = [json.loads(line) for line in lines]
    return [
        (row["name"], row["result"]) for row in rows if row["prompt"] in (LEAP_YEARS, FIBONACCI)
    ]


@pytest.mark.skipif(not RESULTS.exists(), reason="needs ../shared/data/llmfao_results.jsonl")
def test_programs_are_found_in_real_answers() -> None:
    answers = [(name, said) for name, said in real_answers() if "def " in said]
    assert len(answers) > 100
    asked = prompt("Write a Python function.")
    missed = [name for name, said in answers if answer_now(said, asked).job is None]
    assert len(missed) <= len(answers) / 20, missed


@pytest.mark.skipif(not RESULTS.exists(), reason="needs ../shared/data/llmfao_results.jsonl")
def test_what_is_found_in_real_fences_is_python() -> None:
    answers = [said for _, said in real_answers() if said.count("```") == 2 and "```python" in said]
    assert len(answers) > 15
    for said in answers:
        fence = said.replace("\r", "").split("```python\n")[1].split("```")[0].rstrip()
        assert answer_now(said).files == {"main.py": fence}
