"""The demo models look at pictures: what they say depends on what is there."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image as Picture
from PIL import ImageDraw

from kit.pictures import encoded
from polyarena import (
    Delta,
    File,
    Image,
    Message,
    ModelRequest,
    NotFound,
    Provider,
    ProviderError,
    Text,
)
from polyarena_demo.plugin import polyarena_register_providers

pytestmark = pytest.mark.anyio

Draw = Callable[[ImageDraw.ImageDraw], object]


def picture(*draws: Draw, size: tuple[int, int] = (800, 600), ground: str = "white") -> bytes:
    made = Picture.new("RGB", size, ground)
    pen = ImageDraw.Draw(made)
    for draw in draws:
        draw(pen)
    return encoded(made, "PNG")


def circle(x: int, y: int, radius: int, fill: str) -> Draw:
    return lambda pen: pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def block(left: int, top: int, right: int, bottom: int, fill: str) -> Draw:
    return lambda pen: pen.rectangle((left, top, right, bottom), fill=fill)


def star(x: int, y: int, radius: int, fill: str) -> Draw:
    turns = [(i, radius if i % 2 == 0 else 0.4 * radius) for i in range(10)]
    points = [
        (x + r * math.sin(i * math.pi / 5), y - r * math.cos(i * math.pi / 5)) for i, r in turns
    ]
    return lambda pen: pen.polygon(points, fill=fill)


SHAPES = picture(
    block(50, 50, 200, 200, "#c82832"),
    circle(480, 140, 80, "#1e3cbe"),
    circle(680, 440, 80, "#c82832"),
    lambda pen: pen.polygon([(100, 560), (260, 560), (180, 380)], fill="#148c3c"),
    star(440, 420, 90, "#f0c000"),
)
BARS = picture(
    *(
        block(60 + 150 * at, 500 - height, 160 + 150 * at, 500, fill)
        for at, (height, fill) in enumerate(
            [(120, "#3b4fd8"), (300, "#e08020"), (420, "#148c3c"), (90, "#c82832")]
        )
    )
)


def provider() -> Provider:
    made, _ = polyarena_register_providers({"pace": 0})
    return made


def images(*data: bytes) -> list[Image]:
    return [
        Image(artifact=f"{n:064x}", media_type="image/png", width=1, height=1)
        for n in range(len(data))
    ]


async def say(persona: str, question: str, *data: bytes, then: str = "") -> str:
    """What a persona says of pictures; `then` is asked after, without any."""

    async def load(part: Image | File) -> bytes:
        return data[int(part.artifact, 16)]

    messages = [Message(role="user", parts=(*images(*data), Text(text=question)))]
    if then:
        messages.append(Message(role="assistant", parts=(Text(text="Well."),)))
        messages.append(Message(role="user", parts=(Text(text=then),)))
    of = next(one for one in provider().models() if one.config["persona"] == persona)
    stream = provider().stream(of, ModelRequest(tuple(messages), load=load))
    return "".join([event.text async for event in stream if isinstance(event, Delta)])


@pytest.mark.parametrize(
    ("question", "data", "said"),
    [
        ("How many red shapes are there?", SHAPES, "two red shapes: one red"),
        ("How many circles do you see?", SHAPES, "two circles"),
        ("How many circles, and how many are blue?", SHAPES, "two circles, one of them blue"),
        ("Is there a purple thing, and how many?", SHAPES, "no purple shapes"),
        ("Where is the blue circle?", SHAPES, "blue circle is at the top"),
        ("Where is the star?", SHAPES, "yellow star is at the bottom"),
        ("What is the colour of it?", SHAPES, "mostly white, red and"),
        ("How large is it in pixels?", SHAPES, "800 pixels wide and 600 high"),
        ("Which bar is the tallest?", BARS, "third bar from the left (green) is the tallest"),
        ("How many bars are there?", BARS, "four bars"),
        ("What does it say?", SHAPES, "nothing that looks like writing"),
        ("Describe it", BARS, "A bar chart showing"),
        ("Is it dark?", picture(ground="#101018"), "It is dark, with soft contrast"),
    ],
)
async def test_a_sharp_eye_is_right(question: str, data: bytes, said: str) -> None:
    assert said in await say("professor", question, data)


async def test_each_answers_in_a_way_of_its_own_and_not_all_see_as_well() -> None:
    personas = [model.config["persona"] for model in provider().models()]
    told = {one: await say(one, "Which bar is the tallest?", BARS) for one in personas}
    assert len(set(told.values())) == len(personas) >= 4
    right = {one for one, text in told.items() if "third bar from the left (green)" in text}
    assert {"professor", "coder", "lister"} <= right
    assert "contrarian" not in {
        one for one in personas if "green triangle" in await say(one, "Describe it", SHAPES)
    }


async def test_several_pictures_are_compared() -> None:
    one, other = picture(circle(100, 100, 60, "#c82832")), picture(ground="#202020")
    said = await say("terse", "What is the difference?", one, other)
    assert "Only the first has one red circle" in said
    assert "the first is lighter" in said
    assert "no difference" in await say("terse", "Compare them", one, one)
    assert "Picture 2: " in await say("terse", "What is it?", one, other)


async def test_a_follow_up_is_about_the_pictures_before_it() -> None:
    said = await say("terse", "Describe it", SHAPES, then="How many circles are there?")
    assert said == "There are two circles."


async def test_the_same_picture_and_question_get_the_same_answer() -> None:
    assert await say("poet", "Describe it", SHAPES) == await say("poet", "Describe it", SHAPES)


async def test_what_is_no_picture_fails_the_side_and_not_the_server() -> None:
    with pytest.raises(ProviderError):
        await say("terse", "Look", b"\x89PNG\r\n\x1a\n" + bytes(100))


async def test_a_picture_that_was_deleted() -> None:
    request = ModelRequest((Message(role="user", parts=tuple(images(b""))),))
    with pytest.raises(NotFound):
        await anext(provider().stream(provider().models()[0], request))


async def test_text_is_read_where_a_reader_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = tmp_path / "tesseract"
    reader.write_text("#!/bin/sh\ncat >/dev/null\necho 'Total  12.50'\n")
    reader.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert await say("terse", "What does it say?", SHAPES) == "It reads: “Total 12.50”"
