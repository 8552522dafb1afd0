"""An answer being read: the bytes of a chat completion in, its text out."""

from __future__ import annotations

from typing import Any

import orjson

from polyarena import Failure, Finish, ProviderError

from .refusals import REASONS, declined
from .sse import BUFFER_LIMIT, EventTooLong, Splitter

_BOM = b"\xef\xbb\xbf"
_REASONS = {"length": "length", "max_tokens": "length", **dict.fromkeys(REASONS, "refused")}


class AnswerReader:
    """Reads a stream of chunks, or the one JSON document of a server that does not stream.

    `complete` tells that the server said it is done, `signs` how many deltas held text or
    reasoning. Reasoning and tool calls are left out of the text; what a model says where it
    declines is in it. Every method that reads raises `ProviderError`.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._splitter = Splitter()
        self._head: bytes | None = b""
        self._document: list[bytes] | None = None
        self._characters = 0
        self._has_text = False
        self._declines = False
        self._tokens: tuple[int | None, int | None] = (None, None)
        self.reason: str | None = None
        self.complete = False
        self.signs = 0

    def feed(self, chunk: bytes) -> str:
        """The text that a chunk of bytes adds."""
        if self._head is not None:
            chunk = self._begin(chunk)
        if self._document is not None:
            self._collect(chunk)
            return ""
        try:
            events = self._splitter.feed(chunk)
        except EventTooLong:
            raise _endless(f"an event of more than {BUFFER_LIMIT} bytes") from None
        if len(events) == 1:
            return self._event(events[0])
        return "".join([self._event(event) for event in events])

    def end(self) -> str:
        """The text that was held back until the end of the bytes."""
        if self._head:
            self.feed(b"   ")
        if self._document is not None:
            return self._whole(b"".join(self._document))
        try:
            return "".join([self._event(event) for event in self._splitter.end()])
        except ProviderError as error:
            if self.reason is not None:
                return ""
            if error.failure is Failure.MALFORMED:
                raise ProviderError(Failure.CUT, "the stream ended inside an event") from None
            raise

    def finish(self) -> Finish:
        """How the answer ended; raises if it did not, or holds no text and no refusal."""
        if self.reason is None:
            raise ProviderError(Failure.CUT, "the stream ended without a finish reason")
        reason = "refused" if self._declines else self.reason
        if not self._has_text and reason != "refused":
            raise ProviderError(Failure.EMPTY, "the answer holds no text")
        return Finish(reason, *self._tokens)

    def _begin(self, chunk: bytes) -> bytes:
        head = (self._head or b"") + chunk
        start = head.removeprefix(_BOM).lstrip()
        if _BOM.startswith(start):
            self._head = start
            return b""
        self._head = None
        if start.startswith(b"{"):
            self._document = []
        return start

    def _collect(self, chunk: bytes) -> None:
        assert self._document is not None
        self._document.append(chunk)
        self._characters += len(chunk)
        if self._characters > BUFFER_LIMIT:
            raise _endless(f"a document of more than {BUFFER_LIMIT} bytes")

    def _whole(self, document: bytes) -> str:
        self._characters = 0
        text = self._choice(document, "message")
        self.complete = True
        return text

    def _event(self, data: bytes) -> str:
        if data == b"[DONE]":
            self.complete = True
            return ""
        return self._choice(data, "delta")

    def _choice(self, data: bytes, holder: str) -> str:
        body = _load(data)
        if declined(body.get("error")):
            self.reason = "refused"
            return ""
        if body.get("error"):
            raise ProviderError(Failure.SERVER_ERROR, f"error in the stream: {_excerpt(data)}")
        if usage := body.get("usage"):
            self._count(usage)
        choices = body.get("choices")
        if not choices:
            return ""
        try:
            choice = choices[0]
            delta = choice.get(holder) or {}
            refusal = delta.get("refusal")
            text = delta.get("content") or refusal or ""
            reason = choice.get("finish_reason")
            thinking = delta.get("reasoning_content") or delta.get("reasoning")
        except (AttributeError, KeyError, TypeError):
            raise _malformed(data) from None
        if not isinstance(text, str) or not isinstance(reason, str | None):
            raise _malformed(data)
        self._declines = self._declines or bool(refusal)
        if text or thinking:
            self.signs += 1
        if reason:
            self.reason = _REASONS.get(reason, "stop")
        return self._take(text)

    def _take(self, text: str) -> str:
        self._characters += len(text)
        if self._characters > self._limit:
            raise _endless(f"an answer of more than {self._limit} characters")
        self._has_text = self._has_text or bool(text.strip())
        return text

    def _count(self, usage: object) -> None:
        if isinstance(usage, dict):
            counts = [usage.get("prompt_tokens"), usage.get("completion_tokens")]
            asked, answered = (n if type(n) is int and n >= 0 else None for n in counts)
            self._tokens = (asked, answered)


def _load(data: bytes) -> dict[str, Any]:
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ProviderError(Failure.MALFORMED, f"{error}: {_excerpt(data)}") from None
    if not isinstance(body, dict):
        raise _malformed(data)
    return body


def _malformed(data: bytes) -> ProviderError:
    return ProviderError(Failure.MALFORMED, f"not a chat completion: {_excerpt(data)}")


def _excerpt(data: bytes) -> str:
    return data[:4000].decode(errors="replace")


def _endless(detail: str) -> ProviderError:
    return ProviderError(Failure.ENDLESS, detail)
