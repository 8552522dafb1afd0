"""`polyarena.apps`: what the tools for web apps are asked, and what is made of their answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from polyarena import BadJob, SandboxBusy, SandboxUnavailable
from polyarena.apps import BUILD, DEVICES, LOOK, BuiltApp, SeenApp, build, expect, look
from polyarena.sandbox import Job, OmittedFile, Outcome, OutputFile, Queued, Result, Running
from polyarena.testing import (
    FakeSandbox,
    built_result,
    job_result,
    seen_result,
    step_result,
)
from polyarena.testing.fake_sandbox import LANGUAGES, Prepared

pytestmark = pytest.mark.anyio

PAGE: Mapping[str, str | bytes] = {"index.html": "<h1>Hi</h1>", "a.bin": b"\xff"}
DIED = job_result(
    step_result("build", stderr=b"the service ended without an answer", outcome=Outcome.FAILED)
)
FELL = job_result(
    step_result(stdout=b"The builder failed: x", outcome=Outcome.FAILED, exit_code=70)
)


async def built(*prepared: Prepared, files: Mapping[str, str | bytes] = PAGE) -> BuiltApp:
    async with aclosing(build(FakeSandbox(*prepared), files, "me")) as events:
        *_, last = [event async for event in events]
    assert isinstance(last, BuiltApp)
    return last


async def seen(*prepared: Prepared, app: BuiltApp | None = None) -> SeenApp:
    sandbox = FakeSandbox(*prepared)
    async with aclosing(look(sandbox, app or await built(), walk=1)) as events:
        *_, last = [event async for event in events]
    assert isinstance(last, SeenApp)
    return last


def reporting(**report: Any) -> Callable[[Job], Result]:
    return lambda job: (built_result if job.language == BUILD else seen_result)(job, **report)


async def test_an_app_is_built_from_its_files_and_looked_at() -> None:
    sandbox = FakeSandbox()
    async with aclosing(build(sandbox, PAGE, "me")) as events:
        *told, app = [event async for event in events]
    assert told == [Queued(1), Running("run")]
    assert isinstance(app, BuiltApp)
    assert (app.ok, app.entry) == (True, "index.html")
    assert app.files == {"index.html": b"<h1>Hi</h1>", "a.bin": b"\xff"}
    async with aclosing(look(sandbox, app, "me", walk=1)) as looks:
        *_, last = [event async for event in looks]
    assert isinstance(last, SeenApp)
    assert set(last.shots) == set(DEVICES)
    assert (last.findings, last.first_paint_ms) == ((), 40)
    (first, owner), (second, _) = sandbox.jobs
    assert (first.language, second.language, owner) == (BUILD, LOOK, "me")
    assert [file.name for file in first.files] == ["src/index.html", "src/a.bin"]
    assert [file.name for file in second.files] == ["app/index.html", "app/a.bin"]
    assert json.loads(second.steps[0].arguments[0]) == {"walk": 1}


async def test_an_app_without_an_index_is_opened_at_its_entry() -> None:
    sandbox = FakeSandbox()
    app = await built(files={"sub/page.html": "x"})
    async with aclosing(look(sandbox, app)) as events:
        assert isinstance([event async for event in events][-1], SeenApp)
    files = {file.name: file.data for file in sandbox.jobs[0][0].files}
    assert b"url=./sub/page.html" in files["app/index.html"]


async def test_what_is_wrong_with_an_app_is_told_with_its_place() -> None:
    message = {"level": "error", "file": "a.tsx", "line": 2, "column": 1, "text": "Oh"}
    app = await built(reporting(ok=False, messages=[message], missing=["left-pad"]))
    assert (app.ok, app.files, app.missing) == (False, {}, ("left-pad",))
    (said,) = app.messages
    assert (said.file, said.line, said.text) == ("a.tsx", 2, "Oh")


@pytest.mark.parametrize(
    ("outcome", "word"),
    [(Outcome.TIME, "long"), (Outcome.MEMORY, "memory"), (Outcome.DISK, "room")],
)
async def test_a_build_that_met_a_limit_is_the_apps_fault(outcome: Outcome, word: str) -> None:
    app = await built(job_result(step_result("build", outcome=outcome)))
    assert not app.ok
    assert word in app.messages[0].text


async def test_an_app_that_did_not_come_back_whole_is_not_built() -> None:
    def cut(job: Job) -> Result:
        left = (OmittedFile("dist/big.bin", 10**9, "too large"),)
        return replace(built_result(job), omitted=left)

    app = await built(cut)
    assert (app.ok, app.files) == (False, {})
    assert "too large" in app.messages[0].text


@pytest.mark.parametrize(("outcome", "hung"), [(Outcome.TIME, True), (Outcome.MEMORY, False)])
async def test_a_look_that_met_a_limit_is_the_apps_fault(outcome: Outcome, hung: bool) -> None:
    found = await seen(job_result(step_result("look", outcome=outcome)))
    assert (found.hung, found.crashed, found.blank, found.shots) == (hung, not hung, True, {})


async def test_a_tool_that_fails_once_is_tried_again() -> None:
    for first in (DIED, FELL, SandboxUnavailable("gone")):
        assert (await built(first, reporting())).ok
        assert (await seen(first, reporting())).shots


@pytest.mark.parametrize("fault", [FELL, SandboxUnavailable("gone"), job_result(step_result())])
async def test_a_tool_that_fails_twice_is_no_fault_of_the_apps(fault: Prepared) -> None:
    with pytest.raises(SandboxUnavailable):
        await built(fault)
    with pytest.raises(SandboxUnavailable):
        await seen(fault)


async def test_a_tool_that_dies_of_an_app_each_time_is_the_apps_fault() -> None:
    app = await built(DIED)
    assert (app.ok, app.messages[0].text) == (False, "The code is too much for the builder.")
    assert (await seen(DIED)).crashed


async def test_a_full_queue_is_told_at_once() -> None:
    sandbox = FakeSandbox(SandboxBusy("full"))
    with pytest.raises(SandboxBusy):
        async with aclosing(build(sandbox, PAGE)) as events:
            [event async for event in events]
    assert len(sandbox.jobs) == 1


REPORTS = (b"", b"[1]", b"{", b"[" * 100_000, b'{"ok": "perhaps"}', b'{"ok": true, "seconds": NaN}')


@pytest.mark.parametrize("report", REPORTS)
async def test_a_report_that_is_none_is_no_report(report: bytes) -> None:
    with pytest.raises(SandboxUnavailable):
        await built(job_result(step_result(), files=[OutputFile("build.json", report)]))


async def test_a_report_is_cut_to_what_a_person_reads() -> None:
    said = [{"level": "info", "text": "x" * 9000}] * 900
    found = await seen(reporting(console=said, title="t" * 9000, more={"unknown": 1}))
    assert len(found.console) == 200
    assert {len(line.text) for line in found.console} == {2000}


async def test_findings_are_unknown_where_the_page_was_not_examined() -> None:
    finding = {"id": "image-alt", "impact": "critical", "help": "Images need words", "nodes": 2}
    found = await seen(reporting(axe={"violations": [finding]}))
    assert found.findings is not None
    assert (found.findings[0].id, found.findings[0].nodes) == ("image-alt", 2)
    assert (await seen(reporting(axe=None))).findings is None


async def test_pictures_are_taken_by_device_alone() -> None:
    shots = {"desktop": "desktop.png", "watch": "watch.png", "phone": "../build.json"}
    assert set((await seen(reporting(shots=shots))).shots) == {"desktop", "phone"}


async def test_a_sandbox_gets_ready_for_an_app() -> None:
    sandbox = FakeSandbox()
    expect(sandbox)
    assert sandbox.expected == [BUILD, LOOK]
    for lacking in (
        FakeSandbox(languages=[one for one in LANGUAGES if one.id != LOOK]),
        FakeSandbox(languages=[replace(one, ready=one.id != BUILD) for one in LANGUAGES]),
        FakeSandbox(reason="no engine"),
    ):
        with pytest.raises(SandboxUnavailable):
            expect(lacking)


async def test_an_app_of_nothing_is_no_job() -> None:
    with pytest.raises(BadJob):
        await built(BadJob("nothing"), files={})
