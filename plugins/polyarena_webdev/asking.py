"""What the models are asked: the same for both sides but for a model's own ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from polyarena import App, Code, Image, Input, Message, Model, ModelRequest, Part, Text, Turn
from polyarena.answers import quoted

from . import libraries
from .makers import KINDS
from .notes import note_of
from .sources import Sources, language_of_file, sources_before, sources_in
from .structured import CAPABILITY, FORMAT

AUTOMATIC = "auto"
_KINDS = "\n".join(f"- {kind.title}: {kind.words}" for kind in KINDS.values())
_BLOCKS = """\
Hand in every file whole, in a fenced code block of its own whose first line names the language \
and the file, like ```tsx src/App.tsx. Say little beside it."""
_JSON = """\
Answer with one JSON object: `files` is a list of objects with the `path` and the whole `content` \
of a file, and `explanation` a few words on it."""
INSTRUCTIONS = f"""\
Write a web app. It will be built and opened in a browser as you hand it in, for somebody to try \
it beside another one. It must work at once: no omissions, no placeholders, nothing left to do.

{{hand_in}}

It may be one of these:
{_KINDS}

These libraries are installed; any other is not, and cannot be:
{libraries.in_words()}
Import them by these names. In a plain page a script of theirs from a usual library host works, \
too. Do not write package.json, requirements.txt or settings of build tools. An app in Python is \
started by its file, and may listen where it likes; what it stores is gone when it ends.

No other host can be reached: no fonts, pictures or data from elsewhere. Draw pictures as SVG, on \
a canvas or with CSS, and make up the data. Storage is empty each time. It is looked at on a wide \
screen, a tablet and a phone, and with the keyboard, too."""
_AGAIN = """\
The app's files are given above as they are now. Hand in whole every file that you change or add; \
what you do not hand in stays. A file handed in empty is removed."""


@dataclass(frozen=True, slots=True)
class AppRequest(ModelRequest):
    """A request with the files that there are before its answer."""

    before: Sources = field(default_factory=dict)


def request_of(turn: Turn, model: Model) -> AppRequest:
    """What a model is asked in a turn; files and what was seen of them are put into words."""
    structured = CAPABILITY in model.capabilities
    told = INSTRUCTIONS.format(hand_in=_JSON if structured else _BLOCKS)
    system = f"{model.system}\n\n{told}" if model.system else told
    before = sources_before(turn.history)
    asked = Message(role="user", parts=turn.prompt.parts)
    messages = (
        Message(role="system", parts=(Text(text=system),)),
        *_in_words((*turn.history, asked), before),
    )
    parameters = {**model.parameters, **({"response_format": FORMAT} if structured else {})}
    return AppRequest(messages, parameters, before)


def asked_kind(parts: Sequence[Part]) -> str:
    """The id of the kind of app that a prompt chooses, or an empty string."""
    chosen = [part.text for part in parts if isinstance(part, Input) and part.name == "kind"]
    return chosen[-1] if chosen and chosen[-1] in KINDS else ""


def _in_words(messages: Sequence[Message], before: Sources) -> Iterator[Message]:
    """The thread as text and pictures; what was seen of an app is told by the message after it."""
    last = max(
        (n for n, each in enumerate(messages) if sources_in(each.parts)),
        default=-1,
    )
    told: tuple[Text, ...] = ()
    for number, message in enumerate(messages):
        if message.role == "user":
            again = (Text(text=_AGAIN),) if before and number == len(messages) - 1 else ()
            parts = (*told, *_user(message.parts), *again)
            yield Message(role="user", parts=parts)
            told = ()
        else:
            yield Message(role=message.role, parts=tuple(_own(message, whole=number == last)))
            told = tuple(_told(message.parts))


def _user(parts: Sequence[Part]) -> Iterator[Part]:
    yield from (part for part in parts if isinstance(part, (Text, Image)))
    if kind := asked_kind(parts):
        yield Text(text=f"Make it with {KINDS[kind].title}.")


def _own(message: Message, *, whole: bool) -> Iterator[Text]:
    """A model's own answer; its files as they were handed in, or only their names."""
    note = note_of(message.parts)
    yield from (part for part in message.parts if isinstance(part, Text) and part is not note)
    files = [part for part in message.parts if isinstance(part, Code) and part.filename]
    if files and not whole:
        yield Text(text=f"(Files: {', '.join(file.filename for file in files)}.)")
    for file in files if whole else ():
        info = f"{language_of_file(file.filename)} {file.filename}".strip()
        yield Text(text=quoted(file.text, info))


def _told(parts: Sequence[Part]) -> Iterator[Text]:
    if note := note_of(parts):
        yield note
    for app in (part for part in parts if isinstance(part, App)):
        done = "was built and looked at" if app.bundle else "could not be built"
        found = "".join(f"\n- {problem}" for problem in app.problems)
        yield Text(text=f"(Your app {done}.{found})")
