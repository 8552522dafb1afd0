"""What the code arena runs, what it shows meanwhile, and what it makes of the result."""

from __future__ import annotations

import hashlib

import pytest

from kit.code_arena import answer, arena, prompt
from polyarena import (
    BadJob,
    BadRequest,
    Code,
    Delta,
    Execution,
    Failure,
    File,
    Finish,
    Image,
    PartReady,
    ProviderError,
    SandboxBusy,
    SandboxUnavailable,
    Text,
    Turn,
    View,
)
from polyarena.sandbox import (
    Job,
    OmittedFile,
    Outcome,
    OutputFile,
    Progress,
    Queued,
    Result,
    Running,
    StepResult,
)
from polyarena.testing import (
    FakeSandbox,
    Script,
    ScriptedModel,
    ScriptedRun,
    check_arena,
    job_result,
    step_result,
)
from polyarena.testing.fake_sandbox import ENVIRONMENT

pytestmark = pytest.mark.anyio

ONE = "Here:\n\n```python\nprint(1)\n```\n\nIt prints one."
MEDIAN = (
    "import pytest\nfrom median import median\n\ndef test_odd():\n    assert median([1]) == 1\n"
)


def stored(name: str, data: bytes) -> tuple[File, bytes]:
    return File(artifact=hashlib.sha256(data).hexdigest(), filename=name, size=len(data)), data


def test_it_conforms() -> None:
    assert check_arena(arena()) == []


async def test_the_answer_comes_as_it_was_written_then_the_program_and_what_it_did() -> None:
    answered = await answer(ONE, prompt(), job_result(step_result(stdout="1\n")))
    assert isinstance(answered.events[0], Delta)
    text, code, execution = answered.parts
    assert text == Text(text=ONE)
    assert code == Code(text="print(1)", language="python", filename="main.py")
    assert isinstance(execution, Execution)
    assert (execution.language, execution.outcome) == ("python", "ok")
    assert execution.environment == ENVIRONMENT
    assert not execution.own
    assert [(each.name, each.stdout, each.passed) for each in execution.steps] == [
        ("run", "1\n", None)
    ]
    assert answered.events[-1] == Finish(tokens_out=7)


async def test_the_queue_and_every_step_are_told() -> None:
    progress: list[Progress] = [
        Queued(3),
        Queued(1),
        Running("compile"),
        Running("test 1"),
        Running("test 2"),
    ]
    answered = await answer(ONE, prompt(tests="1 -> 1\n2 -> 2"), progress=progress)
    assert answered.statuses == [
        "Waiting to be run, place 3",
        "Waiting to be run, place 1",
        "Compiling",
        "Running test 1 of 2",
        "Running test 2 of 2",
        "Done",
    ]


async def test_it_runs_once_on_the_given_input_for_the_owner() -> None:
    answered = await answer(ONE, prompt(stdin="3 4"))
    ((job, owner),) = answered.jobs
    assert owner == "somebody"
    assert (job.language, job.main) == ("python", "main.py")
    assert [(each.name, each.stdin, each.command) for each in job.steps] == [("run", b"3 4\n", ())]


@pytest.mark.parametrize(
    "tests",
    [
        "3 4 -> 7\n1\\n2 => 3\n→ nothing",
        "\n3 4 -> 7\n\n",
        "3 4\n->\n7\n\n1\n2\n->\n3\n\n->\nnothing",
        "3 4\n->\n7\n---\n1\n2\n->\n3\n---\n->\nnothing",
        "Input:\n3 4\nOutput:\n7\n\nInput:\n1\n2\nExpected output:\n3\n"
        "Input 3:\nOutput 3:\nnothing",
    ],
)
async def test_tests_are_read_in_every_notation(tests: str) -> None:
    answered = await answer(ONE, prompt(tests=tests))
    assert answered.job is not None
    given = [each.stdin for each in answered.job.steps]
    assert given == [b"3 4\n", b"1\n2\n", b""][: len(given)]
    assert answered.execution is not None
    wanted = [each.expected for each in answered.execution.steps]
    assert wanted == ["7", "3", "nothing"][: len(given)]
    assert answered.job.steps[0].name == "test 1"


async def test_with_input_and_tests_both_are_run() -> None:
    job = (await answer(ONE, prompt(stdin="5 5", tests="1 1 -> 2"))).job
    assert job is not None
    assert [(each.name, each.stdin) for each in job.steps] == [
        ("run", b"5 5\n"),
        ("test 1", b"1 1\n"),
    ]


