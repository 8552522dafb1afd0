"""The vision arena over HTTP: who is drawn, what models are given, and what is refused."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape, unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.answering import reply
from kit.battles import finish, vote
from kit.gallery import elsewhere, named, upload
from kit.pictures import drawing, encoded, pdf
from kit.served import ArenaPlugin, ProviderPlugin, scripted, served
from polyarena import (
    Arena,
    ArenaManifest,
    Finish,
    Image,
    PictureLimits,
    Starter,
    StarterPicture,
    Text,
    Uploads,
)
from polyarena.testing import ScriptedModel, ScriptedProvider

PICTURE = encoded(drawing(), "PNG")
SEES = frozenset({"text", "image"})


def seeing(name: str, **limits: Any) -> ScriptedModel:
    """A model that takes pictures within limits."""
    limits_given = PictureLimits(**limits)
    return ScriptedModel(
        name, ["It is a *drawing*.", Finish()], capabilities=SEES, pictures=limits_given
    )


@contextmanager
def opened(
    data: Path, *models: ScriptedModel, **given: Any
) -> Iterator[tuple[httpx.Client, ScriptedProvider]]:
    """A server with these models, and what they are asked."""
    provider = ScriptedProvider(models)
    plugins = {"scripted": ProviderPlugin(provider)}
    with served(data, plugins, **given) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client, provider


def sent(client: httpx.Client, data: bytes = PICTURE, name: str = "a.png") -> dict[str, str]:
    answer = upload(client, data, name)
    assert answer.status_code == 201, answer.text
    return named(answer.json())


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def ask(client: httpx.Client, *parts: Mapping[str, str], **more: Any) -> httpx.Response:
    return client.post("/api/v1/arenas/vision/battles", json={"prompt": list(parts), **more})


def begun(client: httpx.Client, *parts: Mapping[str, str]) -> str:
    """A battle that is answered."""
    answer = ask(client, *parts)
    assert answer.status_code == 201, answer.text
    battle = str(answer.json()["id"])
    finish(client, battle)
    return battle


def test_pictures_reach_both_models_in_their_place_and_a_vote_reveals(tmp_path: Path) -> None:
    with opened(tmp_path, seeing("Kestrel"), seeing("Merlin")) as (client, provider):
        battle = begun(client, text("Compare"), sent(client), text("with"), sent(client))
        assert len(provider.requests) == 2
        for _, request in provider.requests:
            parts = request.messages[-1].parts
            assert [part.type for part in parts] == ["text", "image", "text", "image"]
            picture = parts[1]
            assert isinstance(picture, Image)
            data = asyncio.run(_load(request, picture))
            assert client.get(f"/artifacts/{picture.artifact}/a.png").content == data
        page = client.get(f"/battles/{battle}").text
        assert not any(name in page for name in ("Kestrel", "Merlin"))
        assert vote(client, battle, reasons=["detail", "invents"]).status_code == 200
        board = client.get("/api/v1/arenas/vision/leaderboard?category=multi-image").json()
        assert board["votes"] == 1


async def _load(request: Any, picture: Image) -> bytes:
    data: bytes = await request.load(picture)
    return data


def test_who_sees_nothing_or_too_few_is_not_drawn(tmp_path: Path) -> None:
    few = [seeing(f"Few {n}", count=1) for n in range(3)]
    blind = [ScriptedModel(f"Blind {n}", ["No.", Finish()]) for n in range(3)]
    many = [seeing("One", count=2), seeing("Two", count=3)]
    with opened(tmp_path, *few, *blind, *many) as (client, provider):
        picture = sent(client)
        for _ in range(6):
            begun(client, text("Look"), picture, picture)
        assert {model.name for model, _ in provider.requests} == {"One", "Two"}
        refused = ask(client, text("Look"), picture, picture, picture)
        assert refused.status_code == 503
        chosen = {"mode": "direct", "models": ["Blind 1"]}
        assert "cannot answer this prompt" in ask(client, text("Look"), picture, **chosen).text


def test_a_thread_begins_with_a_picture_and_goes_on_without(tmp_path: Path) -> None:
    with opened(tmp_path, seeing("One"), seeing("Two")) as (client, provider):
        refused = ask(client, text("Look"))
        assert refused.status_code == 422
        assert refused.json()["error"]["message"] == (
            "The Vision arena is about pictures; add a picture."
        )
        battle = begun(client, sent(client))
        more = client.post(f"/api/v1/battles/{battle}/turns", json={"prompt": [text("And now?")]})
        assert more.status_code == 201
        finish(client, battle)
        _, request = provider.requests[-1]
        assert [message.role for message in request.messages] == ["user", "assistant", "user"]
        assert isinstance(request.messages[0].parts[0], Image)
        assert request.messages[-1].parts == (Text(text="And now?"),)
        edited = client.post(f"/battles/{battle}/edit", data={"prompt": "Or now?"})
        assert edited.status_code == 303


def test_who_sees_nothing_is_not_counted(tmp_path: Path) -> None:
    blind = [ScriptedModel(f"Blind {n}", ["No.", Finish()]) for n in range(2)]
    with opened(tmp_path, *blind) as (client, _):
        assert "There is no model in this arena yet" in client.get("/arenas/vision").text
        assert "Blind" not in client.get("/arenas/vision/direct").text


def test_both_sides_get_the_same_smaller_picture_and_the_page_says_so(tmp_path: Path) -> None:
    models = seeing("Small", side=300), seeing("Large", side=800, types=("image/jpeg",))
    with opened(tmp_path, *models) as (client, provider):
        picture = sent(client, encoded(drawing(1200, 900), "PNG"))
        battle = begun(client, text("Look"), picture)
        given = [request.messages[-1].parts[1] for _, request in provider.requests]
        assert given[0] == given[1]
        seen = given[0]
        assert isinstance(seen, Image)
        assert (seen.media_type, seen.width, seen.height) == ("image/jpeg", 300, 225)
        shown = client.get(f"/api/v1/battles/{battle}").json()["turns"][0]["prompt"][1]
        assert (shown["artifact"], shown["width"]) == (picture["artifact"], 1200)
        assert [one["artifact"] for one in shown["fitted"]] == [seen.artifact]
        page = client.get(f"/battles/{battle}").text
        assert "Shown to models at 300 × 225 pixels." in page
        small = client.get(f"/artifacts/{seen.artifact}/small.jpg")
        assert small.headers["content-type"] == "image/jpeg"
        assert client.delete(f"/api/v1/battles/{battle}").status_code == 204
        assert client.get(f"/artifacts/{seen.artifact}/small.jpg").status_code == 404


def test_a_picture_that_fits_is_given_as_it_is(tmp_path: Path) -> None:
    with opened(tmp_path, seeing("One"), seeing("Two")) as (client, provider):
        picture = sent(client)
        battle = begun(client, picture)
        (seen,) = provider.requests[0][1].messages[-1].parts
        assert isinstance(seen, Image)
        assert (seen.artifact, seen.fitted) == (picture["artifact"], ())
        assert "Shown to models" not in client.get(f"/battles/{battle}").text


def test_of_what_moves_as_many_frames_as_both_take(tmp_path: Path) -> None:
    frames = [drawing(), drawing().rotate(90), drawing().rotate(180), drawing().rotate(270)]
    film = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    models = seeing("Three", frames=3), seeing("Four", frames=4, count=4)
    with opened(tmp_path, *models) as (client, provider):
        picture = sent(client, film, "film.gif")
        assert picture["filename"] == "film.webp"
        battle = begun(client, text("Look"), picture, sent(client))
        parts = provider.requests[0][1].messages[-1].parts
        assert [part.type for part in parts] == ["text", *["image"] * 4]
        assert len({part.artifact for part in parts if isinstance(part, Image)}) == 4
        assert "Shown to models as 3 of its frames." in client.get(f"/battles/{battle}").text


def test_a_thread_has_no_more_pictures_than_both_take(tmp_path: Path) -> None:
    with opened(tmp_path, seeing("Two", count=2), seeing("Nine", count=9)) as (client, _):
        picture = sent(client)
        battle = begun(client, picture)
        for many, status in ((2, 422), (1, 201)):
            body = {"prompt": [text("More"), *[picture] * many]}
            more = client.post(f"/api/v1/battles/{battle}/turns", json=body)
            assert more.status_code == status, more.text
        finish(client, battle)
        refused = client.post(f"/api/v1/battles/{battle}/turns", json={"prompt": [picture]})
        assert "take no more than 2 pictures in all; it has 2 so far" in refused.text
        assert "Two" not in refused.text
        again = client.post(f"/api/v1/battles/{battle}/regenerate")
        assert again.status_code == 200


def files(*names: str) -> list[tuple[str, tuple[str, bytes]]]:
    """Pictures as a form sends them, each of a colour of its own."""
    colours = ("RGB", "L", "RGBA")
    return [
        ("files", (name, encoded(drawing(mode=colours[n]), "PNG"))) for n, name in enumerate(names)
    ]


def sent_by_form(
    client: httpx.Client, provider: ScriptedProvider, prompt: str, *names: str, **fields: Any
) -> tuple[str, list[str]]:
    """A battle begun by the page's form, and what the models were given: texts, and names."""
    answer = client.post(
        "/arenas/vision/battles", data={"prompt": prompt, **fields}, files=files(*names) or None
    )
    assert answer.status_code == 303, answer.text
    battle = answer.headers["location"].rpartition("/")[2]
    finish(client, battle)
    parts = provider.requests[-1][1].messages[-1].parts
    shown = [part.text if isinstance(part, Text) else part.filename for part in parts]  # type: ignore[union-attr]
    return battle, shown


