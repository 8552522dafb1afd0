"""`polyarena models`: the roster."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..model import ModelState
from .opened import run_with_services

if TYPE_CHECKING:
    from ..content import File, Image
    from ..model import Model
    from ..services import Services

app = typer.Typer(help="The models that take part.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The model's name.")]


@app.command()
def add(
    name: Name,
    base_url: Annotated[str, typer.Option(help="The server's address, ending in /v1.")] = "",
    model: Annotated[str, typer.Option(help="The model's id on that server.")] = "",
    provider: Annotated[str, typer.Option(help="How it is reached.")] = "openai",
    key_env: Annotated[
        str, typer.Option(help="Environment variable that holds the key; the key is not kept.")
    ] = "",
    organization: Annotated[str, typer.Option(help="Who made it.")] = "",
    license: Annotated[str, typer.Option(help="Its licence.")] = "",
    link: Annotated[str, typer.Option(help="Where to read about it.")] = "",
    arena: Annotated[
        list[str], typer.Option(help="An arena it takes part in; all by default.")
    ] = [],  # noqa: B006
    capability: Annotated[list[str], typer.Option(help="What it can do.")] = ["text"],  # noqa: B006
    picture: Annotated[
        list[str],
        typer.Option(
            help="NAME=VALUE of what it takes of pictures: count, side, bytes, frames, or types "
            "with commas; it can take them with --capability image."
        ),
    ] = [],  # noqa: B006
    state: Annotated[ModelState, typer.Option(help="Where it stands.")] = ModelState.LISTED,
    weight: Annotated[float, typer.Option(min=0, help="How often it is drawn.")] = 1.0,
    system: Annotated[str, typer.Option(help="Its system prompt.")] = "",
    parameter: Annotated[
        list[str], typer.Option(help="NAME=VALUE sent with each request, e.g. temperature=0.7.")
    ] = [],  # noqa: B006
    setting: Annotated[
        list[str],
        typer.Option("--config", help="NAME=VALUE that its provider needs besides, e.g. api=ours."),
    ] = [],  # noqa: B006
    alias: Annotated[list[str], typer.Option(help="Another name it may give itself.")] = [],  # noqa: B006
) -> None:
    """Add a model, or change the one of this name; a running server sees it within a second."""
    said = {"base_url": base_url, "model": model, "key_env": key_env}
    config: dict[str, Any] = {name: value for name, value in said.items() if value}
    config |= dict(_parameter(text) for text in setting)
    contestant = _checked(
        name=name,
        provider=provider,
        config=config,
        system=system,
        parameters=dict(_parameter(text) for text in parameter),
        capabilities=frozenset(capability),
        pictures=dict(_picture_limit(text) for text in picture),
        state=state,
        weight=weight,
        arenas=dict.fromkeys(arena, weight),
        organization=organization,
        license=license,
        link=link,
        aliases=tuple(alias),
    )
    run_with_services(lambda s: s.models.add(contestant))
    typer.echo(f"Added {name} as {contestant.entry}. Try it: polyarena models test {name!r}")


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON lines.")] = False,
) -> None:
    """List the roster."""

    async def work(services: Services) -> list[Model]:
        return await services.models.current()

    models = run_with_services(work)
    if as_json:
        for model in models:
            typer.echo(model.model_dump_json())
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("name", "state", "weight", "provider", "organization", "license", "entry")
    for model in models:
        weight = f"{model.weight:g}" + (" (fallback)" if model.fallback else "")
        table.add_row(
            model.name,
            model.state.value,
            weight,
            model.provider,
            model.organization,
            model.license,
            model.entry,
        )
    Console().print(table)


@app.command("test")
def try_out(
    name: Name,
    prompt: Annotated[str, typer.Option(help="What to ask.")] = "Say hello in one sentence.",
    image: Annotated[
        list[Path], typer.Option(exists=True, dir_okay=False, help="A picture to ask about.")
    ] = [],  # noqa: B006
) -> None:
    """Ask a model one thing for real; print the answer and how long it took."""
    from ..content import Message, Part, Text
    from ..provider import Delta, ModelRequest, PictureReady

    async def work(services: Services) -> tuple[str, float | None, float]:
        model = await services.models.find(name)
        provider = services.registry.providers[model.provider]
        system = (Message(role="system", parts=(Text(text=model.system),)),) if model.system else ()
        pictures = [await _shown(services, model, path) for path in image]
        parts: tuple[Part, ...] = (*(one for each in pictures for one in each), Text(text=prompt))
        asked = Message(role="user", parts=parts)

        async def load(part: Image | File) -> bytes:
            return await services.artifacts.load(part.artifact)

        request = ModelRequest((*system, asked), model.parameters, load=load)
        began, first, text = time.perf_counter(), None, []
        async for event in provider.stream(model, request):
            if isinstance(event, Delta):
                first = first or time.perf_counter() - began
                text.append(event.text)
            elif isinstance(event, PictureReady):
                text.append(event.url or f"A picture of {len(event.data):,} bytes.")
        return "".join(text), first, time.perf_counter() - began

    answer, first, total = run_with_services(lambda s: _explained(work(s)))
    typer.echo(answer)
    shown = f"{first * 1000:.0f} ms" if first is not None else "none"
    typer.echo(f"first token {shown}, total {total * 1000:.0f} ms", err=True)


@app.command("set-state")
def set_state(name: Name, state: Annotated[ModelState, typer.Argument()]) -> None:
    """Change where a model stands: private, preliminary, listed, withdrawn, retired."""
    run_with_services(lambda s: s.models.set_state(name, state))
    typer.echo(f"{name} is {state.value}.")


@app.command()
def remove(name: Name) -> None:
    """Take a model out of the roster; its votes stay."""
    run_with_services(lambda s: s.models.remove(name))
    typer.echo(f"Removed {name}; its votes stay.")


@app.command()
def discover(
    url: Annotated[str, typer.Argument(help="A server's address.")],
    key_env: Annotated[str, typer.Option(help="Environment variable that holds the key.")] = "",
) -> None:
    """Show what a server offers: Ollama, vLLM, SGLang, llama.cpp, LiteLLM and their like."""

    async def work(services: Services) -> list[Model]:
        found: list[Model] = []
        for provider in services.registry.providers.values():
            found += await provider.discover(url, key_env or None)
        return found

    models = run_with_services(lambda s: _explained(work(s)))
    if not models:
        typer.echo("The server offers no models.", err=True)
        raise typer.Exit(1)
    key = f" --key-env {key_env}" if key_env else ""
    for model in models:
        base_url, model_id = model.config.get("base_url"), model.config.get("model")
        typer.echo(
            f"polyarena models add {model.name!r} --base-url {base_url} --model {model_id!r}{key}"
        )


async def _shown(services: Services, model: Model, path: Path) -> tuple[Image, ...]:
    """A picture such as the model takes it."""
    from ..pictures.bounds import Fit

    pictures, limits = services.artifacts.pictures, model.pictures
    with path.open("rb") as source:
        image = await pictures.take(source, path.name)
    fit = Fit(limits.side, limits.bytes, limits.types, limits.frames)
    return image.model_copy(update={"fitted": await pictures.fit(image, fit)}).given


async def _explained(work: Any) -> Any:
    """A failure with its detail: the operator may know what the voter may not."""
    from ..errors import PolyarenaError, ProviderError

    try:
        return await work
    except ProviderError as error:
        raise PolyarenaError(f"{error.failure.value}: {error.detail}") from None


def _parameter(text: str) -> tuple[str, Any]:
    import json

    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def _picture_limit(text: str) -> tuple[str, Any]:
    name, value = _parameter(text)
    return name, value.split(",") if name == "types" and isinstance(value, str) else value


def _checked(**fields: Any) -> Model:
    from pydantic import ValidationError

    from ..errors import ConfigError
    from ..model import Model

    try:
        return Model(**fields)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
        )
        raise ConfigError(faults) from None
