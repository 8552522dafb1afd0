"""What a prompt may be: the manifest's limits, and what is taken out of it."""

from __future__ import annotations

from ..arena import ArenaManifest
from ..content import File, Image, Input, Part, Prompt, Text
from ..errors import NotFound, PromptRefused
from .artifacts import ArtifactService, part_of


def clean(manifest: ArenaManifest, prompt: Prompt, *, first: bool) -> Prompt:
    """The prompt without NUL bytes, lone surrogates and empty inputs, within the manifest.

    `first` says that it begins a thread.

    Raises:
        PromptRefused: it is empty, too long, holds a part that the arena does not take, or lacks
            one that a thread begins with.
    """
    for kind in sorted(prompt.kinds - manifest.accepts):
        taken = ", ".join(sorted(manifest.accepts))
        raise PromptRefused(f"The {manifest.title} arena takes no {kind}; it takes {taken}.")
    for kind in sorted(manifest.begins_with - prompt.kinds if first else ()):
        named = {"image": "picture"}.get(kind, kind)
        raise PromptRefused(f"The {manifest.title} arena is about {named}s; add a {named}.")
    parts = tuple(_clean(part) for part in prompt.parts)
    parts = tuple(part for part in parts if not isinstance(part, Input) or part.text.strip())
    cleaned = Prompt(parts=parts)
    length = sum(len(part.text) for part in parts if isinstance(part, Text))
    if length > manifest.prompt_limit:
        raise PromptRefused(
            f"The prompt has {length:,} characters; "
            f"the {manifest.title} arena takes at most {manifest.prompt_limit:,}."
        )
    if not cleaned.text.strip() and cleaned.kinds <= {"text", "input"}:
        raise PromptRefused("The prompt is empty; write something to ask.")
    _check_inputs(manifest, [part for part in parts if isinstance(part, Input)])
    return cleaned


async def with_stored(
    artifacts: ArtifactService, manifest: ArenaManifest, prompt: Prompt
) -> Prompt:
    """The prompt with its files as they are stored, whatever the sender said of them.

    Raises:
        PromptRefused: a file is not stored, or there are more than the arena takes.
    """
    parts: list[Part] = []
    sizes: list[int] = []
    for part in prompt.parts:
        if not isinstance(part, (File, Image)):
            parts.append(part)
            continue
        try:
            found = await artifacts.known(part.artifact)
        except NotFound:
            name = part.filename or part.artifact
            raise PromptRefused(f"The file {name} is not stored; upload it again.") from None
        sizes.append(found.size)
        seen = part_of(found, part.filename, part.alt if isinstance(part, Image) else "")
        if isinstance(seen, Image) and "image" not in manifest.accepts:
            seen = File(artifact=found.digest, filename=seen.filename, size=found.size)
        parts.append(seen)
    _check_uploads(manifest, sizes)
    return Prompt(parts=tuple(parts))


def _check_uploads(manifest: ArenaManifest, sizes: list[int]) -> None:
    limits = manifest.uploads
    if sizes and limits is None:
        raise PromptRefused(f"The {manifest.title} arena takes no files.")
    if limits and len(sizes) > limits.count:
        raise PromptRefused(f"There are {len(sizes)} files; at most {limits.count} are taken.")
    if limits and sum(sizes) > limits.total_bytes:
        raise PromptRefused(
            f"The files have {sum(sizes):,} bytes; at most {limits.total_bytes:,} are taken."
        )


def _check_inputs(manifest: ArenaManifest, inputs: list[Input]) -> None:
    fields = {field.id: field for field in manifest.fields}
    seen: set[str] = set()
    for given in inputs:
        field = fields.get(given.name)
        if field is None:
            known = ", ".join(fields) or "none"
            raise PromptRefused(f"There is no input {given.name!r}; there are: {known}.")
        if given.name in seen:
            raise PromptRefused(f"The input {given.name!r} is given twice.")
        seen.add(given.name)
        if len(given.text) > field.limit:
            raise PromptRefused(
                f"{field.title}: {len(given.text):,} characters; at most {field.limit:,} are taken."
            )
        options = [option for option, _ in field.options]
        if field.kind == "choice" and given.text not in options:
            raise PromptRefused(f"{field.title}: choose one of {', '.join(options)}.")


def _clean(part: Part) -> Part:
    if not isinstance(part, (Text, Input)):
        return part
    text = part.text.replace("\x00", "").replace("\r\n", "\n")
    return part.model_copy(update={"text": text.encode("utf-8", "replace").decode("utf-8")})
