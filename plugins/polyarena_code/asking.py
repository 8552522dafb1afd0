"""What the models are asked: the same for both sides but for a model's own system prompt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from polyarena import (
    Execution,
    File,
    Image,
    Message,
    Model,
    ModelRequest,
    NotFound,
    Part,
    Text,
    Tools,
    Turn,
)
from polyarena.answers import quoted

from .examples import BadTests, Tests
from .languages import LANGUAGES, title_of
from .notes import note_of
from .report import report_of
from .task import Task, read_task, task_of

PREVIEW = 1500
_LANGUAGES = "\n".join(
    f"- {tongue.title}" + (f", with {', '.join(tongue.libraries)}" if tongue.libraries else "")
    for tongue in LANGUAGES.values()
)
INSTRUCTIONS = f"""\
Where a program is asked for, write one. It will be run as you hand it in, and what it does is \
shown beside your answer.

Hand it in as one fenced code block that names its language. If it needs several files, give each \
a fenced block of its own, with the file's name alone on the line above it, like **main.py**. \
Give one complete program, without omissions and without alternatives; it must start by itself.

These can be run, with their standard libraries and what is named here:
{_LANGUAGES}

There is no network, no display and nobody to type: a program reads its standard input, if any is \
given, and the files in its current directory. It has a few seconds. What it prints is shown, and \
so are files that it writes to the current directory: save a plot as a PNG, a table as CSV."""


@dataclass(frozen=True, slots=True)
class CodeRequest(ModelRequest):
    """A request with the task that its answer is to be run for."""

    task: Task = field(default_factory=Task)


def request_of(turn: Turn, model: Model) -> CodeRequest:
    """What a model is asked in a turn; every part is put into words."""
    task = task_of(turn.history, turn.prompt.parts)
    system = f"{model.system}\n\n{INSTRUCTIONS}" if model.system else INSTRUCTIONS
    messages = (
        Message(role="system", parts=(Text(text=system),)),
        *_in_words((*turn.history, Message(role="user", parts=turn.prompt.parts))),
    )
    return CodeRequest(messages, model.parameters, task)


async def with_previews(request: CodeRequest, tools: Tools) -> CodeRequest:
    """The request with the beginning of every uploaded file that is text."""
    shown = [preview for each in request.task.uploads if (preview := await _preview(each, tools))]
    if not shown:
        return request
    *before, last = request.messages
    text = Text(text="The files begin like this.\n\n" + "\n\n".join(shown))
    return replace(request, messages=(*before, Message(role="user", parts=(*last.parts, text))))


async def _preview(part: Image | File, tools: Tools) -> str:
    if isinstance(part, Image):
        return ""
    try:
        data = await tools.load(part)
    except NotFound:
        return ""
    try:
        beginning = data[: PREVIEW * 4].decode(
            "utf-8", "strict" if len(data) < PREVIEW else "ignore"
        )
    except UnicodeDecodeError:
        return ""
    if "\x00" in beginning:
        return ""
    return f"{part.filename}:\n{quoted(beginning[:PREVIEW])}"


def _in_words(messages: Sequence[Message]) -> Iterator[Message]:
    """The thread as text; what a program did is told by the message after it."""
    told: tuple[Text, ...] = ()
    for message in messages:
        if message.role == "user":
            yield Message(role="user", parts=(*told, *_user(message.parts)))
            told = ()
        else:
            note = note_of(message.parts)
            texts = (p for p in message.parts if isinstance(p, Text) and p is not note)
            yield Message(role=message.role, parts=tuple(texts))
            told = tuple(
                Text(text=report_of(part)) for part in message.parts if isinstance(part, Execution)
            )
            told += (note,) if note else ()


def _user(parts: Sequence[Part]) -> Iterator[Text]:
    yield from (part for part in parts if isinstance(part, Text))
    try:
        task = read_task(parts)
    except BadTests:
        return
    if task.language:
        yield Text(text=f"Write it in {title_of(task.language)}.")
    if task.stdin:
        yield Text(text=f"Its standard input will be:\n{quoted(task.stdin)}")
    if task.tests.pytest:
        yield Text(text=_about_pytest(task.tests))
    elif task.tests:
        yield Text(text=_about_examples(task.tests))
    if task.uploads:
        files = "\n".join(f"- {each.filename or 'file'}{_size(each)}" for each in task.uploads)
        yield Text(text=f"These files are in its current directory:\n{files}")


def _about_pytest(tests: Tests) -> str:
    return f"It will be saved as {tests.module}.py and tested with pytest by this file:\n" + quoted(
        tests.pytest
    )


def _about_examples(tests: Tests) -> str:
    shown = "\n\n".join(
        f"Standard input:\n{quoted(each.input)}\nmust print:\n{quoted(each.output)}"
        for each in tests.examples
    )
    return f"It will be tested. Each test starts it anew.\n\n{shown}"


def _size(part: Image | File) -> str:
    if isinstance(part, Image):
        return f" (a picture, {part.width} by {part.height})"
    return f" ({part.size:,} bytes)"
