from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from polyarena import ConfigError, Delta, Failure, Prompt, Provider, ProviderError
from polyarena_providers.plugin import polyarena_register_providers

from .asking import answer, events

pytestmark = pytest.mark.anyio

LLMFAO = Path(__file__).parents[3] / "shared" / "data"


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def replay(**options: Any) -> Provider:
    made = polyarena_register_providers({"replay": {"rate": 0, **options}})
    return next(provider for provider in made if provider.name == "replay")


ROWS = (
    {"model": "Ann", "prompt": "Say  hi", "answer": "Hi there,\n\nfriend", "organization": "A"},
    {"model": "Ann", "prompt": "Say bye", "answer": "Bye", "license": "MIT"},
    {"model": "org/Bob@2", "prompt": "Say hi\n", "answer": "Hello"},
    {"model": "Cid", "prompt": "Say hi", "answer": " \n"},
)


async def test_recorded_answers_come_back(tmp_path: Path) -> None:
    made = replay(file=str(write(tmp_path / "a.jsonl", *ROWS, "", " ")))
    ann, bob = made.models()
    assert (ann.name, ann.organization, ann.license) == ("Ann", "A", "MIT")
    assert bob.name == "org-Bob-2"
    assert (await answer(made, ann, "Say hi"))[0] == "Hi there,\n\nfriend"
    assert (await answer(made, bob, " Say\thi "))[0] == "Hello"
    assert (await answer(made, ann, "Say hi", "Say bye"))[0] == "Bye"


async def test_a_model_supports_only_the_prompts_it_was_recorded_on(tmp_path: Path) -> None:
    made = replay(file=str(write(tmp_path / "a.jsonl", *ROWS)))
    ann, bob = made.models()
    assert made.supports(ann, Prompt.of("Say bye"))
    assert not made.supports(bob, Prompt.of("Say bye"))
    assert not made.supports(ann, Prompt.of("say hi"))
    with pytest.raises(ProviderError) as caught:
        await events(made, bob, "Say bye")
    assert caught.value.failure is Failure.REFUSED


async def test_other_answers_make_another_entry(tmp_path: Path) -> None:
    before = replay(file=str(write(tmp_path / "a.jsonl", ROWS[0], ROWS[2])))
    changed = {**ROWS[0], "answer": "Hm"}
    after = replay(file=str(write(tmp_path / "b.jsonl", changed, ROWS[2])))
    (ann, bob), (new_ann, same_bob) = before.models(), after.models()
    assert ann.config_hash != new_ann.config_hash
    assert bob.config_hash == same_bob.config_hash
    assert before.check(ann) is None
    assert "Ann" in (after.check(ann) or "")
    assert not after.supports(ann, Prompt.of("Say hi"))


async def test_it_streams_in_words_and_waits_as_recorded(tmp_path: Path) -> None:
    timed = {**ROWS[0], "timing": {"first_token": 0.01, "rate": 500}}
    made = replay(file=str(write(tmp_path / "a.jsonl", timed)), rate=1000)
    said = await events(made, made.models()[0], "Say hi")
    assert [event.text for event in said if isinstance(event, Delta)] == [
        "Hi",
        " there,",
        "\n\nfriend",
    ]


async def test_answers_with_prompts_by_id(tmp_path: Path) -> None:
    prompts = write(tmp_path / "p.jsonl", {"id": 8, "text": "Say hi"}, {"id": "b", "text": "Go"})
    results = write(
        tmp_path / "r.jsonl",
        {"name": "Ann", "model": 97, "prompt": 8, "result": "Hi", "org": "A", "rate": 11.5},
        {"name": "Ann", "model": 97, "prompt": "b", "result": "Gone", "rate": 0},
        {"model": "Bob", "prompt": 8, "answer": "Hello"},
    )
    made = replay(file=str(results), prompts=str(prompts))
    ann, bob = made.models()
    assert ann.organization == "A"
    assert (await answer(made, ann, "Go"))[0] == "Gone"
    assert (await answer(made, bob, "Say hi"))[0] == "Hello"


@pytest.mark.skipif(
    not LLMFAO.exists(), reason="the recorded answers lie beside the repository in development only"
)
async def test_seventy_real_models() -> None:
    files = {
        "file": str(LLMFAO / "llmfao_results.jsonl"),
        "prompts": str(LLMFAO / "llmfao_prompts.jsonl"),
    }
    made = replay(**files, license="CC BY 4.0")
    models = made.models()
    assert len(models) == 70
    assert all(made.check(model) is None for model in models)
    asked = Prompt.of("Tell a joke about going on vacation.")
    able = [model for model in models if made.supports(model, asked)]
    assert len(able) > 50
    assert (await answer(made, able[0], asked.text))[0].strip()


def test_without_a_file_there_are_no_models() -> None:
    assert replay().models() == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("{",), r"a\.jsonl, line 1: not valid JSON"),
        ((ROWS[0], "[1]"), r"a\.jsonl, line 2: must be a JSON object"),
        ((ROWS[0], "", {"model": "x"}), r"a\.jsonl, line 3: prompt: .*; answer: "),
        (({**ROWS[0], "timing": {"rate": 0}},), r"line 1: timing\.rate"),
        (({**ROWS[0], "model": ""},), r"line 1: model"),
    ],
)
def test_a_wrong_row_is_named(rows: tuple[object, ...], message: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=message):
        replay(file=str(write(tmp_path / "a.jsonl", *rows)))


def test_wrong_files_and_prompts_are_named(tmp_path: Path) -> None:
    rows = write(tmp_path / "a.jsonl", {"model": "x", "prompt": 9, "answer": "y"})
    prompts = write(tmp_path / "p.jsonl", {"id": 8, "text": "Say hi"})
    bad = write(tmp_path / "q.jsonl", {"id": 8})
    with pytest.raises(ConfigError, match="line 1: no prompt has the id 9"):
        replay(file=str(rows), prompts=str(prompts))
    with pytest.raises(ConfigError, match=r"q\.jsonl, line 1: a prompt needs an id and a text"):
        replay(file=str(rows), prompts=str(bad))
    with pytest.raises(ConfigError, match=r"none\.jsonl cannot be read"):
        replay(file=str(tmp_path / "none.jsonl"))
    with pytest.raises(ConfigError, match=r"plugins\.providers\.replay\.speed"):
        replay(speed=5)
