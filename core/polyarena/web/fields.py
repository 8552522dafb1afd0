"""The composer's further fields and files, filled with what a prompt holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from ..arena import PromptField
from ..content import File, Image, Input, Part, Prompt, Text
from . import battle_views, views
from .marks import pieces


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
    from polyarena_frontend.artifacts import artifact_url, thumb_url

    return tuple(
        views.KeptView(
            value=f"{part.artifact}/{part.filename}",
            name=part.filename,
            url=thumb_url(part) if isinstance(part, Image) else artifact_url(part),
            picture=isinstance(part, Image),
            alt=part.alt if isinstance(part, Image) else "",
        )
        for part in parts
        if isinstance(part, (File, Image))
    )


def attached(fields: Sequence[PromptField], prompt: Prompt) -> tuple[Markup, ...]:
    """What a prompt holds beside its text, as HTML; not what stands unasked."""
    return _attached(fields, prompt, prompt.parts)


def prompt_pieces(
    fields: Sequence[PromptField], prompt: Prompt
) -> tuple[battle_views.PieceView, ...]:
    """A prompt in its order, where that is not words first."""
    return tuple(
        battle_views.PieceView(text=escape(group[0].text))
        if isinstance(group[0], Text)
        else battle_views.PieceView(attached=_attached(fields, prompt, group))
        for group in pieces(prompt)
    )


def _attached(
    fields: Sequence[PromptField], prompt: Prompt, parts: Sequence[Part]
) -> tuple[Markup, ...]:
    known = {view.id: view for view in field_views(fields, inputs_of(prompt))}
    shown: list[Markup] = []
    for part in parts:
        match part:
            case Text():
                continue
            case Input() if part.name in known:
                shown += _input(known[part.name], part)
            case Image():
                shown.append(_picture(part))
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


def _picture(part: Image) -> Markup:
    from polyarena_frontend.pictures import prompt_picture

    return prompt_picture(part)


def _blocks(part: Part) -> tuple[Markup, ...]:
    from polyarena_frontend.parts import render_blocks

    return render_blocks(part)


def kept_fields(kept: Sequence[views.KeptView]) -> list[tuple[str, str]]:
    """What a form sends to keep files, as names and values."""
    described = [(f"alt.{file.artifact}", file.alt) for file in kept if file.alt]
    return [("kept", file.value) for file in kept] + described
