"""What tells two answers apart is kept until the vote: sizes and types of pictures, parts."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from typing import Any

import httpx
import numpy as np
import pytest

from contract.sample import manifest
from kit.battles import begin, events, finish, vote
from kit.pictures import decoded, drawing, encoded
from kit.served import ArenaPlugin, ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import (
    Arena,
    Custom,
    Event,
    Failure,
    Finish,
    Image,
    ModelRequest,
    PartReady,
    PictureReady,
    ProviderError,
    Run,
    Text,
)
from polyarena_image.arena import ImageArena

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
NAME = re.compile(r"/artifacts/[0-9a-f]{64}/([^\"\\]+)")
PAINTS = frozenset({"text-to-image", "text"})


def picture(width: int, height: int, form: str = "PNG", mode: str = "RGB") -> PictureReady:
    """What a painter of pictures of this size and type brings."""
    return PictureReady(encoded(drawing(width, height, mode), form))


LARGE = picture(600, 400)
SMALL = picture(150, 100, "JPEG")


class Reached(threading.Event):
    """A gate that tells when somebody stands before it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()

    def is_set(self) -> bool:
        self.reached.set()
        return super().is_set()


class Bare(ImageArena):
    """An image arena that keeps nothing back, as battles were stored before there was a way to."""

    manifest = replace(ImageArena.manifest, id="bare")

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        async for event in super().respond(request, run):
            if isinstance(event, PartReady):
                told = {"withheld": False} | ({"blind": None} if event.part.type == "image" else {})
                event = PartReady(event.part.model_copy(update=told))
            yield event


class Notes(Arena):
    """An arena of several turns that keeps notes on each answer until the reveal."""

    manifest = manifest("notes", produces=frozenset({"image", "text", "custom"}))

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        yield PartReady(Text(text="A secret note", withheld=True))
        async for event in run.stream(request):
            match event:
                case PartReady(Image() as made):
                    seen = await run.rendition(made, 64, 64)
                    yield PartReady(made.model_copy(update={"blind": seen}))
                    yield PartReady(Custom(kind="maker", withheld=True, data={"name": "secret"}))
                case _:
                    yield event


@pytest.fixture(scope="module")
def stage() -> Stage:
    return Stage(model("Quill", capabilities=PAINTS), model("Osprey", capabilities=PAINTS))


