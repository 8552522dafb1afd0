"""What is sent: a request as the body of a chat completion."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from polyarena import Code, Failure, Image, Message, ModelRequest, Part, ProviderError, Text


async def body_of(model: str, request: ModelRequest) -> dict[str, Any]:
    """The JSON body; the parameters cannot override what is asked, of whom, and how.

    Raises:
        ProviderError: a message holds a part that cannot be sent.
        NotFound: a picture in it was deleted.
    """
    return {
        **request.parameters,
        "model": model,
        "messages": [await _message(message, request) for message in request.messages],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


async def _message(message: Message, request: ModelRequest) -> dict[str, Any]:
    content: str | list[dict[str, Any]]
    if any(isinstance(part, Image) for part in message.parts):
        content = [await _item(part, request) for part in message.parts if part != Text(text="")]
    else:
        content = "\n\n".join(map(_text, message.parts))
    return {"role": message.role, "content": content}


async def _item(part: Part, request: ModelRequest) -> dict[str, Any]:
    if not isinstance(part, Image):
        return {"type": "text", "text": _text(part)}
    data = b64encode(await request.load(part)).decode()
    return {"type": "image_url", "image_url": {"url": f"data:{part.media_type};base64,{data}"}}


def _text(part: Part) -> str:
    if isinstance(part, Text):
        return part.text
    if isinstance(part, Code):
        return f"```{part.language}\n{part.text}\n```"
    raise ProviderError(Failure.REFUSED, f"a part of type {part.type} cannot be sent")
