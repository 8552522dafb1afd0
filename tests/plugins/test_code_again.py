"""Running a program of the code arena again, as the voter changed it."""

from __future__ import annotations

import hashlib

import pytest

from kit.code_arena import arena, prompt
from polyarena import (
    Action,
    BadRequest,
    Code,
    Execution,
    File,
    Finish,
    Part,
    Prompt,
    SandboxUnavailable,
    Text,
    Turn,
)
from polyarena.sandbox import Job
from polyarena.testing import FakeSandbox, ScriptedModel, ScriptedRun, job_result, step_result

pytestmark = pytest.mark.anyio

ANSWER: tuple[Part, ...] = (
    Text(text="See below."),
    Code(text="import helper", language="python", filename="main.py"),
    Code(text="x = 1", language="python", filename="helper.py"),
)


def turn(asked: Prompt) -> Turn:
    return Turn("code", (), asked)


async def again(
    values: dict[str, str], asked: Prompt | None = None, parts: tuple[Part, ...] = ANSWER
) -> tuple[Job, Execution]:
    data = b"a,b\n"
    sandbox = FakeSandbox(job_result(step_result(stdout="again")))
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), sandbox)
    run.kept[hashlib.sha256(data).hexdigest()] = data
    action = Action("run", values, "a", turn(asked or prompt(stdin="1")), parts)
    (execution,) = await arena().act(action, run)
    assert isinstance(execution, Execution)
    return sandbox.jobs[0][0], execution


def texts(job: Job) -> dict[str, str]:
    return {each.name: each.data.decode().removesuffix("\n") for each in job.files}


async def test_it_runs_as_it_was_and_is_marked_as_the_voters_own() -> None:
    job, execution = await again({})
    assert execution.own
    assert execution.steps[0].stdout == "again"
    assert texts(job) == {"main.py": "import helper", "helper.py": "x = 1"}
    assert job.main == "main.py"
    assert job.steps[0].stdin == b"1\n"


async def test_another_input() -> None:
    job, execution = await again({"stdin": "2\r\n3"})
    assert job.steps[0].stdin == b"2\n3\n"
    assert execution.steps[0].stdin == "2\n3"
    assert (await again({"stdin": ""}))[0].steps[0].stdin == b""


async def test_edited_code_of_the_main_file_or_another() -> None:
    assert texts((await again({"code": "print(2)"}))[0])["main.py"] == "print(2)"
    job, _ = await again({"main": "helper.py", "code-2": "x = 2\r\ny = 3"})
    assert job.main == "helper.py"
    assert texts(job) == {"main.py": "import helper", "helper.py": "x = 2\ny = 3"}


def test_the_form_holds_the_input_and_every_file() -> None:
    (form,) = arena().actions(turn(prompt(stdin="1 2")), ANSWER)
    assert form.name == "run"
    assert form.values == {"stdin": "1 2", "code": "import helper", "code-2": "x = 1"}
    assert [(field.id, field.title, field.kind) for field in form.fields] == [
        ("stdin", "Standard input", "text"),
        ("code", "main.py", "code"),
        ("code-2", "helper.py", "code"),
    ]
    assert arena().actions(turn(prompt()), ANSWER[:1]) == ()


async def test_a_form_that_is_sent_unchanged_runs_the_same() -> None:
    (form,) = arena().actions(turn(prompt(stdin="1")), ANSWER)
    assert (await again(dict(form.values)))[0] == (await again({}))[0]


def test_what_is_compared_are_the_files_that_were_run() -> None:
    assert list(arena().sources(ANSWER)) == list(ANSWER[1:])
    assert list(arena().sources(ANSWER[:1])) == []


async def test_the_tests_and_uploads_of_the_prompt_stay() -> None:
    data = File(artifact=hashlib.sha256(b"a,b\n").hexdigest(), filename="t.csv", size=4)
    job, _ = await again({"code": "print(input())"}, prompt("Add.", data, tests="1 -> 1"))
    assert [each.name for each in job.steps] == ["test 1"]
    assert texts(job)["t.csv"] == "a,b"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"code": "x" * 100_001}, "at most 100,000"),
        ({"stdin": "x" * 100_001}, "at most 100,000"),
        ({"main": "other.py"}, "There is no file"),
        ({"code": "x" * 60_000, "code-2": "y" * 60_000}, "120,000 characters"),
    ],
)
async def test_what_cannot_be_run_is_refused(values: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadRequest, match=wrong):
        await again(values)


async def test_an_answer_without_a_program_has_nothing_to_run() -> None:
    with pytest.raises(BadRequest, match="no program"):
        await again({}, parts=(Text(text="No."),))


async def test_other_actions_are_refused() -> None:
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), FakeSandbox())
    with pytest.raises(BadRequest, match="no action"):
        await arena().act(Action("walk", {}, "a", turn(prompt()), ANSWER), run)


async def test_faults_of_the_sandbox_are_raised() -> None:
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), FakeSandbox(SandboxUnavailable("gone")))
    with pytest.raises(SandboxUnavailable):
        await arena().act(Action("run", {}, "a", turn(prompt()), ANSWER), run)


async def test_a_language_that_the_sandbox_does_not_have_is_refused() -> None:
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), FakeSandbox(languages=()))
    with pytest.raises(BadRequest, match="Python cannot be run"):
        await arena().act(Action("run", {}, "a", turn(prompt()), ANSWER), run)
