"""Whatever the API's schema allows or forbids to be sent, the server answers and stays up."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from kit.served import scripted, served
from polyarena import Finish
from polyarena.testing import ScriptedModel


def test_nothing_that_is_sent_makes_a_server_error(tmp_path: Path) -> None:
    models = [ScriptedModel(name, ["Fine.", Finish()]) for name in ("One", "Two")]
    with served(tmp_path, scripted(*models)) as url:
        schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
        operations: list[Any] = [found.ok() for found in cast(Any, schema).get_all_operations()]
        assert len(operations) >= 10
        for operation in operations:
            if operation.path.endswith("/events"):
                continue

            @given(case=operation.as_strategy())
            @settings(
                max_examples=15,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def send(case: Any) -> None:
                response = case.call()
                assert response.status_code < 500, (case.formatted_path, response.text)

            send()
