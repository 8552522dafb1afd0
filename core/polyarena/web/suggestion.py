"""A prompt that would be taken in place of one that was refused, for the page that sent it."""

from __future__ import annotations

import json

from fastapi import Request
from starlette.datastructures import FormData

from ..content import File, Image, Prompt
from ..errors import PromptRefused
from . import views
from .context import services
from .fields import attached, inputs_of
from .prompt_form import FIELD

# What a form says beside its prompt.
BESIDE = ("mode", "model_a", "model_b")


def suggestion_view(request: Request, refused: PromptRefused) -> views.SuggestionView | None:
    """How a page shows the suggestion, if there is any, and sends it where the prompt went."""
    prompt = refused.suggestion
    arena = services(request).registry.arenas.get(refused.arena)
    if prompt is None or arena is None:
        return None
    fields = arena.manifest.fields
    given = inputs_of(prompt)
    inputs = {FIELD + field.id: given.get(field.id, "") for field in fields}
    values = {"prompt": [prompt.text], **{name: [text] for name, text in inputs.items()}}
    values |= _files(prompt)
    form = getattr(request.state, "form", FormData())
    values |= {name: [text] for name in BESIDE if isinstance(text := form.get(name), str)}
    sent = {name: each[0] if len(each) == 1 else each for name, each in values.items()}
    return views.SuggestionView(
        action=request.url.path,
        prompt=prompt.text,
        attached=attached(fields, prompt),
        values=tuple((name, value) for name, each in values.items() for value in each),
        sent=json.dumps(sent),
        inputs=json.dumps({name: text for name, text in inputs.items() if text}),
    )


def _files(prompt: Prompt) -> dict[str, list[str]]:
    files = [part for part in prompt.parts if isinstance(part, (File, Image))]
    if not files:
        return {}
    alts = {
        f"alt.{part.artifact}": [part.alt] for part in files if isinstance(part, Image) and part.alt
    }
    return {"kept": [f"{part.artifact}/{part.filename}" for part in files], **alts}
