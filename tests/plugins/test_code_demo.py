"""The demo models write programs in the code arena, some better than others."""

from __future__ import annotations

from itertools import combinations

import pytest

from kit.code_arena import answer, arena, prompt
from polyarena import Delta, Finish, Message, Model, Prompt, Starter, Text, Turn
from polyarena_code.languages import LANGUAGES
from polyarena_demo.plugin import polyarena_register_providers

pytestmark = pytest.mark.anyio

DEMO, _ = polyarena_register_providers({"pace": 0})
MODELS = {model.config["persona"]: model for model in DEMO.models()}
STARTERS = {starter.title: starter for starter in arena().manifest.starters}
ASKED_IN = {
    "Plot random walks (Python)": "python",
    "Add huge numbers (C++)": "cpp",
    "Count words (JavaScript)": "javascript",
    "Report sales (SQL)": "sql",
    "Summarise logs (Bash)": "bash",
    "Solve eight queens (Go)": "go",
    "Debug a median (Python)": "python",
    "Simulate a queue (Rust)": "rust",
}


def asked_with(starter: Starter) -> Prompt:
    return prompt(starter.prompt, **starter.inputs)


async def said(model: Model, asked: Prompt, *history: Message) -> str:
    request = await arena().prepare(Turn("code", history, asked), model)
    events = [event async for event in DEMO.stream(model, request)]
    assert isinstance(events[-1], Finish)
    return "".join(event.text for event in events if isinstance(event, Delta))


async def program(persona: str, asked: Prompt, *history: Message) -> tuple[str, str]:
    answered = await answer(await said(MODELS[persona], asked, *history), asked)
    assert answered.job is not None
    return answered.job.language, answered.files[answered.job.main]


@pytest.mark.parametrize("title", STARTERS)
async def test_every_model_writes_a_program_for_every_starter(title: str) -> None:
    asked = asked_with(STARTERS[title])
    texts = {}
    for persona, model in MODELS.items():
        texts[persona] = await said(model, asked)
        assert model.name.lower() not in texts[persona].lower()
        assert (await program(persona, asked))[0] == ASKED_IN[title]
    for one, other in combinations(texts.values(), 2):
        assert one != other
    good, plain, flawed = [(await program(p, asked))[1] for p in ("professor", "lister", "poet")]
    assert len({good, plain, flawed}) == 3


async def test_one_draws_the_plot_and_another_forgets_to() -> None:
    asked = asked_with(STARTERS["Plot random walks (Python)"])
    assert 'savefig("walks.png"' in (await program("coder", asked))[1]
    assert "savefig" not in (await program("poet", asked))[1]


async def test_one_adds_huge_numbers_and_another_only_large_ones() -> None:
    asked = asked_with(STARTERS["Add huge numbers (C++)"])
    assert "carry" in (await program("coder", asked))[1]
    assert "unsigned long long a, b" in (await program("poet", asked))[1]


@pytest.mark.parametrize(("persona", "failed"), [("coder", 0), ("lister", 1), ("contrarian", 2)])
async def test_they_pass_more_or_fewer_tests(persona: str, failed: int) -> None:
    asked = asked_with(STARTERS["Debug a median (Python)"])
    _, code = await program(persona, asked)
    scope: dict[str, object] = {}
    exec(compile(code, "median.py", "exec"), scope)
    tests = asked_with(STARTERS["Debug a median (Python)"]).parts[-1]
    source = tests.text.replace("from median import median\n", "")  # type: ignore[union-attr]
    exec(compile(source, "test_median.py", "exec"), scope)
    faults = 0
    for name in [name for name in scope if name.startswith("test_")]:
        try:
            scope[name]()  # type: ignore[operator]
        except (AssertionError, IndexError):
            faults += 1
    assert faults == failed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("persona", ["coder", "poet"])
async def test_for_other_tasks_they_write_in_the_language_that_is_asked_for(
    persona: str, language: str
) -> None:
    asked = prompt("Compare apples, pears and plums.", language=language)
    written, code = await program(persona, asked)
    assert written == language
    assert "pears" in code


async def test_python_that_they_make_up_runs(capsys: pytest.CaptureFixture[str]) -> None:
    asked = prompt("Compare apples, pears and plums.")
    for persona in MODELS:
        _, code = await program(persona, asked)
        exec(compile(code, "main.py", "exec"), {})
        assert "total" in capsys.readouterr().out


async def test_a_plot_is_drawn_where_one_is_asked_for() -> None:
    _, code = await program("coder", prompt("Plot apples against pears."))
    assert "savefig" in code
    compile(code, "main.py", "exec")


async def test_asked_again_they_do_better() -> None:
    first = asked_with(STARTERS["Add huge numbers (C++)"])
    text = await said(MODELS["poet"], first)
    history = (
        Message(role="user", parts=first.parts),
        Message(role="assistant", parts=(Text(text=text),)),
    )
    language, code = await program("poet", prompt("Some tests fail; fix it."), *history)
    assert language == "cpp"
    assert "unsigned long long" not in code
