"""`polyarena classify`: which categories of an arena's leaderboard a prompt falls in, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import BadRequest, NotFound

if TYPE_CHECKING:
    from ..arena import Arena
    from ..plugins import Registry


def classify(
    text: Annotated[
        str | None, typer.Argument(help="A prompt, or `-` for one on standard input.")
    ] = None,
    arena: Annotated[str, typer.Option(help="The arena whose categories are asked for.")] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lines: Annotated[
        bool,
        typer.Option(
            "--lines",
            help="Read JSON lines: texts, lists of a thread's prompts, or objects with `text` or "
            "`prompts`; print a line of JSON for each.",
        ),
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Decide anew the categories of the arena's stored votes that an older classifier "
            "decided. The votes stay as they are.",
        ),
    ] = False,
) -> None:
    """Tell which categories a prompt falls in, and what decided."""
    if again:
        if text is not None or lines or as_json:
            raise BadRequest("--again takes no text: it reads the stored votes.")
        _again(arena)
        return
    from ..loading import load
    from ..settings import Settings

    if text not in (None, "-") if lines else text is None:
        raise BadRequest("Give a text, or `-`, or --lines and JSON lines on standard input.")
    found = _arena(load(Settings.load()), arena)
    if lines:
        for prompts in _threads():
            typer.echo(json.dumps(_told(found, prompts), ensure_ascii=False))
        return
    told = _told(found, [sys.stdin.read() if text == "-" else str(text)])
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(told["categories"])


def _again(arena: str) -> None:
    from .opened import run_with_services

    done = run_with_services(lambda services: services.categories.again(arena))
    typer.echo(
        f"Decided {done.votes:,} vote(s) of {arena} anew; {done.changed:,} changed categories."
    )


def _arena(registry: Registry, arena_id: str) -> Arena:
    if arena_id not in registry.arenas:
        known = ", ".join(registry.arenas) or "none"
        raise NotFound(f"There is no arena {arena_id!r}; installed are: {known}.")
    return registry.arenas[arena_id]


def _threads() -> Iterator[list[str]]:
    """The prompts of each line of standard input that is not empty.

    Raises:
        BadRequest: a line is no JSON, or not of the form that is asked for.
    """
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except ValueError as error:
            raise BadRequest(f"line {number} is not JSON: {error}") from None
        if isinstance(given, dict):
            given = given.get("prompts", given.get("text"))
        prompts = [given] if isinstance(given, str) else given
        if not isinstance(prompts, list) or not all(isinstance(one, str) for one in prompts):
            raise BadRequest(
                f"line {number} is neither a text, nor a list of texts, nor an object with one of "
                "them under `text` or `prompts`"
            )
        yield prompts


def _told(arena: Arena, prompts: Sequence[str]) -> dict[str, list[dict[str, object]] | str]:
    from ..arena import FinishedBattle
    from ..content import Prompt

    manifest = arena.manifest
    battle = FinishedBattle(manifest.id, tuple(Prompt.of(prompt) for prompt in prompts), ())
    because = arena.explain(battle)
    return {
        "arena": manifest.id,
        "classifier": manifest.classifier,
        "categories": [
            {
                "id": one.id,
                "title": one.title,
                "group": one.group,
                "because": list(because[one.id]),
            }
            for one in manifest.categories
            if one.id in because
        ],
    }


def _print(categories: object) -> None:
    assert isinstance(categories, list)
    if not categories:
        typer.echo("none of the arena's categories")
    for one in categories:
        title = f"{one['group']}: {one['title']}" if one["group"] else one["title"]
        typer.echo(f"{title}\t{', '.join(one['because'])}")
