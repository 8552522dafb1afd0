"""How a server says that its model declined, rather than that something went wrong."""

from __future__ import annotations

import orjson

REASONS = frozenset({"content_filter", "refusal", "safety"})
CODES = frozenset(
    {
        "content_filter",
        "content_moderation",
        "content_policy_violation",
        "moderation_blocked",
        "responsibleaipolicyviolation",
    }
)


def declined(error: object) -> bool:
    """Whether the `error` object of an answer stands for a moderation's refusal."""
    if not isinstance(error, dict):
        return False
    told = [error.get("code"), error.get("type")]
    if isinstance(inner := error.get("innererror"), dict):
        told.append(inner.get("code"))
    return any(isinstance(code, str) and code.lower() in CODES for code in told)


def declined_in(body: str) -> bool:
    """The same of the body that came with a status other than success."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    return isinstance(document, dict) and declined(document.get("error"))
