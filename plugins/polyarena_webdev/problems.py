"""What is wrong with an app, in sentences for the voter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from polyarena.apps import BuildMessage, BuiltApp, SeenApp

LISTED = 8
LENGTH = 300
_SERIOUS = ("critical", "serious")
_ELSEWHERE = ("http:", "https:", "//", "ws:", "wss:")


def faults_of(built: BuiltApp) -> tuple[str, ...]:
    """Why an app was not built, or what was said while it was."""
    return tuple(_cut(sentence) for sentence in _faults(built))


def problems_of(seen: SeenApp) -> tuple[str, ...]:
    """What was seen to be wrong with an app that runs."""
    return tuple(_cut(sentence) for sentence in _problems(seen))


def missing_words(names: Sequence[str]) -> str:
    """That an app asks for libraries which are not installed."""
    return f"It asks for libraries that are not installed here: {_listed(names)}."


def _faults(built: BuiltApp) -> Iterator[str]:
    if built.missing:
        yield missing_words(built.missing)
    said = {f"The library {name} is not there." for name in built.missing}
    left = [message for message in built.messages if message.text not in said]
    for message in left[:LISTED]:
        yield _message(message)
    if len(left) > LISTED:
        yield f"There are {len(left) - LISTED} more messages of the builder."


def _message(message: BuildMessage) -> str:
    if not message.file:
        return message.text
    line = f", line {message.line}" if message.line else ""
    return f"{message.file}{line}: {message.text}"


def _problems(seen: SeenApp) -> Iterator[str]:
    if seen.crashed:
        yield "The page crashed in the browser."
    if seen.hung:
        yield "The page stopped answering, and its scripts were ended."
    if seen.blank and not seen.crashed:
        yield "The page is blank: nothing is to be seen on it."
    for error in dict.fromkeys(seen.errors[:LISTED]):
        yield f"An error in a script: {error}"
    yield from _requests(seen)
    if seen.dead_controls:
        yield f"A click does nothing on {_listed(_quoted(seen.dead_controls))}."
    if seen.popups:
        yield "It wanted to open another window, which apps cannot do here."
    for finding in seen.findings or ():
        if finding.impact in _SERIOUS:
            places = "1 place" if finding.nodes == 1 else f"{finding.nodes} places"
            yield f"Accessibility: {finding.help} ({places})."


def _requests(seen: SeenApp) -> Iterator[str]:
    urls = list(dict.fromkeys(request.url for request in seen.failed_requests))
    elsewhere = [url for url in urls if url.startswith(_ELSEWHERE)]
    own = [url for url in urls if url not in elsewhere]
    if own:
        yield f"It asks for files that are not there: {_listed(own)}."
    if elsewhere:
        yield f"It asks other hosts, which apps cannot reach here: {_listed(elsewhere)}."


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(_cut(name, 80) for name in names[:LISTED])
    return f"{shown}, and {len(names) - LISTED} more" if len(names) > LISTED else shown


def _quoted(labels: Sequence[str]) -> list[str]:
    """Labels in quotation marks, each once."""
    counts = Counter(labels)
    return [f"“{label}”" + (f" ({n} times)" if n > 1 else "") for label, n in counts.items()]


def _cut(text: str, length: int = LENGTH) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
