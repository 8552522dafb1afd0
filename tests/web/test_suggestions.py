"""A refused prompt comes back with one that would be taken, for pages and for scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish
from kit.pages import Page
from kit.served import ProviderPlugin, served
from polyarena import Finish, Objection, Prompt, hookimpl
from polyarena.testing import ScriptedModel, ScriptedProvider

PROVIDER = ScriptedProvider(
    [ScriptedModel(name, ["Take care.", Finish()]) for name in ("Alpha", "Beta")]
)
ASKED = "Mrs Miller <b>, 54, has a cough. What now?"
SAFE = "Mrs [name] <b>, 54, has a cough. What now?"


class Shouting:
    """Suggests the prompt in small letters in place of one in capitals, or nonsense."""

    @hookimpl
    def polyarena_screen_prompt(self, arena: str, prompt: Prompt) -> Objection | None:
        if not prompt.text.isupper():
            return None
        suggestion: Any = "?" if prompt.text == "NONSENSE" else Prompt.of(prompt.text.lower())
        return Objection("Do not shout.", suggestion)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data: Path = tmp_path_factory.mktemp("suggestions")
    plugins = {"scripted": ProviderPlugin(PROVIDER), "shouting": Shouting()}
    with ExitStack() as stack:
        url = stack.enter_context(served(data, plugins))
        yield stack.enter_context(httpx.Client(base_url=url))


def ask(client: httpx.Client, arena: str, **more: Any) -> httpx.Response:
    headers = more.pop("headers", {"origin": str(client.base_url).rstrip("/")})
    return client.post(f"/arenas/{arena}/battles", data=more, headers=headers)


def test_a_script_is_given_the_prompt_that_would_be_taken(client: httpx.Client) -> None:
    before = len(PROVIDER.requests)
    body = {"prompt": [{"type": "text", "text": ASKED}]}
    answer = client.post("/api/v1/arenas/medicine/battles", json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "prompt_refused"
    assert "a name (“Miller”)" in error["message"]
    assert error["suggestion"] == [{"type": "text", "text": SAFE}]
    assert len(PROVIDER.requests) == before
    assert "Miller" not in client.get("/history").text
    battle = begin(client, SAFE, arena="medicine")
    finish(client, battle["id"])
    assert PROVIDER.requests[-1][1].messages[-1].text == SAFE


def test_a_page_shows_it_and_sends_it_with_everything_else(client: httpx.Client) -> None:
    form = {"prompt": ASKED, "mode": "side-by-side", "model_a": "Alpha", "model_b": "Beta"}
    given = {"field.patient": "Dr. Weber's mother, 93 years old", "field.setting": "ward"}
    answer = ask(client, "medicine", **form, **given)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.faults == []
    assert "Mrs Miller &lt;b&gt;" not in answer.text
    assert "&lt;b&gt;, 54" in answer.text
    hidden = {str(each["name"]): each["value"] for each in page.find("input", type="hidden")}
    assert hidden == {
        **form,
        "prompt": SAFE,
        "field.specialty": "",
        "field.jurisdiction": "",
        "field.setting": "ward",
        "field.patient": "Dr. [name]'s mother, [age over 89]",
    }
    (action,) = page.find("form", method="post")
    sent = client.post(
        str(action["action"]), data=hidden, headers={"origin": str(client.base_url).rstrip("/")}
    )
    assert sent.status_code == 303
    battle = client.get(sent.headers["location"])
    assert "Alpha" in battle.text
    assert "Hospital ward" in battle.text


def test_a_part_of_a_page_sends_it_with_one_button(client: httpx.Client) -> None:
    url = str(client.base_url).rstrip("/")
    answer = ask(
        client, "text", prompt="LOUD\nWORDS", headers={"hx-request": "true", "origin": url}
    )
    assert answer.status_code == 422
    page = Page(answer.text)
    assert page.faults == []
    (send,) = [each for each in page.find("button") if "hx-post" in each]
    assert send["hx-post"] == "/arenas/text/battles"
    assert json.loads(str(send["hx-vals"])) == {"prompt": "loud\nwords"}
    (edit,) = [each for each in page.find("button") if "data-fill" in each]
    assert edit["data-fill"] == "loud\nwords"
    assert "Do not shout." in unescape(answer.text)
    assert not re.search(r"<(html|body)", answer.text)


def test_a_follow_up_is_screened_as_well(client: httpx.Client) -> None:
    battle = begin(client, "Which dose?", arena="medicine")
    finish(client, battle["id"])
    body = {"prompt": [{"type": "text", "text": "And for Frau Schulz?"}]}
    answer = client.post(f"/api/v1/battles/{battle['id']}/turns", json=body)
    assert answer.status_code == 422
    text = answer.json()["error"]["suggestion"][0]["text"]
    assert text == "And for Frau [name]?"
    assert len(client.get(f"/api/v1/battles/{battle['id']}").json()["turns"]) == 1


def test_a_suggestion_that_is_no_prompt_is_left_out(client: httpx.Client) -> None:
    body = {"prompt": [{"type": "text", "text": "NONSENSE"}]}
    answer = client.post("/api/v1/arenas/text/battles", json=body)
    assert answer.json()["error"] == {"code": "prompt_refused", "message": "Do not shout."}


def test_a_refusal_without_a_suggestion_is_as_ever(client: httpx.Client) -> None:
    answer = ask(client, "medicine", prompt=" ")
    assert answer.status_code == 422
    assert 'type="hidden"' not in answer.text.partition("<main")[2]
