"""The demo painters: they draw what the words say, each in a style of its own."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from kit.pictures import decoded, drawing, encoded
from polyarena import (
    ConfigError,
    File,
    Finish,
    Image,
    Message,
    Model,
    ModelRequest,
    PictureReady,
    ProviderError,
    Text,
)
from polyarena_demo.painters.provider import PainterProvider
from polyarena_demo.plugin import polyarena_register_providers

pytestmark = pytest.mark.anyio
PAINTERS = PainterProvider(0)
MODELS = PAINTERS.models()
PICTURE = Image(artifact="a" * 64, media_type="image/png", width=320, height=200, filename="a.png")
Pixels = NDArray[np.uint8]
BLUE, ORANGE = (48, 92, 190), (235, 130, 40)


async def load(part: Image | File) -> bytes:
    return encoded(drawing(), "PNG")


async def painted(model: Model, prompt: str, *pictures: Image, size: str = "512x512") -> Pixels:
    parts = (Text(text=prompt), *pictures)
    asked = ModelRequest((Message(role="user", parts=parts),), {"size": size}, load=load)
    made, last = [event async for event in PAINTERS.stream(model, asked)]
    assert isinstance(made, PictureReady)
    assert last == Finish()
    return np.asarray(decoded(made.data).convert("RGB")).astype(int)


def near(pixels: Pixels, colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(pixels - np.array(colour)).sum(axis=2) < 130)


def blobs(row: NDArray[np.bool_]) -> int:
    """How many stretches of a row are true, those of a few pixels apart."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    return int((edges[1::2] - edges[::2] > len(row) / 40).sum())


def test_there_are_four_and_they_say_that_they_are_a_demo() -> None:
    assert len({model.name for model in MODELS}) == 4
    for model in MODELS:
        assert model.name.startswith("Demo ")
        assert model.fallback
        assert model.capabilities == {"text-to-image", "image-edit"}
        assert PAINTERS.check(model) is None


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
async def test_numbers_colours_and_places_are_kept(model: Model) -> None:
    prompt = "Three blue circles above two orange triangles, on a white background"
    pixels = await painted(model, prompt)
    height = len(pixels)
    blue, orange = near(pixels, BLUE), near(pixels, ORANGE)
    rows = {name: np.flatnonzero(mask.any(axis=1)) for name, mask in (("b", blue), ("o", orange))}
    assert rows["b"].mean() < height / 2 < rows["o"].mean()
    wide = blue[int(np.median(rows["b"]))]
    low = orange[int(rows["o"].max() - height / 20)]
    if model.config["painter"] != "ink":
        assert (blobs(wide), blobs(low)) == (3, 2)
    assert near(pixels, (250, 248, 243))[: height // 50].mean() > 0.9


async def test_styles_differ_and_the_same_prompt_gets_the_same_picture() -> None:
    prompt = 'A house under a yellow moon at night, with the words "OPEN LATE"'
    first = [await painted(model, prompt, size="256x256") for model in MODELS]
    again = [await painted(model, prompt, size="256x256") for model in MODELS]
    assert all((one == other).all() for one, other in zip(first, again, strict=True))
    small = [pixels[:: len(pixels) // 64, :: len(pixels) // 64][:64, :64] for pixels in first]
    assert all(np.abs(one - other).mean() > 2 for one, other in combinations(small, 2))


@pytest.mark.parametrize("words", ['"HELLO"', "“hello”", "the word HELLO", "that says Hello There"])
async def test_words_are_written(words: str) -> None:
    model = MODELS[0]
    ground = await painted(model, "A poster on navy background, a red star")
    lettered = await painted(model, f"A poster on navy background, a red star, {words}")
    top = len(ground) // 5
    assert not near(ground, (250, 248, 243))[:top].any()
    assert near(lettered, (250, 248, 243))[:top].mean() > 0.03


@pytest.mark.parametrize(
    "prompt", ["", "?", "x" * 4000, "日本の秋", "nine hundred cats", '"' * 50, "a" + "\u0301" * 900]
)
async def test_anything_can_be_painted(prompt: str) -> None:
    for model in MODELS:
        assert (await painted(model, prompt, size="200x300")).std() > 2


async def test_an_edit_keeps_the_picture_and_does_what_is_said() -> None:
    before = np.asarray(drawing()).astype(int)
    for model in MODELS:
        grey = await painted(model, "Make it black and white", PICTURE)
        assert grey.shape == before.shape
        assert np.ptp(grey, axis=2).max() < 6
        added = await painted(model, "Add a purple star", PICTURE)
        assert near(added, (122, 74, 168)).sum() > near(before, (122, 74, 168)).sum() + 200
        assert (added == before).all(axis=2).mean() > 0.4
    mirrored = await painted(MODELS[0], "Mirror it", PICTURE)
    assert (mirrored == before[:, ::-1]).all()


async def test_some_things_are_declined_in_words() -> None:
    asked = ModelRequest((Message(role="user", parts=(Text(text="A gory scene"),)),))
    events = [event async for event in PAINTERS.stream(MODELS[0], asked)]
    assert events[-1] == Finish("refused")


async def test_an_unknown_painter_and_a_wrong_pace_are_told() -> None:
    other = MODELS[0].model_copy(update={"config": {"painter": "nobody"}})
    assert "painter" in (PAINTERS.check(other) or "")
    with pytest.raises(ProviderError):
        await anext(PAINTERS.stream(other, ModelRequest(())))
    with pytest.raises(ConfigError, match="pace"):
        polyarena_register_providers({"pace": "fast"})
