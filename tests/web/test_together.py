"""Pictures that models make, and answers that are shown only once both are in."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image, PngImagePlugin

from contract.sample import arena as sample
from kit.battles import begin, events, finish, vote
from kit.pictures import drawing, encoded
from kit.served import ArenaPlugin, ProviderPlugin, served
from kit.stage import Line, Stage, model
from polyarena import Failure, Finish, PictureReady, ProviderError

ARENA = "easel"
DECLINED = "declined"


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(model("Swift"), model("Slow"))


@pytest.fixture(scope="module")
def client(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    made = sample(id=ARENA, produces=frozenset({"text", "image"}), together=True)
    extra = {"stage": ProviderPlugin(stage), ARENA: ArenaPlugin(made)}
    with (
        served(tmp_path_factory.mktemp("together"), extra) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        yield client


def painted(width: int = 40) -> PictureReady:
    """A picture whose file says who made it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Software", "Swift Paint 3")
    return PictureReady(encoded(drawing(width, 30), "PNG", pnginfo=notes))


def shown(client: httpx.Client, battle: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/battles/{battle}").json()
    return found


@pytest.mark.parametrize("last", [Finish(), Finish("refused")], ids=["a picture", "a refusal"])
def test_nothing_of_an_answer_is_seen_before_the_other_is_over(
    client: httpx.Client, stage: Stage, last: Finish
) -> None:
    gate = threading.Event()
    stage.play([("Some words", painted(), last)], [(painted(), gate, Finish())])
    battle = begin(client, arena=ARENA)["id"]
    try:
        waited = iter(events(client, battle))
        heard = [next(waited) for _ in range(3)]
        for _ in range(20):
            now = shown(client, battle)["turns"][0]["answers"]
            assert {json.dumps(one) for one in now.values()} == {
                json.dumps({"status": "streaming", "parts": []})
            }
            page = client.get(f"/battles/{battle}").text
            assert page.count('data-status="streaming"') == 4
            assert "/artifacts/" not in page
            assert DECLINED not in page
        (snapshot,) = [data for _, name, data in [next(events(client, battle, page=True))] if name]
        assert all(side["blocks"] == [] for side in snapshot["sides"].values())
        assert {side["note"] for side in snapshot["sides"].values()} == {""}
    finally:
        gate.set()
    heard += list(waited)
    kinds = [name for _, name, _ in heard]
    assert kinds[:3] == ["turn", "side", "side"]
    assert kinds.index("part") > 2
    assert heard[-1][2]["open"] is True
    assert all(one["parts"] for one in shown(client, battle)["turns"][0]["answers"].values())


def test_a_failure_is_said_at_once_and_can_be_retried(client: httpx.Client, stage: Stage) -> None:
    gate = threading.Event()
    broken: Line = (ProviderError(Failure.SERVER_ERROR),)
    stage.play([broken, (painted(), Finish())], [(painted(), gate, Finish())])
    battle = begin(client, arena=ARENA)["id"]
    try:
        for _, name, data in events(client, battle):
            if name == "side" and data["status"] == "failed":
                break
        answer = client.post(f"/api/v1/battles/{battle}/retry", json={"side": data["side"]})
        assert answer.status_code == 200
    finally:
        gate.set()
    finish(client, battle)
    assert vote(client, battle, "tie").status_code == 200


def test_a_picture_is_stored_without_what_names_its_maker(
    client: httpx.Client, stage: Stage
) -> None:
    stage.play_all((painted(), Finish()))
    battle = begin(client, arena=ARENA)["id"]
    finish(client, battle)
    (part,) = shown(client, battle)["turns"][0]["answers"]["a"]["parts"]
    assert part["filename"] == "picture.png"
    served_bytes = client.get(f"/artifacts/{part['artifact']}/picture.png").content
    assert b"Swift" not in served_bytes
    with Image.open(io.BytesIO(served_bytes)) as kept:
        assert kept.size == (40, 30)
        assert kept.info.keys() <= {"dpi"}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(PictureReady(b"not a picture"), id="text"),
        pytest.param(PictureReady(encoded(drawing(), "PNG")[:200]), id="broken off"),
        pytest.param(PictureReady(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), id="SVG"),
        pytest.param(PictureReady(url="http://127.0.0.1:1/x.png"), id="inside"),
        pytest.param(PictureReady(url="file:///etc/passwd"), id="another scheme"),
    ],
)
def test_what_is_no_picture_fails_the_side(
    client: httpx.Client, stage: Stage, made: PictureReady
) -> None:
    stage.play([(made, Finish())], [(painted(), Finish())])
    battle = begin(client, arena=ARENA)["id"]
    finish(client, battle)
    answers = shown(client, battle)["turns"][0]["answers"].values()
    assert sorted(one["status"] for one in answers) == ["done", "failed"]
    (failed,) = [one for one in answers if one["status"] == "failed"]
    assert failed["failure"] == "picture"
    assert "127.0.0.1" not in client.get(f"/battles/{battle}").text
