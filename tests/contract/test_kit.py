"""The fixtures that authors test with: pytest loads them by itself."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path

import pytest

from contract.sample import arena, manifest
from polyarena import (
    Action,
    ActionForm,
    Arena,
    Code,
    ConfigError,
    Event,
    Failure,
    Finish,
    Input,
    ModelRequest,
    NotFound,
    Part,
    PartReady,
    Prompt,
    PromptField,
    Run,
    StorageError,
    Text,
    Tools,
    Turn,
    Uploads,
)
from polyarena.sandbox import Job, SourceFile
from polyarena.testing import (
    FAILURES,
    FakeSandbox,
    Page,
    PartSnapshots,
    PlayedBattle,
    Refused,
    ScriptedModel,
    ScriptedRun,
    Visitor,
    failing,
)

Serve = Callable[..., Visitor]
ALPHA = ScriptedModel("Alpha", ["The first.", Finish()], organization="One")
BETA = ScriptedModel("Beta", ["The second.", Finish()], organization="Two")


class Echo(Arena):
    """Answers with what the prompt holds, and shouts it when asked to."""

    manifest = manifest(
        accepts=frozenset({"text", "input", "file"}),
        produces=frozenset({"text", "code"}),
        fields=(PromptField("tone", "Tone"),),
        uploads=Uploads(),
    )

    def supports(self, model: object, prompt: Prompt) -> bool:
        return True

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        for part in request.messages[-1].parts:
            if isinstance(part, Input):
                yield PartReady(Code(text=part.text, filename=part.name))
            elif part.type == "file":
                yield PartReady(Text(text=(await run.load(part)).decode()))
        async for event in run.stream(request):
            yield event

    def actions(self, turn: Turn, parts: Sequence[Part]) -> Sequence[ActionForm]:
        return (ActionForm("shout", "Shout", "Go"),)

    async def act(self, action: Action, tools: Tools) -> Sequence[Part]:
        return (Text(text=action.turn.prompt.text.upper() + action.values["end"]),)


def test_a_visitor_asks_waits_looks_votes_and_sees_who_it_was(serve_arena: Serve) -> None:
    visitor = serve_arena(Echo(), ALPHA, BETA)
    assert visitor.arenas() == ["sample"]
    battle = visitor.ask("sample", "Hello", inputs={"tone": "warm"}, files={"a.txt": b"inside"})
    assert battle.closed_because
    battle.wait()
    assert (battle.status("a"), battle.status("b")) == ("done", "done")
    code, text = battle.parts("a")[0], battle.parts("a")[1]
    assert code == Code(text="warm", filename="tone")
    assert isinstance(text, Text)
    assert text.text.startswith("inside")
    assert battle.open
    page = battle.page()
    assert page.faults == []
    assert "The first." in page.text
    assert "Alpha" not in page.html
    assert battle.act("a", "shout", end="!") == (Text(text="HELLO!"),)
    battle.ask("Again").wait()
    assert battle.vote("b").names == {"a": "Alpha", "b": "Beta"} or battle.names == {
        "a": "Beta",
        "b": "Alpha",
    }


def test_what_is_refused_says_why(serve_arena: Serve) -> None:
    visitor = serve_arena(arena(), ALPHA, BETA)
    with pytest.raises(Refused, match="422"):
        visitor.ask("sample", "")
    with pytest.raises(Refused) as missing:
        visitor.page("/arenas/other")
    assert missing.value.status == 404
    with pytest.raises(Refused, match="ballot is closed") as closed:
        PlayedBattle(visitor, visitor.ask("sample", mode="direct", models=["Alpha"]).state).vote()
    assert (closed.value.status, closed.value.code) == (409, "ballot_closed")


def test_only_what_was_brought_takes_part(serve_arena: Serve) -> None:
    with pytest.raises(ConfigError, match="'twin' twice"):
        serve_arena(arena("twin"), arena("twin"))
    visitor = serve_arena(ALPHA, BETA, installed=["text"])
    assert visitor.arenas() == ["text"]


@pytest.mark.parametrize("failure", FAILURES)
def test_every_failure_is_told_and_can_be_retried(serve_arena: Serve, failure: Failure) -> None:
    before = () if failure is Failure.EMPTY else ("It begins",)
    flawed = ScriptedModel("Flawed", failing(failure, *before), ["Fine.", Finish()])
    battle = serve_arena(arena(), ALPHA, flawed).ask("sample").wait()
    told = {side: battle.state["turns"][0]["answers"][side].get("failure") for side in "ab"}
    (side,) = [side for side, what in told.items() if what]
    assert told[side] == failure.value
    assert not battle.open
    assert battle.retry(side).wait().open


def test_no_script_is_made_up_for_what_is_no_failure_of_a_model() -> None:
    for failure, before in ((Failure.SANDBOX, ()), (Failure.EMPTY, ("text",))):
        with pytest.raises(ValueError, match=failure.value):
            failing(failure, *before)


@pytest.mark.anyio
async def test_a_scripted_run_and_a_fake_sandbox(
    scripted_run: Callable[..., ScriptedRun], fake_sandbox: FakeSandbox
) -> None:
    run = scripted_run("Hi", Finish(), sandbox=fake_sandbox, organization="Us")
    assert run.model.organization == "Us"
    assert [type(e).__name__ async for e in run.stream(ModelRequest(()))] == ["Delta", "Finish"]
    await run.sandbox.run(Job("python", (SourceFile("main.py", b"1"),)))
    assert len(fake_sandbox.jobs) == 1


@pytest.mark.anyio
async def test_what_an_arena_works_with_can_be_made_to_fail(
    scripted_run: Callable[..., ScriptedRun],
) -> None:
    run = scripted_run("Hi", Finish())
    part = await run.keep(b"kept", "a.txt")
    run.faults = {"keep": StorageError("The disk is full."), "load": NotFound("It is gone.")}
    with pytest.raises(StorageError, match="The disk is full"):
        await run.keep(b"more", "b.txt")
    with pytest.raises(NotFound):
        await run.load(part)
    run.faults.clear()
    assert await run.load(part) == b"kept"


def test_parts_are_compared_with_those_of_before(tmp_path: Path) -> None:
    parts = (Text(text="One"), Code(text="1", language="python"))
    PartSnapshots(tmp_path).check("mine", parts)
    assert '"language": "python"' in (tmp_path / "mine.json").read_text()
    PartSnapshots(tmp_path).check("mine", parts)
    with pytest.raises(AssertionError, match=r'-    "text": "One"'):
        PartSnapshots(tmp_path).check("mine", (Text(text="Two"), parts[1]))
    PartSnapshots(tmp_path, update=True).check("mine", parts[:1])
    PartSnapshots(tmp_path).check("mine", parts[:1])


def test_the_snapshots_fixture_keeps_its_files_beside_the_test(
    part_snapshots: PartSnapshots, request: pytest.FixtureRequest
) -> None:
    part_snapshots.check("kit", [Text(text="Kept beside the test")])
    assert (request.path.parent / "snapshots" / "kit.json").exists()


def test_a_page_says_what_is_in_it() -> None:
    page = Page('<p class="x">A &amp; <b>B</b><br></p><script>no</script><div></p>')
    assert page.text == "A & B"
    assert page.find("p", **{"class": "x"}) == [{"class": "x"}]
    assert page.faults == ["</p> closes nothing"]
