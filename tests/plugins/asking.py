"""Asking a provider, the way the core does."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from polyarena import Delta, Event, Finish, Message, Model, ModelRequest, Provider, Text
from polyarena_providers.openai import OpenAIProvider

QUICK = {"connect": 2, "first_token": 2, "between_tokens": 2, "total": 5, "retries": 0}


@asynccontextmanager
async def provider(**options: Any) -> AsyncGenerator[OpenAIProvider]:
    """An OpenAI provider of little patience."""
    made = OpenAIProvider({**QUICK, **options})
    try:
        yield made
    finally:
        await made.close()


def request(*prompts: str, **parameters: Any) -> ModelRequest:
    messages = tuple(Message(role="user", parts=(Text(text=prompt),)) for prompt in prompts)
    return ModelRequest(messages or (Message(role="user", parts=(Text(text="Hi"),)),), parameters)


def model(url: str, **config: Any) -> Model:
    return Model(
        name="Anything",
        provider="openai",
        config={"base_url": url, "model": "any-1", **config},
    )


async def events(asked: Provider, of: Model, *prompts: str) -> list[Event]:
    """Everything that comes."""
    async with aclosing(asked.stream(of, request(*prompts))) as stream:
        return [event async for event in stream]


async def answer(asked: Provider, of: Model, *prompts: str) -> tuple[str, Finish]:
    """The whole text, and how it ended."""
    *said, last = await events(asked, of, *prompts)
    assert isinstance(last, Finish)
    return "".join(event.text for event in said if isinstance(event, Delta)), last
