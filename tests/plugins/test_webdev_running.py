"""What the WebDev arena makes of an answer: an app, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from kit.webdev_arena import answer, arena, prompt
from polyarena import (
    App,
    BadJob,
    BadRequest,
    Code,
    Delta,
    Failure,
    File,
    Finish,
    Image,
    PictureRefused,
    ProviderError,
    SandboxBusy,
    SandboxUnavailable,
    Turn,
    View,
)
from polyarena.apps import BUILD, LOOK
from polyarena.sandbox import Job, Outcome, Result
from polyarena.testing import (
    FakeSandbox,
    Script,
    ScriptedModel,
    ScriptedRun,
    built_result,
    job_result,
    seen_result,
    step_result,
)
from polyarena.testing.fake_sandbox import LANGUAGES

pytestmark = pytest.mark.anyio

PAGE = "```html\n<h1>Hi</h1>\n```"


class Pictures(ScriptedRun):
    """Keeps pictures as the server does."""

    async def keep(self, data: bytes, filename: str) -> Image | File:
        kept = await super().keep(data, filename)
        return Image(
            artifact=kept.artifact,
            media_type="image/png",
            width=1,
            height=1,
            filename=filename,
        )


def told(build: Mapping[str, Any] | None = None, look: Mapping[str, Any] | None = None) -> Any:
    """What both tools report."""

    def report(job: Job) -> Result:
        if job.language == BUILD:
            return built_result(job, **(build or {}))
        return seen_result(job, **(look or {}))

    return report


async def test_an_app_is_built_looked_at_and_shown_with_what_was_seen() -> None:
    look = {
        "console": [{"level": "debug", "text": "one"}, {"level": "error", "text": "two"}],
        "clicked": 4,
        "axe": {"violations": [{"id": "a", "impact": "minor", "help": "A", "nodes": 1}]},
    }
    build = {"libraries": ["react"], "kind": "react"}
    answered = await answer(PAGE, told(build, look), run=Pictures)
    app = answered.app
    assert app is not None
    assert [job.language for job, _ in answered.jobs] == [BUILD, LOOK]
    assert (app.kind, app.entry, app.files, app.libraries) == ("React", "index.html", 1, ("react",))
    assert (len(app.bundle), app.bytes) == (64, len("<h1>Hi</h1>"))
    assert {shot.device for shot in app.shots} == {"phone", "tablet", "desktop"}
    assert all(shot.image.alt for shot in app.shots)
    assert [(line.level, line.text) for line in app.console] == [("log", "one"), ("error", "two")]
    assert app.problems == ()
    wanted = {"build_seconds": 0.25, "first_paint_ms": 40, "accessibility": 1, "clicked": 4}
    assert app.figures.items() >= wanted.items()
    assert answered.files == {"index.html": "<h1>Hi</h1>"}
    last = answered.events[-1]
    assert isinstance(last, Finish)
    assert last.tokens_out == 7


async def test_the_voter_is_told_how_far_it_is() -> None:
    statuses = (await answer(PAGE)).statuses
    assert statuses == [
        *("Writing", "Waiting to be built, place 1", "Building"),
        *("Waiting to be looked at, place 1", "Looking at it in a browser", "Done"),
    ]


SEEN: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "blank": ({"blank": True}, "The page is blank: nothing is to be seen on it."),
    "hung": ({"hung": True}, "The page stopped answering, and its scripts were ended."),
    "crashed": ({"crashed": True}, "The page crashed in the browser."),
    "an error": ({"errors": ["x is null"]}, "An error in a script: x is null"),
    "a file": (
        {"failed_requests": [{"url": "/a.png", "reason": "404"}]},
        "It asks for files that are not there: /a.png.",
    ),
    "another host": (
        {"failed_requests": [{"url": "https://a.example/b", "reason": "ERR"}]},
        "It asks other hosts, which apps cannot reach here: https://a.example/b.",
    ),
    "dead controls": (
        {"dead_controls": ["Buy", "x", "x"]},
        "A click does nothing on “Buy”, “x” (2 times).",
    ),
    "windows": ({"popups": 3}, "It wanted to open another window, which apps cannot do here."),
    "a barrier": (
        {"axe": {"violations": [{"id": "a", "impact": "critical", "help": "Alt", "nodes": 2}]}},
        "Accessibility: Alt (2 places).",
    ),
}


@pytest.mark.parametrize("what", SEEN)
async def test_what_is_wrong_with_an_app_is_told_in_a_sentence(what: str) -> None:
    look, sentence = SEEN[what]
    app = (await answer(PAGE, told(look=look))).app
    assert app is not None
    assert app.problems == (sentence,)


async def test_a_list_that_is_long_is_cut() -> None:
    look = {"dead_controls": ["x" * 300] * 20, "errors": [f"{n}" * 400 for n in range(20)]}
    app = (await answer(PAGE, told(look=look))).app
    assert app is not None
    assert all(len(problem) <= 300 for problem in app.problems)
    assert len(app.problems) == 9


async def test_libraries_that_are_not_installed_are_named() -> None:
    messages = [
        {"file": "src/a.tsx", "line": 1, "text": "The library left-pad is not there."},
        {"file": "src/a.tsx", "line": 3, "text": "Unexpected end"},
    ]
    report = {"ok": False, "missing": ["left-pad", "@a/b"], "messages": messages, "kind": "react"}
    answered = await answer(PAGE, told(report))
    app = answered.app
    assert app is not None
    assert (app.bundle, app.kind, len(answered.jobs)) == ("", "React", 1)
    assert app.problems == (
        "It asks for libraries that are not installed here: left-pad, @a/b.",
        "src/a.tsx, line 3: Unexpected end",
    )
    assert app.figures["missing"] == 2
    assert answered.files


FELL = job_result(step_result(exit_code=70))


@pytest.mark.parametrize("first", [SandboxUnavailable("gone"), FELL])
async def test_a_fault_of_ours_is_tried_again_and_then_raised(first: Any) -> None:
    answered = await answer(PAGE, first, told())
    assert answered.app is not None
    assert answered.app.bundle
    with pytest.raises(SandboxUnavailable):
        await answer(PAGE, first)


async def test_a_full_queue_fails_the_side_and_not_the_model() -> None:
    with pytest.raises(SandboxBusy):
        await answer(PAGE, SandboxBusy("full"))


async def test_a_build_that_met_a_limit_is_the_apps_fault() -> None:
    app = (await answer(PAGE, job_result(step_result("build", outcome=Outcome.MEMORY)))).app
    assert app is not None
    assert (app.bundle, app.kind) == ("", "App")
    assert app.problems == ("Building it took too much memory, and was ended.",)


async def test_a_name_that_cannot_be_built_is_told_and_is_no_fault() -> None:
    answered = await answer(PAGE, BadJob("the name is bad"))
    assert answered.notes == ["*Nothing was built: the name is bad*"]
    assert answered.files


async def test_an_app_that_cannot_be_kept_is_told() -> None:
    class Full(ScriptedRun):
        async def keep_bundle(self, files: Mapping[str, bytes]) -> str:
            raise BadRequest("it is too large.")

    app = (await answer(PAGE, run=Full)).app
    assert app is not None
    assert (app.bundle, app.problems) == ("", ("It could not be kept: it is too large.",))


async def test_an_app_of_which_a_picture_is_refused_is_not_shown() -> None:
    class Screened(ScriptedRun):
        async def keep(self, data: bytes, filename: str) -> Image | File:
            if filename.endswith(".png"):
                raise PictureRefused("no such pictures.")
            return await super().keep(data, filename)

    app = (await answer(PAGE, run=Screened)).app
    assert app is not None
    assert (app.bundle, app.shots) == ("", ())
    assert app.problems == ("The app is not shown: no such pictures.",)


@pytest.mark.parametrize(
    "lacking",
    [
        FakeSandbox(reason="no engine"),
        FakeSandbox(languages=[replace(one, ready=one.id != LOOK) for one in LANGUAGES]),
    ],
)
async def test_nothing_is_asked_of_a_model_that_could_not_be_shown(lacking: FakeSandbox) -> None:
    run = ScriptedRun(ScriptedModel("Sample", (PAGE, Finish())), lacking)
    request = await arena().prepare(Turn("webdev", (), prompt()), run.model)
    with pytest.raises(SandboxUnavailable):
        [event async for event in arena().respond(request, run)]
    assert run.provider.requests == []


BROKEN: tuple[Script, ...] = (
    (PAGE,),
    (PAGE, ProviderError(Failure.SERVER_ERROR)),
    (Finish(),),
    (PAGE, Finish("refused")),
)


@pytest.mark.parametrize("script", BROKEN)
async def test_an_answer_that_breaks_off_or_declines_is_not_built(script: Script) -> None:
    sandbox = FakeSandbox()
    run = ScriptedRun(ScriptedModel("Sample", script), sandbox)
    request = await arena().prepare(Turn("webdev", (), prompt()), run.model)
    with suppress(ProviderError):
        [event async for event in arena().respond(request, run)]
    assert sandbox.jobs == []


async def test_an_answer_without_end_is_ended() -> None:
    endless: Script = ["```html\n", *["x" * 500_000] * 5, Finish()]
    with pytest.raises(ProviderError) as caught:
        await answer(endless)
    assert caught.value.failure is Failure.ENDLESS


async def test_closing_the_answer_ends_the_build() -> None:
    sandbox = FakeSandbox()
    run = ScriptedRun(ScriptedModel("Sample", (PAGE, Finish())), sandbox)
    request = await arena().prepare(Turn("webdev", (), prompt()), run.model)
    events = arena().respond(request, run)
    while not sandbox.running:
        await anext(events)
    await events.aclose()
    assert (sandbox.running, run.provider.streaming) == (0, 0)


async def test_files_are_shown_closed_and_escaped() -> None:
    answered = await answer("```html\n<b>1</b>\n<i>2</i>\n```")
    code = answered.parts[-1]
    html = arena().render(code, View("webdev"))
    assert html is not None
    assert "<summary>index.html <small>2 lines</small></summary>" in html
    assert "&lt;b&gt;" in html
    assert "open" not in html.partition(">")[0]
    assert arena().render(App(kind="HTML"), View("webdev")) is None
    assert [part.filename for part in arena().sources(answered.parts)] == ["index.html"]


async def test_a_model_is_asked_while_both_tools_get_ready() -> None:
    run = ScriptedRun(ScriptedModel("Sample", ("Hi", Finish())), sandbox := FakeSandbox())
    request = await arena().prepare(Turn("webdev", (), prompt()), run.model)
    events = arena().respond(request, run)
    assert isinstance(await anext(events), Delta)
    assert sandbox.expected == [BUILD, LOOK]
    await events.aclose()


async def test_several_files_are_shown_as_one_tree_once_the_answer_is_whole() -> None:
    several = "```html index.html\n<h1>Hi</h1>\n```\n```js src/main.js\nlet x\n```"
    parts = (await answer(several)).parts
    first, second = [part for part in parts if isinstance(part, Code)]
    whole = View("webdev", parts=parts)
    tree = arena().render(first, whole)
    assert tree is not None
    assert "<summary>src/</summary>" in tree
    assert "let x" in tree
    assert arena().render(second, whole) == ""
    alone = arena().render(second, View("webdev", final=False))
    assert alone is not None
    assert "src/main.js" in alone
