"""The image arena over HTTP: painting, editing, waiting, declining, its board."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from kit.battles import begin, finish, vote
from kit.pictures import decoded, drawing, encoded
from kit.served import served

QUIET = frozenset({"code", "sandbox", "text", "vision"})
PAINTED = "A red circle on a white background"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A visitor of the demo painters."""
    data = tmp_path_factory.mktemp("image")
    options = {"demo": {"pace": 0}}
    with (
        served(data, demo=True, disabled_plugins=QUIET, plugins=options) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        yield client


def keep(client: httpx.Client, image: Image.Image, name: str = "mine.png") -> dict[str, str]:
    """A picture as a part of a prompt."""
    sent = client.post("/api/v1/artifacts", files={"file": (name, encoded(image, "PNG"))})
    assert sent.status_code == 201, sent.text
    return {"type": "image", "artifact": sent.json()["artifact"], "filename": name}


def ask(client: httpx.Client, words: str, *more: dict[str, str], **input: str) -> dict[str, Any]:
    """A battle that is finished; `input` are further inputs."""
    parts = [{"type": "text", "text": words}, *more]
    parts += [{"type": "input", "name": name, "text": text} for name, text in input.items()]
    answer = client.post("/api/v1/arenas/image/battles", json={"prompt": parts})
    assert answer.status_code == 201, answer.text
    battle = answer.json()["id"]
    finish(client, battle)
    found: dict[str, Any] = client.get(f"/api/v1/battles/{battle}").json()
    return found


def pictures(client: httpx.Client, battle: dict[str, Any]) -> list[Image.Image]:
    """Both pictures as they were painted, left first; a vote is cast for them."""
    voted = vote(client, battle["id"], "tie").json()
    found = []
    for side in "ab":
        part = voted["turns"][0]["answers"][side]["parts"][0]
        assert part["type"] == "image"
        found.append(decoded(client.get(f"/artifacts/{part['artifact']}/x").content))
    return found


def share(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """How much of a picture is near a colour."""
    apart = np.abs(pixels(image.resize((64, 64))).astype(int) - colour).sum(axis=2)
    return float((apart < 150).mean())


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize(
    ("shape", "ratio"), [("square", 1), ("portrait", 2 / 3), ("landscape", 1.5), ("auto", 1)]
)
def test_both_are_asked_for_the_same_shape(client: httpx.Client, shape: str, ratio: float) -> None:
    for image in pictures(client, ask(client, PAINTED, shape=shape)):
        assert image.width / image.height == pytest.approx(ratio, abs=0.01)
        assert 0.02 < share(image, (206, 52, 48)) < 0.7


def test_a_pictures_size_and_maker_are_in_no_page_before_the_vote(client: httpx.Client) -> None:
    battle = ask(client, PAINTED)
    page = client.get(f"/battles/{battle['id']}").text
    boxes = re.findall(r'<figure class="painting painting-\w+">.*?</figure>', page, re.DOTALL)
    assert len(boxes) == 2
    assert all("painting-square" in box for box in boxes)
    assert not re.search(r"(width|height)=", "".join(boxes))
    assert not re.search(r"\d+ × \d+", page)
    assert "Demo" not in page
    sizes = {f"{image.width} × {image.height}" for image in pictures(client, battle)}
    page = client.get(f"/battles/{battle['id']}").text
    assert all(size in page for size in sizes)
    assert "Demo" in page


def test_an_edit_changes_the_picture_where_the_mask_is(client: httpx.Client) -> None:
    picture = keep(client, drawing(300, 200))
    mask = Image.new("RGB", (300, 200))
    ImageDraw.Draw(mask).rectangle((150, 0, 300, 200), fill=(255, 255, 255))
    battle = ask(client, "Make it black and white", picture, keep(client, mask, "mask.png"))
    for image in pictures(client, battle):
        assert image.size == (300, 200)
        assert (pixels(image)[:, :145] == pixels(drawing(300, 200))[:, :145]).all()
        assert (np.ptp(pixels(image)[:, 155:], axis=2) < 6).all()


@pytest.mark.parametrize(
    ("words", "sizes", "told"),
    [
        ("", [(30, 20)], "Say what to change"),
        ("Bluer", [(30, 20)] * 3, "at most 2"),
        ("Bluer", [(30, 20), (20, 30)], "another shape"),
    ],
)
def test_an_edit_that_cannot_be_done_is_refused_in_words(
    client: httpx.Client, words: str, sizes: list[tuple[int, int]], told: str
) -> None:
    parts = [keep(client, drawing(*size), f"{n}.png") for n, size in enumerate(sizes)]
    asked = [{"type": "text", "text": words}, *parts]
    answer = client.post("/api/v1/arenas/image/battles", json={"prompt": asked})
    assert answer.status_code == 422
    assert told in answer.json()["error"]["message"]


def test_a_painter_that_declines_leaves_a_vote_that_is_not_rated(client: httpx.Client) -> None:
    before = client.get("/api/v1/arenas/image/leaderboard").json()["votes"]
    battle = ask(client, "A gory scene")
    answers = battle["turns"][0]["answers"]
    assert all(answers[side]["refused"] for side in "ab")
    assert "declined" in client.get(f"/battles/{battle['id']}").text
    assert "declined" in vote(client, battle["id"], "tie").json()["vote"]["excluded"]
    assert client.get("/api/v1/arenas/image/leaderboard").json()["votes"] == before


def test_votes_carry_categories_measures_and_sizes(client: httpx.Client) -> None:
    path = "/api/v1/arenas/image/leaderboard"

    def votes() -> Counter[str]:
        kinds = ("photo", "people", "lettering", "design", "edit")
        return Counter(
            {one: client.get(path, params={"category": one}).json()["votes"] for one in kinds}
        )

    before = votes()
    battle = ask(client, 'A photo of a woman, with the words "OPEN"')
    vote(client, battle["id"], "a", aspects={"follows": "a", "looks": "tie"})
    assert votes() - before == {"photo": 1, "people": 1, "lettering": 1}
    rows = client.get(path).json()["rows"]
    assert {row["evidence_megapixels"] for row in rows} - {None}
    assert client.get(path, params={"control": "style"}).status_code == 200


def test_while_it_paints_one_may_leave_and_come_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = tmp_path_factory.mktemp("slow")
    options = {"demo": {"pace": 2}}
    with (
        served(data, demo=True, disabled_plugins=QUIET, plugins=options) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        battle = begin(client, PAINTED, arena="image")["id"]
        page = client.get(f"/battles/{battle}").text
        assert page.count("painting-empty") == 2
        assert page.count("<pa-elapsed") == 2
        assert "/artifacts/" not in page
        assert PAINTED in client.get("/history").text
        finish(client, battle)
        page = client.get(f"/battles/{battle}").text
        assert page.count("/artifacts/") == 4
        assert "painting-empty" not in page
