"""The commands `polyarena sandbox`."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer
from rich.console import Console
from rich.live import Live

from polyarena import ConfigError, PluginOptions, SandboxUnavailable
from polyarena.apps import READY_SECONDS
from polyarena.sandbox import Job, Outcome, Result, SourceFile, Step

from .limits import Limits
from .printing import CheckTable, image_table, plain, print_rendered, print_result

if TYPE_CHECKING:
    from docker import DockerClient

    from .docker_sandbox import DockerSandbox
    from .rendering import Rendered

Lang = Annotated[str, typer.Option("--lang", "-l", help="The language, as a code fence names it.")]
Program = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The program.")]
Stdin = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, help="A file for standard input.")
]
Files = Annotated[
    list[Path],
    typer.Option("--file", exists=True, dir_okay=False, help="A further file; may be repeated."),
]
AppPath = Annotated[Path, typer.Argument(exists=True, help="A file or a folder of files.")]
Out = Annotated[Path, typer.Option(file_okay=False, help="A folder for pictures and bundle.")]
AppKind = Annotated[
    str, typer.Option(help="static, fastapi, flask, gradio or streamlit; by the files by default.")
]
Wait = Annotated[
    float, typer.Option(min=1, max=80, help="Seconds that a server may take until it answers.")
]
AsJson = Annotated[bool, typer.Option("--json", help="The whole result as JSON.")]
Image = Annotated[str, typer.Argument(help="An image; all of them by default.")]


def group(options: PluginOptions) -> typer.Typer:
    """The command group, for a plugin with these options."""
    app = typer.Typer(
        name="sandbox",
        help="The sandbox in which programs run.",
        no_args_is_help=True,
        callback=lambda: None,
    )
    app.callback()(_remember(options))
    for command in (build, check, images, render, run):
        app.command()(command)
    return app


def _remember(options: PluginOptions) -> Callable[[typer.Context], None]:
    def remember(context: typer.Context) -> None:
        """The sandbox in which programs run."""
        context.obj = Limits.read(options)

    return remember


def build(context: typer.Context, name: Image = "") -> None:
    """Build what programs run in, or one image of it; says what it does."""
    from .images import IMAGES
    from .images import build as build_image

    if name and name not in IMAGES:
        raise ConfigError(f"there is no image {name!r}; there are {', '.join(IMAGES)}")
    with _client(context) as client:
        for image in [name] if name else IMAGES:
            build_image(client, image, typer.echo)


def images(context: typer.Context) -> None:
    """List the images: languages, tag, whether built, size."""
    with _client(context) as client:
        Console().print(image_table(client))


def check(context: typer.Context) -> None:
    """Run the checks that every sandbox must pass; fails if one of them does."""
    failed = asyncio.run(_check(context.obj))
    raise typer.Exit(int(failed))


def run(
    context: typer.Context,
    file: Program,
    lang: Lang,
    stdin: Stdin = None,
    files: Files = [],  # noqa: B006
    as_json: AsJson = False,
) -> None:
    """Run one program and print what it did; fails unless it ended well."""
    sources = tuple(SourceFile(path.name, path.read_bytes()) for path in (file, *files))
    step = Step(stdin=stdin.read_bytes() if stdin else b"")
    result = asyncio.run(_run(context.obj, Job(lang, sources, file.name, (step,))))
    if as_json:
        typer.echo(json.dumps(plain(result), indent=2, ensure_ascii=False))
    else:
        print_result(result)
    raise typer.Exit(int(result.outcome is not Outcome.OK))


def render(
    context: typer.Context,
    path: AppPath,
    out: Out,
    kind: AppKind = "",
    wait: Wait = READY_SECONDS,
    as_json: AsJson = False,
) -> None:
    """Build a web app, or start its server, look at it, and write down what was seen.

    Fails unless it was built, or began to answer.
    """
    from .rendering import sources_in

    rendered = asyncio.run(_render(context.obj, sources_in(path), _kind(kind), wait))
    rendered.write(out)
    report = json.dumps(rendered.report, indent=2, ensure_ascii=False)
    (out / "report.json").write_text(report)
    if as_json:
        typer.echo(report)
    else:
        print_rendered(rendered)
    raise typer.Exit(int(rendered.seen is None))


def _kind(name: str) -> str:
    from .rendering import STATIC
    from .servers import KINDS

    known = (STATIC, *sorted(KINDS))
    if name and name not in known:
        raise ConfigError(f"there are no apps of the kind {name!r}; there are {', '.join(known)}")
    return name


async def _render(limits: Limits, files: Mapping[str, bytes], kind: str, wait: float) -> Rendered:
    from .rendering import render as render_app

    async with _started(limits.model_copy(update={"warm_memory": 0})) as sandbox:
        return await render_app(sandbox, files, kind, wait)


async def _run(limits: Limits, job: Job) -> Result:
    async with _started(limits.model_copy(update={"warm_memory": 0})) as sandbox:
        return await sandbox.run(job)


async def _check(limits: Limits) -> bool:
    from .selfcheck import Verdict, selfcheck

    table = CheckTable()
    async with _started(limits) as sandbox:
        with Live(table, auto_refresh=False) as live:
            async for checked in selfcheck(sandbox):
                table.add(checked)
                live.refresh()
    return any(row.verdict is Verdict.FAILED for row in table.rows)


@asynccontextmanager
async def _started(limits: Limits) -> AsyncIterator[DockerSandbox]:
    """A sandbox for one command, which builds nothing."""
    from .docker_sandbox import DockerSandbox

    sandbox = DockerSandbox(limits.model_copy(update={"build": False}))
    with _quiet(), _tidied():
        try:
            await sandbox.start()
            if reason := sandbox.unavailable():
                raise SandboxUnavailable(reason)
            yield sandbox
        finally:
            await sandbox.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out what a server would log: it does not belong into a command's output."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


@contextmanager
def _tidied() -> Iterator[None]:
    """Have a command that is terminated tidy up as one that is interrupted does."""
    before = signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _client(context: typer.Context) -> Iterator[DockerClient]:
    from .engine import long_client

    client = long_client(context.obj.host)
    try:
        yield client
    finally:
        client.close()
