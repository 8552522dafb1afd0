"""The composer's further fields and files, filled with what a prompt holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ..arena import PromptField
from ..content import File, Image, Input, Prompt, Text
from . import views


def field_views(
    fields: Sequence[PromptField], values: Mapping[str, str]
) -> tuple[views.FieldView, ...]:
    """Fields with their values by id."""
    return tuple(
        views.FieldView(
            id=field.id,
            title=field.title,
            kind=field.kind,
            options=field.options,
            placeholder=field.placeholder,
            hint=field.hint,
            limit=field.limit,
            value=values.get(field.id, ""),
        )
        for field in fields
    )


def inputs_of(prompt: Prompt) -> dict[str, str]:
    """A prompt's further inputs by id."""
    return {part.name: part.text for part in prompt.parts if isinstance(part, Input)}


def kept_views(prompt: Prompt) -> tuple[views.KeptView, ...]:
    """A prompt's files, as an edit of it keeps them."""
    from polyarena_frontend.artifacts import artifact_url

    return tuple(
        views.KeptView(
            value=f"{part.artifact}/{part.filename}",
            name=part.filename,
            url=artifact_url(part),
            picture=isinstance(part, Image),
        )
        for part in prompt.parts
        if isinstance(part, (File, Image))
    )


def attached(fields: Sequence[PromptField], prompt: Prompt) -> tuple[Markup, ...]:
    """What a prompt holds beside its text, as HTML."""
    from polyarena_frontend.parts import render_blocks

    titles = {field.id: field.title for field in fields}
    shown = [
        part.model_copy(update={"name": titles.get(part.name, part.name)})
        if isinstance(part, Input)
        else part
        for part in prompt.parts
        if not isinstance(part, Text)
    ]
    return tuple(block for part in shown for block in render_blocks(part))
