"""Two demo models build apps on a server as a person starts it, in real containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from kit.app_arena import SIZES, preview_host
from kit.battles import begin, finish, vote
from kit.process import server_process
from kit.sandboxes import built
from polyarena.use import LOOK_SECONDS
from polyarena_webdev.manifest import MANIFEST

pytestmark = pytest.mark.docker

CONFIG = "[plugins.demo]\npace = 0\n[plugins.sandbox]\nbuild = false\nwarm = {}\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    built("web", "browser")
    folder = tmp_path_factory.mktemp("webdev")
    config = folder / "polyarena.toml"
    config.write_text(CONFIG)
    env = {"POLYARENA_CONFIG": str(config), "POLYARENA_DISABLED_PLUGINS": "[]"}
    with server_process(folder / "data", env) as served:
        with httpx.Client(base_url=served.url, timeout=60) as client:
            yield client
        # Killed, it would leave its containers to the next server.
        served.process.terminate()
        served.process.wait(30)


def parts(client: httpx.Client, battle: str) -> dict[str, dict[str, Any]]:
    """The parts of both answers by type, the last of each."""
    answers = client.get(f"/api/v1/battles/{battle}").json()["turns"][-1]["answers"]
    return {s: {part["type"]: part for part in a["parts"]} for s, a in answers.items()}


def test_from_the_prompt_to_the_vote(client: httpx.Client) -> None:
    starter = next(one for one in MANIFEST.starters if "task board" in one.title)
    models = ["Demo Coder", "Demo Contrarian"]
    more = {"arena": "webdev", "mode": "side-by-side", "models": models}
    battle = begin(client, starter.prompt, **more)["id"]
    finish(client, battle)
    found = parts(client, battle)
    good, flawed = found["a"]["app"], found["b"]["app"]
    assert (good["kind"], good["problems"]) == ("React", [])
    assert "A click does nothing on “x” (3 times)." in flawed["problems"]
    for app in (good, flawed):
        shots = {s["device"]: (s["image"]["width"], s["image"]["height"]) for s in app["shots"]}
        assert shots == SIZES
    page = client.get("/", headers={"host": preview_host(good["bundle"])})
    assert page.status_code == 200
    assert '<div id="root">' in page.text
    assert vote(client, battle).status_code == 409
    for side, app in (("a", good), ("b", flawed)):
        body = {"side": side, "bundle": app["bundle"], "seconds": LOOK_SECONDS}
        assert client.post(f"/api/v1/battles/{battle}/use", json=body).status_code == 200
    cast = vote(client, battle, aspects={"looks": "a", "works": "a"})
    assert cast.status_code == 200, cast.text
