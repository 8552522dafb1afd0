"""What a painter is asked: the words, the size, and what is to be edited."""

from __future__ import annotations

from polyarena import Image, Message, Model, ModelRequest, Prompt, Text, Turn

from .shapes import shape_of

PAINT = "text-to-image"
EDIT = "image-edit"
ASPECT_SLACK = 0.02


def able(model: Model, prompt: Prompt) -> bool:
    """Whether a model can do what a prompt asks for: paint, or edit its picture."""
    return (EDIT if pictures_of(prompt) else PAINT) in model.capabilities


def pictures_of(prompt: Prompt) -> list[Image]:
    """A prompt's pictures: the one to be edited, and its mask."""
    return [part for part in prompt.parts if isinstance(part, Image)]


def problem_of(prompt: Prompt) -> str | None:
    """What is wrong with a prompt, in words for whoever asked it."""
    pictures = pictures_of(prompt)
    if not prompt.text.strip():
        what = "what to change in the picture" if pictures else "what to paint"
        return f"Say {what}."
    if len(pictures) > 2:
        return "Add one picture to edit, and one more as its mask; there are more."
    if len(pictures) == 2:
        picture, mask = pictures
        if abs(mask.width / mask.height / (picture.width / picture.height) - 1) > ASPECT_SLACK:
            return (
                f"The mask ({mask.width} × {mask.height}) has another shape than the picture "
                f"({picture.width} × {picture.height}); they must be alike."
            )
    return None


def request_of(turn: Turn, model: Model) -> ModelRequest:
    """The same for both sides: words, size, pictures; the model's own parameters beside them."""
    words = f"{model.system}\n\n{turn.prompt.text}" if model.system else turn.prompt.text
    asked = Message(role="user", parts=(Text(text=words), *pictures_of(turn.prompt)))
    return ModelRequest((asked,), {**model.parameters, "size": shape_of(turn.prompt).size})