@pytest.mark.parametrize(
    ("printed", "passed"),
    [
        ("7\n", True),
        ("7", True),
        ("\n7  \r\n\n", True),
        ("7.0\n", False),
        ("77", False),
        ("", False),
    ],
)
async def test_a_test_passes_on_the_same_text(printed: str, passed: bool) -> None:
    prepared = job_result(step_result("test 1", printed))
    execution = (await answer(ONE, prompt(tests="3 4 -> 7"), prepared)).execution
    assert execution is not None
    (tried,) = execution.steps
    assert (tried.passed, tried.expected, tried.stdin) == (passed, "7", "3 4")


async def test_white_space_within_a_line_counts() -> None:
    asked = prompt(tests="x -> a  b\\n c")
    for printed, passed in (("a  b\n c", True), ("a b\n c", False), ("a  b\nc", False)):
        execution = (await answer(ONE, asked, job_result(step_result("test 1", printed)))).execution
        assert execution is not None
        assert execution.steps[0].passed is passed


async def test_a_program_that_fails_passes_no_test() -> None:
    prepared = job_result(step_result("test 1", "7\n", outcome=Outcome.FAILED))
    execution = (await answer(ONE, prompt(tests="3 4 -> 7"), prepared)).execution
    assert execution is not None
    assert execution.steps[0].passed is False


async def test_a_file_for_pytest_is_run_beside_the_module_that_it_imports() -> None:
    prepared = job_result(step_result("pytest", "1 passed in 0.01s\n"))
    answered = await answer(ONE, prompt(tests=MEDIAN), prepared)
    assert answered.job is not None
    assert answered.files["median.py"] == "print(1)"
    (test_file,) = answered.files.keys() - {"median.py"}
    assert answered.files[test_file] == MEDIAN.removesuffix("\n")
    assert answered.job.steps[0].command[-1] == test_file
    assert "pytest" in answered.job.steps[0].command
    assert answered.execution is not None
    assert answered.execution.steps[0].passed is True


@pytest.mark.parametrize(
    "prepared",
    [
        step_result("pytest", "1 failed, 1 passed in 0.01s\n", outcome=Outcome.FAILED),
        step_result("pytest", "no tests ran in 0.01s\n"),
        step_result("pytest", "1 passed\n" + "x" * 500),
    ],
)
async def test_pytest_must_say_that_tests_passed(prepared: StepResult) -> None:
    execution = (await answer(ONE, prompt(tests=MEDIAN), job_result(prepared))).execution
    assert execution is not None
    assert execution.steps[0].passed is False


async def test_uploads_lie_beside_the_program_but_do_not_replace_it() -> None:
    data, own = stored("data.csv", b"x\n1\n"), stored("main.py", b"print(2)")
    asked = prompt("Fix it.", data[0], own[0])
    answered = await answer(ONE, asked, stored=[data, own])
    assert answered.files == {"data.csv": "x\n1", "main.py": "print(1)"}


async def test_an_upload_that_is_gone_is_told() -> None:
    answered = await answer(ONE, prompt("Fix it.", stored("data.csv", b"x")[0]))
    assert answered.files == {"main.py": "print(1)"}
    assert answered.execution is not None
    assert "data.csv" in answered.execution.omitted[0]


async def test_files_come_back_and_what_was_left_out_is_told() -> None:
    def made(job: Job) -> Result:
        ended = job_result(step_result(), files=[OutputFile("out/table.csv", b"a,b\n")])
        left = OmittedFile("big.bin", 10**9, "it is larger than 5 MB")
        return Result(ended.outcome, ended.steps, ended.files, (left,), ended.environment, 0.0, 1.0)

    execution = (await answer(ONE, prompt(), made)).execution
    assert execution is not None
    (kept,) = execution.files
    assert (kept.filename, isinstance(kept, File)) == ("out/table.csv", True)
    assert execution.omitted == ("big.bin: it is larger than 5 MB",)


async def test_a_plot_is_a_picture_and_what_cannot_be_kept_is_told() -> None:
    class Keeping(ScriptedRun):
        async def keep(self, data: bytes, filename: str) -> Image | File:
            if filename == "large.bin":
                raise BadRequest("it is too large")
            digest = hashlib.sha256(data).hexdigest()
            return Image(artifact=digest, media_type="image/png", width=2, height=1)

    files = [OutputFile("plot.png", b"png"), OutputFile("large.bin", b"x")]
    run = Keeping(ScriptedModel("Sample", (ONE, Finish())), FakeSandbox(job_result(files=files)))
    request = await arena().prepare(Turn("code", (), prompt()), run.model)
    ready = [e.part async for e in arena().respond(request, run) if isinstance(e, PartReady)]
    execution = ready[-1]
    assert isinstance(execution, Execution)
    assert isinstance(execution.files[0], Image)
    assert execution.omitted == ("large.bin: it is too large",)


