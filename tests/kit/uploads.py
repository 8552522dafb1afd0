"""An arena that takes files and further inputs, and lets a voter act on an answer."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator, Mapping, Sequence

from PIL import Image as Picture

from polyarena import (
    Action,
    ActionForm,
    Arena,
    ArenaManifest,
    BadRequest,
    Code,
    Column,
    Delta,
    Event,
    Execution,
    ExecutionStep,
    File,
    Finish,
    FinishedBattle,
    Image,
    Input,
    ModelRequest,
    Part,
    PartReady,
    PromptField,
    Run,
    Scalar,
    Starter,
    Text,
    Tools,
    Turn,
    Uploads,
)


def png(width: int = 4, height: int = 3, colour: str = "red") -> bytes:
    """A picture."""
    held = io.BytesIO()
    Picture.new("RGB", (width, height), colour).save(held, "PNG")
    return held.getvalue()


class FilesArena(Arena):
    """Answers with a picture and a file of its own, and with what its model says as a program."""

    manifest = ArenaManifest(
        id="files",
        title="Files",
        summary="Files in, files out.",
        accepts=frozenset({"text", "file", "image", "input"}),
        fields=(
            PromptField("stdin", "Standard input", "text", limit=50),
            PromptField("lang", "Language", "choice", options=(("py", "Python"), ("c", "C"))),
        ),
        starters=(
            Starter("Plain", "Say hello."),
            Starter("With input", "Add the numbers.", {"stdin": "1\n2\n", "lang": "c"}),
        ),
        uploads=Uploads(count=2, total_bytes=1000),
        columns=(
            Column("ran", "Ran", "share", hint="Programs that ended by themselves"),
            Column("seconds", "Median time", "median", "s"),
            Column("odd", "Oddity", "mean"),
        ),
    )

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        asked = request.messages[-1].parts
        files = [part for part in asked if isinstance(part, (File, Image))]
        names = ", ".join(part.filename for part in files)
        inputs = ", ".join(f"{p.name}={p.text}" for p in asked if isinstance(p, Input))
        sizes = [len(await run.load(part)) for part in files]
        yield Delta(f"Got {names or 'nothing'} of {sizes} bytes with {inputs or 'no input'}.")
        plot = await run.keep(png(), "out/plot.png")
        table = await run.keep(b"a,b\n1,2\n", "<table>.csv")
        said = [event.text async for event in run.stream(request) if isinstance(event, Delta)]
        step = ExecutionStep(
            name="run",
            outcome="ok",
            exit_code=0,
            stdout="".join(said),
            seconds=0.1,
            cpu_seconds=0.1,
            memory=1,
        )
        yield PartReady(
            Execution(language="python", outcome="ok", steps=(step,), files=(plot, table))
        )
        yield Finish()

    def actions(self, turn: Turn, parts: Sequence[Part]) -> Sequence[ActionForm]:
        what = PromptField("what", "Words", "code", hint="They come back louder.")
        often = PromptField("often", "How often", limit=3)
        values = {"what": f"\n{turn.prompt.text}", "often": "1"}
        return [
            ActionForm("shout", "Say it louder", "Shout", (what, often), values),
            ActionForm("refuse", "Ask too much", "Ask", hint="It will be refused."),
        ]

    def sources(self, parts: Sequence[Part]) -> Sequence[Code]:
        steps = [step for part in parts if isinstance(part, Execution) for step in part.steps]
        return [Code(text=step.stdout, language="python", filename="main.py") for step in steps]

    async def act(self, action: Action, tools: Tools) -> Sequence[Part]:
        if action.name == "shout":
            return [Text(text=f"{action.values['what'].strip().upper()}!")]
        if action.name == "break":
            raise RuntimeError("a bug of the arena")
        if action.name == "odd":
            return ["not a part"]  # type: ignore[list-item]
        raise BadRequest(f"No action {action.name}.")

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        return {"ran": (True, False), "seconds": (0.5, None), "odd": ("x" * 1000, 1)}


def kept(part: Image | File) -> str:
    """Where a part is served."""
    return f"/artifacts/{part.artifact}/{part.filename.rpartition('/')[2]}"
