"""Running a program of the code arena again, as the voter changed it."""

from __future__ import annotations

import hashlib
import json

import pytest

from kit.code_arena import arena, prompt
from kit.fake_sandbox import FakeSandbox, result, step
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
)
from polyarena.sandbox import Job
from polyarena.testing import ScriptedModel, ScriptedRun

pytestmark = pytest.mark.anyio

ANSWER: tuple[Part, ...] = (
    Text(text="See below."),
    Code(text="import helper", language="python", filename="main.py"),
    Code(text="x = 1", language="python", filename="helper.py"),
)


async def again(
    values: dict[str, str], asked: Prompt | None = None, parts: tuple[Part, ...] = ANSWER
) -> tuple[Job, Execution]:
    data = b"a,b\n"
    sandbox = FakeSandbox(result(step(stdout="again")))
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), sandbox)
    run.kept[hashlib.sha256(data).hexdigest()] = data
    action = Action("run", values, "a", asked or prompt(stdin="1"), parts)
    (execution,) = await arena().act(action, run)
    assert isinstance(execution, Execution)
    return sandbox.jobs[0][0], execution


def texts(job: Job) -> dict[str, str]:
    return {each.name: each.data.decode() for each in job.files}


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
    job, _ = await again({"main": "helper.py", "code": "x = 2"})
    assert job.main == "helper.py"
    assert texts(job) == {"main.py": "import helper", "helper.py": "x = 2"}


async def test_all_files_anew() -> None:
    files = json.dumps({"main.c": "int main() {}", "../a.h": "int f();"})
    job, execution = await again({"files": files, "language": "c"})
    assert texts(job) == {"main.c": "int main() {}", "a.h": "int f();"}
    assert (job.language, job.main, execution.language) == ("c", "main.c", "c")


async def test_the_tests_and_uploads_of_the_prompt_stay() -> None:
    data = File(artifact=hashlib.sha256(b"a,b\n").hexdigest(), filename="t.csv", size=4)
    job, _ = await again({"code": "print(input())"}, prompt("Add.", data, tests="1 -> 1"))
    assert [each.name for each in job.steps] == ["test 1"]
    assert texts(job)["t.csv"] == "a,b\n"


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"code": "x" * 100_001}, "at most 100,000"),
        ({"stdin": "x" * 100_001}, "at most 100,000"),
        ({"files": "[" * 300_000}, "at most"),
        ({"files": "[" * 100_000}, "JSON object"),
        ({"files": "{"}, "JSON object"),
        ({"files": "[1]"}, "JSON object"),
        ({"files": '{"a.py": 1}'}, "JSON object"),
        ({"files": json.dumps({f"{n}.py": "" for n in range(21)})}, "at most 20"),
        ({"main": "other.py"}, "There is no file"),
        ({"language": "cobol"}, "no language"),
    ],
)
async def test_what_cannot_be_run_is_refused(values: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadRequest, match=wrong):
        await again(values)


async def test_an_answer_without_a_program_has_nothing_to_run() -> None:
    with pytest.raises(BadRequest, match="no program"):
        await again({}, parts=(Text(text="No."),))
    job, _ = await again({"files": '{"a.py": "print(1)"}'}, parts=(Text(text="No."),))
    assert texts(job) == {"a.py": "print(1)"}


async def test_other_actions_are_refused() -> None:
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), FakeSandbox())
    with pytest.raises(BadRequest, match="no action"):
        await arena().act(Action("walk", {}, "a", prompt(), ANSWER), run)


async def test_faults_of_the_sandbox_are_raised() -> None:
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), FakeSandbox(SandboxUnavailable("gone")))
    with pytest.raises(SandboxUnavailable):
        await arena().act(Action("run", {}, "a", prompt(), ANSWER), run)


async def test_a_language_that_the_sandbox_does_not_have_is_refused() -> None:
    run = ScriptedRun(ScriptedModel("Sample", (Finish(),)), FakeSandbox(languages=()))
    with pytest.raises(BadRequest, match="Python cannot be run"):
        await arena().act(Action("run", {}, "a", prompt(), ANSWER), run)
