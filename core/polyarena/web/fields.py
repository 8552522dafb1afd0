"""The composer's further fields and files, filled with what a prompt holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ..arena import PromptField
from ..content import File, Image, Input, Part, Prompt, Text
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


def kept_views(parts: Sequence[Part]) -> tuple[views.KeptView, ...]:
    """A prompt's files, as a form keeps them."""
    from polyarena_frontend.artifacts import artifact_url

    return tuple(
        views.KeptView(
            value=f"{part.artifact}/{part.filename}",
            name=part.filename,
            url=artifact_url(part),
            picture=isinstance(part, Image),
        )
        for part in parts
        if isinstance(part, (File, Image))
    )


def attached(fields: Sequence[PromptField], prompt: Prompt) -> tuple[Markup, ...]:
    """What a prompt holds beside its text, as HTML; not what stands unasked."""
    known = {view.id: view for view in field_views(fields, inputs_of(prompt))}
    shown: list[Markup] = []
    for part in prompt.parts:
        match part:
            case Text():
                continue
            case Input() if part.name in known:
                shown += _input(known[part.name], part)
            case Image():
                shown += [_linked(part, block) for block in _blocks(part)]
            case _:
                shown += _blocks(part)
    return tuple(shown)


def _input(field: views.FieldView, part: Input) -> tuple[Markup, ...]:
    if field.kind in ("text", "code"):
        return _blocks(part.model_copy(update={"name": field.title}))
    if not field.given:
        return ()
    said = dict(field.options).get(part.text, part.text)
    return (Markup('<p class="given"><span>{}</span> {}</p>').format(field.title, said),)


def _linked(part: Image, block: Markup) -> Markup:
    from polyarena_frontend.artifacts import artifact_url

    link = Markup('<a href="{}" target="_blank" rel="noopener">{}</a>')
    return link.format(artifact_url(part), block)


def _blocks(part: Part) -> tuple[Markup, ...]:
    from polyarena_frontend.parts import render_blocks

    return render_blocks(part)
