"""What models are asked for an app, and for another version of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

import polyarena_sandbox
from kit.webdev_arena import Answered, answer, arena, prompt, thread
from polyarena import Image, Message, Model, ModelRequest, Prompt, Text, Turn
from polyarena.testing import built_result
from polyarena_webdev.libraries import GROUPS
from polyarena_webdev.makers import KINDS

pytestmark = pytest.mark.anyio

PICTURE = Image(artifact="a" * 64, media_type="image/png", width=9, height=9)
BUILDERS = {
    *("esbuild", "vite", "parse5", "@vitejs/plugin-react", "@vitejs/plugin-vue"),
    *("@sveltejs/vite-plugin-svelte", "@tailwindcss/node", "@tailwindcss/oxide"),
    "@tailwindcss/vite",
}
FIRST = "Two files.\n\n```tsx src/App.tsx\none\n```\n\n```css src/a.css\na{}\n```"


def model(**given: object) -> Model:
    return Model.model_validate({"name": "Any", "provider": "openai", **given})


async def asked(
    turn: Prompt, *history: Message, by: Model | None = None
) -> tuple[ModelRequest, Sequence[Message]]:
    request = await arena().prepare(Turn("webdev", history, turn), by or model())
    return request, request.messages


async def test_what_is_installed_and_how_to_hand_in_are_told_apart_from_the_prompt() -> None:
    _, (system, user) = await asked(prompt("A clock, please."))
    assert system.role == "system"
    for name in (name for names in GROUPS.values() for name in names):
        assert name in system.text
    for kind in KINDS.values():
        assert f"{kind.title}: {kind.words}" in system.text
    assert "fenced code block" in system.text
    assert (user.role, user.text) == ("user", "A clock, please.")


def test_the_libraries_are_those_of_the_image_that_comes_along() -> None:
    folder = polyarena_sandbox.__path__[0]
    with open(f"{folder}/images/web/package.json") as file:
        installed = set(json.load(file)["dependencies"])
    told = [name for names in GROUPS.values() for name in names]
    assert len(set(told)) == len(told)
    assert set(told) == installed - BUILDERS


async def test_a_kind_that_is_chosen_is_named() -> None:
    _, (_, user) = await asked(prompt("A clock.", kind="vue"))
    assert user.text == "A clock.\n\nMake it with Vue."
    _, (_, user) = await asked(prompt("A clock.", kind="auto"))
    assert user.text == "A clock."


async def test_a_model_that_can_is_held_to_a_schema() -> None:
    request, (system, _) = await asked(prompt(), by=model(capabilities=["text", "json_schema"]))
    assert request.parameters["response_format"]["type"] == "json_schema"
    assert "JSON" in system.text
    assert "fenced" not in system.text
    request, _ = await asked(prompt(), by=model(parameters={"temperature": 0.5}, system="Be kind."))
    assert request.parameters == {"temperature": 0.5}
    assert request.messages[0].text.startswith("Be kind.\n\n")


async def test_pictures_go_to_models_that_see() -> None:
    turn = Prompt(parts=(Text(text="Build this."), PICTURE))
    _, (_, user) = await asked(turn)
    assert user.parts == turn.parts
    assert not arena().supports(model(), turn)
    assert arena().supports(model(capabilities=["text", "image"]), turn)


async def again(said: str, *answers: Answered) -> Answered:
    history: tuple[Message, ...] = ()
    for before in answers:
        history += thread(prompt(), before)
    return await answer(said, asked=prompt("Make it blue."), history=history)


async def test_a_model_gets_its_files_back_and_changes_some() -> None:
    first = await answer(FIRST)
    second = await again("```css src/a.css\nb{}\n```", first)
    _, _, own, user = second.asked.messages
    assert "```tsx src/App.tsx\none\n```" in own.text
    assert own.text.startswith("Two files.")
    assert "(Your app was built and looked at.)" in user.text
    assert "Make it blue." in user.text
    assert "every file that you change" in user.text
    assert second.files == {"src/App.tsx": "one", "src/a.css": "b{}"}
    sent = {file.name: file.data for file in second.jobs[0][0].files}
    assert sent == {"src/src/App.tsx": b"one", "src/src/a.css": b"b{}"}


async def test_only_the_latest_files_are_given_back_whole() -> None:
    first = await answer(FIRST)
    second = await again("```css src/a.css\nb{}\n```", first)
    third = await again("```tsx src/App.tsx\ntwo\n```", first, second)
    old, new = [each.text for each in third.asked.messages if each.role == "assistant"]
    assert "(Files: src/App.tsx, src/a.css.)" in old
    assert "b{}" in new
    assert third.files == {"src/App.tsx": "two", "src/a.css": "b{}"}


@pytest.mark.parametrize(
    ("said", "files"),
    [
        ("```css src/a.css\n```", {"src/App.tsx": "one"}),
        (
            "```tsx src/b.ts\nnew\n```",
            {"src/App.tsx": "one", "src/a.css": "a{}", "src/b.ts": "new"},
        ),
        ("```css\nb{}\n```", {"src/App.tsx": "one", "src/a.css": "b{}"}),
        ("```html\n<p>whole\n```", {"index.html": "<p>whole"}),
        ("```tsx\nthree\n```", {"src/App.tsx": "three", "src/a.css": "a{}"}),
    ],
)
async def test_files_are_kept_changed_added_removed_or_all_replaced(
    said: str, files: dict[str, str]
) -> None:
    assert (await again(said, await answer(FIRST))).files == files


async def test_an_answer_without_files_leaves_the_app_as_it_was() -> None:
    second = await again("It is blue already.", await answer(FIRST))
    assert (second.app, second.jobs) == (None, ())
    third = await again("```css src/a.css\nb{}\n```", await answer(FIRST), second)
    assert third.files["src/App.tsx"] == "one"
    assert "*Nothing was built: there is no app in this answer.*" in third.asked.messages[-1].text


async def test_a_model_is_told_why_its_app_could_not_be_built() -> None:
    first = await answer(FIRST, lambda job: built_result(job, ok=False, missing=["left-pad"]))
    told = (await again("```css\n```", first)).asked.messages[-1].text
    assert told.startswith("(Your app could not be built.\n- It asks for libraries")
