"""Plugins that screen pictures: asked about each, believed, and closed when they fail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kit.gallery import PHOTO, Gallery, answer, ask, named, opened, refusal, upload
from kit.pictures import decoded, drawing, encoded
from polyarena import (
    Objection,
    Picture,
    hookimpl,
)


class Screen:
    """A plugin that screens pictures with the function it is given."""

    def __init__(self, function: Callable[[Picture], Any]) -> None:
        self.function = function
        self.seen: list[Picture] = []

    @hookimpl
    def polyarena_screen_image(
        self, arena: str, picture: Picture, options: Mapping[str, object]
    ) -> Objection | None:
        assert (arena, options) == ("gallery", {})
        self.seen.append(picture)
        answer: Objection | None = self.function(picture)
        return answer


def test_plugins_are_asked_about_every_picture(tmp_path: Path) -> None:
    gallery = Gallery()
    gallery.made = {"plot.png": encoded(drawing(20, 20), "PNG"), "table.csv": b"a"}
    screen = Screen(lambda picture: None)
    with opened(tmp_path, gallery, brought={"screen": screen}) as client:
        part = upload(client, PHOTO, "photo.jpg").json()
        assert screen.seen == []
        answer(client, ask(client, named(part)).json()["id"])
        asked, *made = screen.seen
        assert (asked.artifact, asked.media_type, asked.asked) == (
            part["artifact"],
            "image/jpeg",
            True,
        )
        assert decoded(asked.path.read_bytes()).size == (600, 900)
        assert [picture.asked for picture in made] == [False, False]
        assert len({picture.perceptual for picture in screen.seen}) == 2


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda picture: Objection("Not this one."), "Not this one."),
        (lambda picture: Objection(""), ""),
        (lambda picture: 1 / 0, "The picture could not be checked just now"),
        (lambda picture: "no", "The picture could not be checked just now"),
    ],
)
def test_an_objection_and_a_fault_refuse_a_picture(
    tmp_path: Path, function: Callable[[Picture], Any], said: str
) -> None:
    gallery = Gallery()
    with opened(tmp_path, gallery, brought={"screen": Screen(function)}) as client:
        part = named(upload(client, PHOTO, "photo.jpg").json())
        assert said in refusal(ask(client, part))
        gallery.made = {"plot.png": encoded(drawing(), "PNG")}
        parts = answer(client, ask(client).json()["id"])
        assert [p["type"] for p in parts] == ["text"]
        assert f"Refused: {said}" in parts[0]["text"]


def test_the_guards_list_holds_for_a_picture_in_another_size(tmp_path: Path) -> None:
    listed = tmp_path / "blocked.txt"
    listed.write_text("")
    options = {"guard": {"blocked_pictures": str(listed)}}
    seen = Screen(lambda picture: None)
    with opened(tmp_path, brought={"seen": seen}) as client:
        part = named(upload(client, encoded(drawing(), "PNG"), "a.png").json())
        assert ask(client, part).status_code == 201
    listed.write_text(seen.seen[0].perceptual)
    with opened(tmp_path, plugins=options) as client:
        other = upload(client, encoded(drawing(640, 400), "JPEG", quality=50), "b.jpg").json()
        assert "does not take this picture" in refusal(ask(client, named(other)))
        fine = upload(client, encoded(drawing().rotate(180), "PNG"), "c.png").json()
        assert ask(client, named(fine)).status_code == 201