async def test_output_is_decoded_with_replacement_and_bounded() -> None:
    prepared = job_result(step_result(stdout=b"\xff\x00ok", stderr="x" * 300_000))
    execution = (await answer(ONE, prompt(), prepared)).execution
    assert execution is not None
    (ran,) = execution.steps
    assert ran.stdout == "\ufffd\ufffdok"
    assert not ran.stdout_cut
    assert len(ran.stderr) == 200_000
    assert ran.stderr_cut


@pytest.mark.parametrize("error", [SandboxUnavailable("gone"), SandboxBusy("full")])
async def test_faults_of_the_sandbox_are_raised(error: Exception) -> None:
    with pytest.raises(type(error)):
        await answer(ONE, prompt(), error)


async def test_a_job_that_the_sandbox_does_not_take_is_told_and_is_no_fault() -> None:
    answered = await answer(ONE, prompt(), BadJob("the name is bad"))
    assert answered.notes == ["*Nothing was run: the name is bad*"]
    assert answered.execution is None
    assert isinstance(answered.events[-1], Finish)


async def test_a_language_that_the_sandbox_does_not_have_is_told() -> None:
    sandbox = FakeSandbox(languages=())
    run = ScriptedRun(ScriptedModel("Sample", (ONE, Finish())), sandbox)
    request = await arena().prepare(Turn("code", (), prompt()), run.model)
    ready = [e.part async for e in arena().respond(request, run) if isinstance(e, PartReady)]
    assert [part.text for part in ready if isinstance(part, Text)] == [
        "*Nothing was run: Python is not among the languages that can be run here.*"
    ]
    assert sandbox.jobs == []


@pytest.mark.parametrize(
    "script",
    [
        ("```python\nprint(1)\n```",),
        ("```python\nprint(1)\n```", ProviderError(Failure.SERVER_ERROR)),
        (Finish(),),
    ],
)
async def test_an_answer_that_breaks_off_or_is_empty_is_not_run(script: Script) -> None:
    sandbox = FakeSandbox()
    run = ScriptedRun(ScriptedModel("Sample", script), sandbox)
    request = await arena().prepare(Turn("code", (), prompt()), run.model)
    events = []
    try:
        async for event in arena().respond(request, run):
            events.append(event)
    except ProviderError:
        pass
    assert sandbox.jobs == []
    assert not any(isinstance(event, PartReady) for event in events)


async def test_closing_the_answer_kills_the_program() -> None:
    sandbox = FakeSandbox()
    run = ScriptedRun(ScriptedModel("Sample", (ONE, Finish())), sandbox)
    request = await arena().prepare(Turn("code", (), prompt()), run.model)
    events = arena().respond(request, run)
    while not sandbox.running:
        await anext(events)
    await events.aclose()
    assert sandbox.running == 0
    assert run.provider.streaming == 0


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"tests": "3 4 7"}, "no arrow"),
        ({"tests": "1 -> 1\n" * 21}, "at most 20"),
        ({"tests": "1\n2\n\n3\n->\n4"}, "no line with an arrow"),
        ({"tests": MEDIAN, "language": "rust"}, "pytest"),
    ],
)
def test_tests_that_cannot_be_run_are_refused(fields: dict[str, str], wrong: str) -> None:
    assert wrong in (arena().validate(prompt(**fields)) or "")


@pytest.mark.parametrize(
    "fields",
    [{}, {"tests": "1 -> 1"}, {"tests": MEDIAN}, {"tests": MEDIAN, "language": "python"}],
)
def test_what_can_be_run_is_taken(fields: dict[str, str]) -> None:
    assert arena().validate(prompt(**fields)) is None


def test_the_program_is_folded_below_the_answer_and_escaped() -> None:
    part = Code(text="<script>", language="javascript", filename="<b>.js")
    html = arena().render(part, View("code"))
    assert html is not None
    assert html.startswith("<details")
    assert " open" not in html
    assert "<script>" not in html
    assert "<b>" not in html
    assert arena().render(Text(text="x"), View("code")) is None
    assert arena().render(Code(text="x"), View("code")) is None
