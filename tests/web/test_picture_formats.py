"""Which formats a person can send, and what becomes of each on its way to the models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kit.battles import finish
from kit.pictures import decoded, drawing, encoded, frames_gif, pdf
from kit.served import ProviderPlugin, served
from polyarena import Finish, Image, PictureLimits
from polyarena.testing import ScriptedModel, ScriptedProvider

GUIDE = Path(__file__).parents[2] / "docs" / "pictures.md"
CLEAR = drawing(mode="RGBA")
CLEAR.putalpha(128)

# What is sent, by name: its bytes, as what it is stored, and as what models are given it.
FORMATS = {
    "PNG": ("a.png", encoded(drawing(), "PNG"), "image/png", "image/png"),
    "PNG, clear": ("b.png", encoded(CLEAR, "PNG"), "image/png", "image/png"),
    "JPEG": ("a.jpg", encoded(drawing(), "JPEG"), "image/jpeg", "image/jpeg"),
    "WebP, lossy": ("a.webp", encoded(drawing(), "WEBP"), "image/jpeg", "image/jpeg"),
    "WebP, lossless": (
        "b.webp",
        encoded(drawing(), "WEBP", lossless=True),
        "image/png",
        "image/png",
    ),
    "WebP, clear": ("c.webp", encoded(CLEAR, "WEBP"), "image/webp", "image/png"),
    "GIF": ("a.gif", encoded(drawing(), "GIF"), "image/png", "image/png"),
    "GIF, moving": ("b.gif", frames_gif(5, 40), "image/webp", "image/png"),
    "AVIF": ("a.avif", encoded(drawing(), "AVIF"), "image/jpeg", "image/jpeg"),
    "HEIC": ("a.heic", encoded(drawing(), "HEIF"), "image/jpeg", "image/jpeg"),
    "PDF": ("a.pdf", pdf(drawing()), "image/png", "image/png"),
}


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[httpx.Client, ScriptedProvider]]:
    sees = frozenset({"text", "image"})
    made = [
        ScriptedModel(name, ["Yes.", Finish()], capabilities=sees, pictures=PictureLimits())
        for name in ("One", "Two")
    ]
    provider = ScriptedProvider(made)
    data = tmp_path_factory.mktemp("formats")
    plugins = {"scripted": ProviderPlugin(provider)}
    with served(data, plugins) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client, provider


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_from_the_form_to_the_models(
    place: tuple[httpx.Client, ScriptedProvider], name: str
) -> None:
    client, provider = place
    filename, data, stored, given = FORMATS[name]
    sent = client.post(
        "/arenas/vision/battles", data={"prompt": "Look"}, files={"files": (filename, data)}
    )
    assert sent.status_code == 303, sent.text
    battle = sent.headers["location"].rpartition("/")[2]
    finish(client, battle)
    shown = client.get(f"/api/v1/battles/{battle}").json()["turns"][0]["prompt"][1]
    assert shown["media_type"] == stored
    assert client.get(f"/artifacts/{shown['artifact']}/x").headers["content-type"] == stored
    seen = provider.requests[-1][1].messages[-1].parts[-1]
    assert isinstance(seen, Image)
    served_to_models = client.get(f"/artifacts/{seen.artifact}/x")
    assert (seen.media_type, served_to_models.headers["content-type"]) == (given, given)
    assert decoded(served_to_models.content).size == (seen.width, seen.height)


def test_the_guide_says_the_same() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| yes[^|]*\| `([^`]+)` \| `([^`]+)` \|", GUIDE.read_text("utf-8"), re.M
    )
    assert {name: (stored, given) for name, stored, given in rows} == {
        name: row[2:] for name, row in FORMATS.items()
    }
