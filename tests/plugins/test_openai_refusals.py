"""Every way in which a server says that its model declined."""

from __future__ import annotations

import json
from typing import Any

import pytest

from polyarena import Failure, ProviderError

from .asking import answer, events, model, provider
from .upstream import DONE, Behaviour, delta, event, fails, finish, says, upstream

pytestmark = pytest.mark.anyio


def error(**told: Any) -> str:
    return json.dumps({"error": {"message": "This goes against the rules of Acme.", **told}})


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        pytest.param(says(finish("content_filter"), DONE), "", id="filtered at once"),
        pytest.param(says(delta("Once"), finish("content_filter"), DONE), "Once", id="midway"),
        pytest.param(says(finish("refusal"), DONE), "", id="a reason of another house"),
        pytest.param(
            says(
                delta("", refusal="I would "),
                delta("", refusal="rather not."),
                finish(),
                DONE,
            ),
            "I would rather not.",
            id="refusal field",
        ),
        pytest.param(
            says(
                b'{"choices": [{"message": {"content": null, "refusal": "No."},'
                b' "finish_reason": "stop"}]}'
            ),
            "No.",
            id="refusal in a document",
        ),
        pytest.param(fails(400, error(code="content_policy_violation")), "", id="policy"),
        pytest.param(fails(400, error(code="content_filter", status=400)), "", id="filter"),
        pytest.param(
            fails(400, error(innererror={"code": "ResponsibleAIPolicyViolation"})), "", id="inner"
        ),
        pytest.param(
            says(event({"error": {"code": "moderation_blocked", "message": "no"}})), "", id="stream"
        ),
    ],
)
async def test_a_refusal(behaviour: Behaviour, said: str) -> None:
    async with upstream(behaviour) as server, provider(retries=2) as asked:
        text, last = await answer(asked, model(server.url))
        assert len(server.requests) == 1
    assert text == said
    assert last.reason == "refused"


@pytest.mark.parametrize(
    "body",
    [error(code="invalid_request"), error(code=None), "[]", '{"error": "content_filter"}', "no"],
)
async def test_another_fault_of_the_request_is_a_failure(body: str) -> None:
    async with upstream(fails(400, body)) as server, provider() as asked:
        with pytest.raises(ProviderError) as caught:
            await events(asked, model(server.url))
    assert caught.value.failure is Failure.REFUSED
