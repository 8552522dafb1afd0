"""What is sent: a request as the body of a chat completion."""

from __future__ import annotations

from typing import Any

from polyarena import Code, Failure, Message, ModelRequest, Part, ProviderError, Text


def body_of(model: str, request: ModelRequest, *, usage: bool) -> dict[str, Any]:
    """The JSON body; the parameters cannot override what is asked, of whom, and how.

    Raises:
        ProviderError: a message holds a part that cannot be sent as text.
    """
    body = {
        **request.parameters,
        "model": model,
        "messages": [_message(message) for message in request.messages],
        "stream": True,
    }
    if usage:
        body["stream_options"] = {"include_usage": True}
    else:
        body.pop("stream_options", None)
    return body


def _message(message: Message) -> dict[str, str]:
    return {"role": message.role, "content": "\n\n".join(map(_text, message.parts))}


def _text(part: Part) -> str:
    if isinstance(part, Text):
        return part.text
    if isinstance(part, Code):
        return f"```{part.language}\n{part.text}\n```"
    raise ProviderError(Failure.REFUSED, f"a part of type {part.type} cannot be sent")
