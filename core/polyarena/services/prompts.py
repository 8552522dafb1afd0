"""What a prompt may be: the manifest's limits, and what is taken out of it."""

from __future__ import annotations

from ..arena import ArenaManifest
from ..content import Prompt, Text
from ..errors import PromptRefused


def clean(manifest: ArenaManifest, prompt: Prompt) -> Prompt:
    """The prompt without NUL bytes and lone surrogates, checked against the manifest.

    Raises:
        PromptRefused: it is empty, too long, or holds a part that the arena does not take.
    """
    for kind in sorted(prompt.kinds - manifest.accepts):
        taken = ", ".join(sorted(manifest.accepts))
        raise PromptRefused(f"The {manifest.title} arena takes no {kind}; it takes {taken}.")
    parts = tuple(_clean(part) if isinstance(part, Text) else part for part in prompt.parts)
    cleaned = Prompt(parts=parts)
    length = sum(len(part.text) for part in parts if isinstance(part, Text))
    if length > manifest.prompt_limit:
        raise PromptRefused(
            f"The prompt has {length:,} characters; "
            f"the {manifest.title} arena takes at most {manifest.prompt_limit:,}."
        )
    if not cleaned.text.strip() and cleaned.kinds <= {"text"}:
        raise PromptRefused("The prompt is empty; write something to ask.")
    return cleaned


def _clean(part: Text) -> Text:
    text = part.text.replace("\x00", "").replace("\r\n", "\n")
    return Text(text=text.encode("utf-8", "replace").decode("utf-8"))