@pytest.mark.parametrize(
    ("prompt", "due"),
    [
        ("Look", ["Look", "a.png", "b.png"]),
        ("", ["a.png", "b.png"]),
        ("[picture 2] or [image 1]?", ["b.png", "or", "a.png", "?"]),
        ("Is [picture 1]\nlike that?", ["Is", "a.png", "like that?", "b.png"]),
        ("Not [picture 7], [picture]", ["Not [picture 7], [picture]", "a.png", "b.png"]),
        ("[picture 1] [picture 1]", ["a.png", "[picture 1]", "b.png"]),
        ("[PICTURE 2]", ["b.png", "a.png"]),
    ],
)
def test_marks_in_the_text_say_where_pictures_stand(
    place: tuple[httpx.Client, ScriptedProvider], prompt: str, due: list[str]
) -> None:
    client, provider = place
    battle, shown = sent_by_form(client, provider, prompt, "a.png", "b.png")
    assert shown == due
    page = client.get(f"/battles/{battle}").text.partition('<section class="turn"')[2]
    places = [
        page.index(escape(part) if part.endswith("png") else f">{escape(part)}<")
        for part in due
        if part != "?"
    ]
    assert places == sorted(places)
    # What an edit begins with gives the same again.
    form = re.search(r'id="edit-prompt".*?>\n(.*?)</textarea>', page, re.DOTALL)
    kept = re.findall(r'name="kept" value="([^"]+)"', page)
    assert form is not None
    again = client.post(
        f"/battles/{battle}/edit", data={"prompt": unescape(form[1]), "kept": kept[:2]}
    )
    assert again.status_code == 303
    finish(client, battle)
    parts = provider.requests[-1][1].messages[-1].parts
    assert [p.text if isinstance(p, Text) else p.filename for p in parts] == due  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[httpx.Client, ScriptedProvider]]:
    with opened(tmp_path_factory.mktemp("data"), seeing("One"), seeing("Two")) as made:
        yield made


