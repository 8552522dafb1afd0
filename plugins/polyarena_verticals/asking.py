"""What an occupation's models are asked: the brief, the context, and the question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polyarena import Input, Message, Model, ModelRequest, Part, PromptField, Text, Turn


def request_of(turn: Turn, model: Model, brief: str, fields: Sequence[PromptField]) -> ModelRequest:
    """A turn in words, so that any model of text can answer it."""
    told = "\n\n".join(filter(None, (model.system, brief)))
    system = (Message(role="system", parts=(Text(text=told),)),) if told else ()
    history = (
        Message(role=message.role, parts=_worded(message.parts, fields))
        for message in turn.history
        if message.role != "system"
    )
    asked = Message(role="user", parts=_worded(turn.prompt.parts, fields))
    return ModelRequest((*system, *history, asked), model.parameters)


def _worded(parts: Sequence[Part], fields: Sequence[PromptField]) -> tuple[Part, ...]:
    said = tuple(part for part in parts if isinstance(part, Text))
    context = list(_context(parts, fields))
    return (Text(text="\n".join(context)), *said) if context else said


def _context(parts: Sequence[Part], fields: Sequence[PromptField]) -> Iterator[str]:
    given = {part.name: part.text.strip() for part in parts if isinstance(part, Input)}
    for field in fields:
        value = given.get(field.id, "")
        if value:
            yield f"{field.title}: {dict(field.options).get(value, value)}"
