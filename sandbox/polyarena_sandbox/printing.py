"""What the commands print."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from polyarena.apps import BuiltApp, SeenApp, ServedApp
from polyarena.sandbox import Result, StepResult

from .selfcheck import Checked, Verdict

if TYPE_CHECKING:
    from docker import DockerClient

    from .rendering import Rendered

LINES_SHOWN = 20
STYLES = {Verdict.PASSED: "green", Verdict.FAILED: "bold red", Verdict.NOT_BUILT: "dim"}


class CheckTable:
    """A table of checks that grows."""

    def __init__(self) -> None:
        self.rows: list[Checked] = []

    def add(self, row: Checked) -> None:
        """Add a check that was made."""
        self.rows.append(row)

    def __rich__(self) -> Table:
        table = Table("Check", "Outcome", "Seconds", "Message", title="Sandbox check")
        table.columns[2].justify = "right"
        for row in self.rows:
            verdict = f"[{STYLES[row.verdict]}]{row.verdict}[/]"
            table.add_row(row.name, verdict, f"{row.seconds:.2f}", escape(_clean(row.message)))
        return table


def image_table(client: DockerClient) -> Table:
    """The images: for which languages, tag, whether built, size."""
    from .images import IMAGES, is_built, tag
    from .recipes import RECIPES, TOOLS
    from .servers import IMAGE, KINDS

    table = Table("Image", "Languages", "Tag", "Built", "Size", title="Images")
    table.columns[2].overflow = "fold"
    table.columns[4].justify = "right"
    every = (*RECIPES.values(), *TOOLS.values())
    for image in IMAGES:
        languages = [one.language.title for one in every if one.image == image]
        languages += [kind.title for kind in KINDS.values() if image == IMAGE]
        built = is_built(client, image)
        size = f"{client.images.get(tag(image)).attrs['Size'] / 1e6:,.0f} MB" if built else ""
        table.add_row(image, ", ".join(languages), tag(image), "yes" if built else "no", size)
    return table


def print_result(result: Result) -> None:
    """Print what a job did, for a person."""
    for step in result.steps:
        typer.echo(_clean(step.stdout.decode(errors="replace")), nl=False)
        typer.echo(_clean(step.stderr.decode(errors="replace")), nl=False, err=True)
    table = Table("Step", "Outcome", "Ended", "Wall", "CPU", "Memory", title=result.environment)
    for step in result.steps:
        table.add_row(
            step.name,
            step.outcome,
            _ended(step),
            f"{step.seconds:.3f} s",
            f"{step.cpu_seconds:.3f} s",
            f"{step.memory / 1e6:.1f} MB",
        )
    console = Console(stderr=True)
    console.print(table)
    for file in result.files:
        console.print(f"file {file.name}, {len(file.data):,} bytes", markup=False)
    for left in result.omitted:
        console.print(f"left out {left.name}, {left.size:,} bytes: {left.reason}", markup=False)
    console.print(f"queued {result.queued:.3f} s, ran {result.seconds:.3f} s")


def print_rendered(rendered: Rendered) -> None:
    """Print what came of a web app, for a person."""
    table = Table("What", "How")
    if rendered.built is not None:
        _add_built(table, rendered.built)
    if rendered.served is not None:
        _add_served(table, rendered.served)
    if rendered.seen is not None:
        _add_seen(table, rendered.seen)
    Console(stderr=True).print(table)


def _add_built(table: Table, built: BuiltApp) -> None:
    for message in built.messages:
        place = f"{message.file}:{message.line}: " if message.file else ""
        typer.echo(_clean(f"{message.level}: {place}{message.text}"), err=True)
    table.title = built.environment
    table.add_row("Built", f"{built.kind}, {built.seconds:.2f} s" if built.ok else "no")
    table.add_row("Bundle", _size(built.files))
    table.add_row("Libraries", ", ".join(built.libraries) or "none")
    _add_missing(table, built.missing)


def _add_served(table: Table, served: ServedApp) -> None:
    if served.fault:
        for line in served.output.rstrip().splitlines()[-LINES_SHOWN:]:
            typer.echo(_clean(line), err=True)
        longer = "" if served.ended else f" It had {served.seconds:.0f} s; --wait gives it longer."
        typer.echo(_clean(f"error: {served.fault}{longer}"), err=True)
    answers = "no" if served.fault else f"answers after {served.seconds:.1f} s"
    table.add_row("Started", ", ".join(filter(None, (served.kind, served.main, answers))))
    _add_missing(table, served.missing)
    if served.ended and not served.fault:
        table.add_row("Server", "ended while it was looked at")


def _add_missing(table: Table, names: Sequence[str]) -> None:
    if names:
        table.add_row("Not installed", escape(_clean(", ".join(names))))


def _add_seen(table: Table, seen: SeenApp) -> None:
    states = {"blank": seen.blank, "hung": seen.hung, "crashed": seen.crashed}
    said = [name for name, true in states.items() if true]
    table.add_row("Page", ", ".join(said) or "shown")
    if seen.first_paint_ms is not None:
        table.add_row("First paint", f"{seen.first_paint_ms:.0f} ms")
    errors = [*seen.errors, *(line.text for line in seen.console if line.level == "error")]
    table.add_row("Errors", escape(_clean("\n".join(errors))) or "none")
    failed = [f"{each.url} ({each.reason})" for each in seen.failed_requests]
    table.add_row("Failed requests", escape(_clean("\n".join(failed))) or "none")
    findings = [f"{each.help} ({each.nodes})" for each in seen.findings or ()]
    none = "not examined" if seen.findings is None else "none"
    table.add_row("Accessibility", escape(_clean("\n".join(findings))) or none)
    dead = escape(_clean(", ".join(seen.dead_controls))) or "none"
    table.add_row("Controls that do nothing", f"{dead}, of {seen.clicked} tried")


def _size(files: Mapping[str, bytes]) -> str:
    return f"{len(files)} files, {sum(map(len, files.values())):,} bytes"


def plain(value: object) -> Any:
    """A value as JSON holds it; bytes are a text, or `{"base64": …}` where they are none."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    match value:
        case bytes():
            try:
                return value.decode()
            except UnicodeDecodeError:
                return {"base64": base64.b64encode(value).decode()}
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    return value


def _ended(step: StepResult) -> str:
    end = step.signal or f"exit {step.exit_code}"
    return f"{end}, output cut" if step.stdout_cut or step.stderr_cut else end


def _clean(text: str) -> str:
    """A text that cannot steer a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)