def test_the_pages_of_a_document_stand_under_one_number(
    place: tuple[httpx.Client, ScriptedProvider],
) -> None:
    client, provider = place
    document = ("files", ("talk.pdf", pdf(drawing(), drawing().rotate(180))))
    data = {"prompt": "See [picture 2], then [picture 1]", "alt": ["A talk", "A drawing"]}
    answer = client.post("/arenas/vision/battles", data=data, files=[document, *files("b.png")])
    assert answer.status_code == 303, answer.text
    finish(client, answer.headers["location"].rpartition("/")[2])
    parts = provider.requests[-1][1].messages[-1].parts
    pictures = [part for part in parts if isinstance(part, Image)]
    assert [part.filename for part in pictures] == ["b.png", "talk-1.png", "talk-2.png"]
    assert [part.alt for part in pictures] == ["A drawing", "A talk", "A talk"]


def test_a_picture_by_its_address_in_the_form(tmp_path: Path) -> None:
    with elsewhere(**{"a.png": reply(PICTURE)}) as server:
        here = f"127.0.0.1:{server.port}"
        trusted = {"private_hosts": [here]}
        with opened(tmp_path, seeing("One"), seeing("Two"), images=trusted) as (client, provider):
            url = f"http://{here}/a.png"
            _, shown = sent_by_form(client, provider, "Look at [picture 1]", url=url)
            assert shown == ["Look at", "a.png"]
            form = {"prompt": "Look", "url": f"http://{here}/none.png"}
            refused = client.post("/arenas/vision/battles", data=form)
            assert refused.status_code == 422
            assert "status 404" in refused.text
            many = client.post("/arenas/vision/battles", data={"prompt": "", "url": [url] * 9})
            assert "At most 8 pictures are taken" in many.text