@pytest.fixture(scope="module")
def client(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    arenas = {"bare": ArenaPlugin(Bare()), "notes": ArenaPlugin(Notes())}
    with (
        served(tmp_path_factory.mktemp("blind"), {"stage": ProviderPlugin(stage), **arenas}) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        yield client


def painted(client: httpx.Client, arena: str = "image", shape: str = "") -> dict[str, Any]:
    """A battle that is over, as the API shows it."""
    prompt = [{"type": "text", "text": "A lighthouse"}]
    if shape:
        prompt.append({"type": "input", "name": "shape", "text": shape})
    answer = client.post(f"/api/v1/arenas/{arena}/battles", json={"prompt": prompt})
    assert answer.status_code == 201, answer.text
    battle = answer.json()["id"]
    finish(client, battle)
    return shown(client, battle)


def shown(client: httpx.Client, battle: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/battles/{battle}").json()
    return found


def parts(battle: dict[str, Any], side: str, turn: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = battle["turns"][turn]["answers"][side]["parts"]
    return found


def everything(client: httpx.Client, battle: str) -> str:
    """All that a voter can ask for about a battle."""
    base = f"/battles/{battle}"
    paths = (base, f"{base}/turns/0/compare", f"/api/v1{base}", "/history")
    streams = [list(events(client, battle, page=page)) for page in (False, True)]
    return "\n".join([*(client.get(path).text for path in paths), json.dumps(streams)])


def files(client: httpx.Client, battle: dict[str, Any]) -> list[tuple[str, str, str, Any]]:
    """What all files are that a voter is told of: type, format, mode, size; also as thumbnails."""
    told = everything(client, battle["id"])
    assert set(NAME.findall(told)) - {"thumb"} == {"picture.jpg"}
    digests = sorted(set(DIGEST.findall(told)) - {battle["commitment"]})
    assert len(digests) == 2
    found = []
    for address in (f"/artifacts/{digest}/{name}" for name in ("x", "thumb") for digest in digests):
        answer = client.get(address)
        image = decoded(answer.content)
        found.append((answer.headers["content-type"], image.format or "", image.mode, image.size))
    return found


@pytest.mark.parametrize(
    ("left", "right", "shape", "size"),
    [
        pytest.param(LARGE, SMALL, "landscape", (1536, 1024), id="larger and smaller"),
        pytest.param(LARGE, picture(100, 150), "square", (1024, 1024), id="of other shapes"),
        pytest.param(
            picture(1024, 1536, "WEBP", "RGBA"),
            picture(1024, 1536, "PNG", "L"),
            "portrait",
            (1024, 1536),
            id="of other types",
        ),
        pytest.param(picture(3000, 2990), picture(40, 40), "auto", (1024, 1024), id="far apart"),
    ],
)
def test_pictures_are_alike_in_all_that_a_voter_can_get(
    client: httpx.Client,
    stage: Stage,
    left: PictureReady,
    right: PictureReady,
    shape: str,
    size: tuple[int, int],
) -> None:
    stage.play([(left, Finish())], [(right, Finish())])
    battle = painted(client, shape=shape)
    whole, other, *small = files(client, battle)
    assert whole == other == ("image/jpeg", "JPEG", "RGB", size)
    assert small[0] == small[1]
    (a,), (b,) = (parts(battle, side) for side in "ab")
    assert a | {"artifact": ""} == b | {"artifact": ""}
    assert (a["width"], a["height"]) == size
    vote(client, battle["id"])
    sizes = [decoded(made.data).size for made in (left, right)]
    after = shown(client, battle["id"])
    page, streamed = everything(client, battle["id"]), list(events(client, battle["id"]))
    for side in "ab":
        made, measures = parts(after, side)
        told = [
            data["part"] for _, name, data in streamed if name == "part" and data["side"] == side
        ]
        assert told == [made, measures]
        kept = decoded(client.get(f"/artifacts/{made['artifact']}/x").content)
        assert kept.size == (made["width"], made["height"])
        sizes.remove(kept.size)
        assert f"{made['width']} × {made['height']}" in page
        assert f"/artifacts/{made['artifact']}/" in page
        assert measures["data"]["width"] == made["width"]
    assert not sizes


def test_a_picture_of_another_shape_is_whole_and_in_the_middle(
    client: httpx.Client, stage: Stage
) -> None:
    stage.play_all((SMALL, Finish()))
    (part,) = parts(painted(client, shape="portrait"), "a")
    seen = decoded(client.get(f"/artifacts/{part['artifact']}/x").content)
    top = (1536 - 683) // 2
    for bar in (seen.crop((0, 0, 1024, top)), seen.crop((0, 1536 - top, 1024, 1536))):
        assert np.asarray(bar).min() > 245
    corner = seen.getpixel((100, top + 50))
    assert isinstance(corner, tuple)
    assert corner[0] > 150 > 90 > corner[1]


@pytest.mark.parametrize(
    "last",
    [Finish("refused"), ProviderError(Failure.SERVER_ERROR)],
    ids=["refused", "failed"],
)
def test_a_picture_of_an_answer_that_came_to_nothing_is_no_larger(
    client: httpx.Client, stage: Stage, last: Finish | ProviderError
) -> None:
    stage.play([(LARGE, last)], [(SMALL, Finish())])
    battle = painted(client, shape="square")
    assert len(files(client, battle)) == 4
    seen = [part for side in "ab" for part in parts(battle, side)]
    assert {(part["width"], part["height"]) for part in seen} == {(1024, 1024)}


def test_pictures_of_answers_that_are_stopped_are_alike(client: httpx.Client, stage: Stage) -> None:
    gates = Reached(), Reached()
    stage.play([(LARGE, gates[0], Finish())], [(SMALL, gates[1], Finish())])
    battle = begin(client, arena="image")["id"]
    for gate in gates:
        assert gate.reached.wait(30)
    client.post(f"/api/v1/battles/{battle}/stop")
    found = shown(client, battle)
    assert {answer["status"] for answer in found["turns"][0]["answers"].values()} == {"stopped"}
    assert len(files(client, found)) == 4
    for side in "ab":
        assert [(part["width"], part["height"]) for part in parts(found, side)] == [(1024, 1024)]


def test_what_was_stored_without_a_way_to_be_seen_alike_is_shown_as_it_is(
    client: httpx.Client, stage: Stage
) -> None:
    stage.play([(LARGE, Finish())], [(SMALL, Finish())])
    battle = painted(client, "bare")
    assert {parts(battle, side)[0]["width"] for side in "ab"} == {600, 150}
    page = client.get(f"/battles/{battle['id']}").text
    assert page.count('<figure class="painting') == 2
    assert "600 × 400" not in page
    vote(client, battle["id"])
    assert "600 × 400" in client.get(f"/battles/{battle['id']}").text


def test_parts_that_are_withheld_come_with_the_reveal(client: httpx.Client, stage: Stage) -> None:
    stage.play_all(("Here.", LARGE, "Done.", Finish()))
    battle = painted(client, "notes")
    told = everything(client, battle["id"])
    assert "secret" not in told
    assert "maker" not in told
    assert [part["type"] for part in parts(battle, "a")] == ["text", "image", "text"]
    heard = list(events(client, battle["id"]))
    for number, (last, _, _) in enumerate(heard):
        if number < len(heard) - 1:
            assert list(events(client, battle["id"], last)) == heard[number + 1 :]
    vote(client, battle["id"])
    after = [part["type"] for part in parts(shown(client, battle["id"]), "a")]
    assert after == ["text", "text", "image", "custom", "text"]
    for side in "ab":
        told_of = [data for _, _, data in events(client, battle["id"]) if data.get("side") == side]
        streamed = [data["part"]["type"] for data in told_of if "part" in data]
        assert streamed == ["text", "image", "custom"]
    assert "A secret note" in client.get(f"/battles/{battle['id']}").text


def test_a_model_goes_on_from_its_own_picture(client: httpx.Client, stage: Stage) -> None:
    stage.play_all((LARGE, Finish()))
    battle = painted(client, "notes")["id"]
    stage.play_all((SMALL, Finish()))
    asked = client.post(
        f"/api/v1/battles/{battle}/turns", json={"prompt": [{"type": "text", "text": "Smaller"}]}
    )
    assert asked.status_code == 201
    finish(client, battle)
    for request in stage.requests:
        (made,) = [
            part
            for message in request.messages
            for part in message.parts
            if isinstance(part, Image)
        ]
        assert (made.width, made.height) == (600, 400)
    assert parts(shown(client, battle), "a", 1)[0]["width"] == 64


def test_an_answer_of_nothing_but_what_is_withheld_is_empty(
    client: httpx.Client, stage: Stage
) -> None:
    stage.play_all((Finish(),))
    battle = painted(client, "notes")
    assert {battle["turns"][0]["answers"][side]["failure"] for side in "ab"} == {"empty"}
