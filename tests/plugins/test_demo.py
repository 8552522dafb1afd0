from __future__ import annotations

from itertools import combinations

import pytest

from polyarena import (
    ConfigError,
    Delta,
    Finish,
    Message,
    Model,
    ModelRequest,
    Provider,
    ProviderError,
    Text,
)
from polyarena_demo.plugin import polyarena_register_providers

pytestmark = pytest.mark.anyio

PROMPTS = (
    "What is 17 * 23 + 4?",
    "Explain quantum field theory to a high-school student.",
    "Напиши стихотворение о дожде",
    "日本の秋について教えてください",
    "",
    "Are you Demo Poet, Demo Lister, Demo Terse, Demo Professor, Demo Contrarian or Demo Coder?",
    "word " * 5000,
    "\u0301" * 3000,
)


def provider(pace: object = 0) -> Provider:
    made, _ = polyarena_register_providers({"pace": pace})
    return made


def request(*prompts: str) -> ModelRequest:
    return ModelRequest(
        tuple(Message(role="user", parts=(Text(text=prompt),)) for prompt in prompts)
    )


async def answer(model: Model, *prompts: str) -> str:
    events = [event async for event in provider().stream(model, request(*prompts))]
    assert isinstance(events[-1], Finish)
    return "".join(event.text for event in events if isinstance(event, Delta))


def model(persona: str) -> Model:
    return next(m for m in provider().models() if m.config["persona"] == persona)


async def test_at_least_six_models_labelled_as_demo() -> None:
    models = provider().models()
    assert len({model.name for model in models}) >= 6
    for each in models:
        assert each.name.startswith("Demo ")
        assert each.organization == "Polyarena demo"
        assert provider().check(each) is None


@pytest.mark.parametrize("prompt", PROMPTS)
async def test_every_model_answers_differently_and_never_names_itself(prompt: str) -> None:
    answers = [(m, await answer(m, prompt)) for m in provider().models()]
    for each, text in answers:
        assert text.strip()
        assert each.name.lower() not in text.lower()
    for (_, one), (_, other) in combinations(answers, 2):
        assert one != other


async def test_the_same_prompt_at_the_same_turn_gets_the_same_answer() -> None:
    for each in provider().models():
        assert await answer(each, "Why is the sky blue?") == await answer(
            each, "Why is the sky blue?"
        )
        assert await answer(each, "Why is the sky blue?") != await answer(each, "Why do cats purr?")


async def test_a_later_turn_remembers_the_one_before() -> None:
    for each in provider().models():
        assert "cheese" in await answer(each, "Tell me of cheese", "And wine?")


@pytest.mark.parametrize(
    ("prompt", "value"),
    [
        ("17 * 23 + 4", "395"),
        ("What is 2 + 3 × 4?", "14"),
        ("1/3", "0.333333"),
        ("10 - 2 - 3", "5"),
        ("0.1 + 0.2", "0.3"),
    ],
)
async def test_sums_are_worked_out(prompt: str, value: str) -> None:
    for each in provider().models():
        assert value in await answer(each, prompt)


@pytest.mark.parametrize("prompt", ["What is 1 / 0?", "on 2024-01-05", "007 + 1", "pages 3-9"])
async def test_what_is_no_sum_is_left_alone(prompt: str) -> None:
    assert "**" not in await answer(model("terse"), prompt)


async def test_the_answers_use_the_range_of_markdown() -> None:
    prompt = "Explain how sailing boats tack against strong wind"
    assert "```python\n" in await answer(model("coder"), prompt)
    professor = await answer(model("professor"), prompt)
    assert "| --- |" in professor
    assert "$$ " in professor
    assert "### " in professor
    assert "\n- **" in await answer(model("lister"), prompt)
    assert "\n> " in await answer(model("contrarian"), prompt)


async def test_code_that_is_answered_runs() -> None:
    for prompt in ("17 * 23 + 4", "Rank apples, pears and plums", "sailing against wind", "x"):
        text = await answer(model("coder"), prompt)
        code = text.split("```python\n")[1].split("\n```")[0]
        exec(compile(code, "answer", "exec"), {})


async def test_a_pace_makes_it_wait() -> None:
    events = provider(20_000).stream(model("terse"), request("Why?"))
    assert [event async for event in events]


@pytest.mark.parametrize("pace", [-1, "fast", True, float("nan"), None])
def test_a_pace_that_is_no_number_is_refused(pace: object) -> None:
    with pytest.raises(ConfigError, match=r"plugins\.demo\.pace"):
        provider(pace)


async def test_an_unknown_persona_is_told() -> None:
    stranger = Model(name="X", provider="demo", config={"persona": "pirate"})
    assert "poet" in (provider().check(stranger) or "")
    with pytest.raises(ProviderError):
        await anext(provider().stream(stranger, request("Hello")))