def test_starters_bring_their_pictures(place: tuple[httpx.Client, ScriptedProvider]) -> None:
    client, provider = place
    page = client.get("/arenas/vision").text
    links = re.findall(r'class="starter starter-shown" href="([^"]+)"', page)
    assert len(links) >= 6
    for source in re.findall(r'<img src="(/artifacts/[^"]+)" alt="" loading', page):
        assert client.get(source).headers["content-type"].startswith("image/")
    filled = client.get(unescape(next(link for link in links if "difference" in link))).text
    kept = re.findall(r'name="kept" value="([^"]+)"', filled)
    assert [value.partition("/")[2] for value in kept] == ["desk.png", "desk-later.png"]
    assert 'value="A desk with a lamp, a cup, books and a window"' in filled
    prompt = re.search(r'id="start-prompt".*?>\n(.*?)</textarea>', filled, re.DOTALL)
    assert prompt is not None
    _, shown = sent_by_form(client, provider, unescape(prompt[1]), kept=kept)
    assert shown == [
        "What differs between",
        "desk.png",
        "and",
        "desk-later.png",
        "? List every difference.",
    ]


def test_a_starter_whose_picture_cannot_be_drawn_is_offered_without(tmp_path: Path) -> None:
    def broken() -> bytes:
        raise OSError("no such font")

    class Sketches(Arena):
        manifest = ArenaManifest(
            id="sketches",
            title="Sketches",
            summary="Sketches.",
            accepts=frozenset({"text", "image"}),
            uploads=Uploads(),
            starters=(
                Starter("Broken", "Look", pictures=(StarterPicture("a.png", "It", broken),)),
                Starter("No picture", "Look", pictures=(StarterPicture("b.png", "It", bytes),)),
                Starter("Fine", "Look", pictures=(StarterPicture("c.png", "It", lambda: PICTURE),)),
            ),
        )

    plugins = {"sketches": ArenaPlugin(Sketches()), **scripted(seeing("One"), seeing("Two"))}
    with served(tmp_path, plugins) as url:
        page = httpx.get(f"{url}/arenas/sketches").text
    assert page.count('class="starter"') == 2
    assert page.count('class="starter starter-shown"') == 1
    assert "no such font" not in page
