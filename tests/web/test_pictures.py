"""Pictures over HTTP: taken, described, fetched, shown small, screened, and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kit.answering import reply
from kit.battles import finish
from kit.gallery import PHOTO, Gallery, answer, ask, elsewhere, named, opened, refusal, upload
from kit.pictures import HTML, SECRET, bomb_png, decoded, drawing, encoded, pdf, with_exif
from polyarena.services import pictures


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with opened(tmp_path_factory.mktemp("data"), images={"pixels": 2_000_000}) as client:
        yield client


def test_a_picture_is_stored_upright_without_notes_under_a_fitting_name(
    client: httpx.Client,
) -> None:
    sent = upload(client, PHOTO, "holiday.png", alt="A beach at night")
    assert sent.status_code == 201, sent.text
    part = sent.json()
    expected = {"type": "image", "media_type": "image/jpeg", "width": 600, "height": 900}
    assert expected.items() <= part.items()
    assert (part["filename"], part["alt"]) == ("holiday.jpg", "A beach at night")
    shown = client.get(f"/artifacts/{part['artifact']}/holiday.jpg")
    assert shown.headers["content-type"] == "image/jpeg"
    assert SECRET not in shown.content
    assert decoded(shown.content).size == (600, 900)


@pytest.mark.parametrize(
    ("name", "form", "due"),
    [
        ("a.jpeg", "JPEG", "a.jpeg"),
        ("a.JPG", "JPEG", "a.JPG"),
        ("a.webp", "PNG", "a.png"),
        ("a.heic", "HEIF", "a.jpg"),
        ("a.gif", "GIF", "a.png"),
        ("a", "PNG", "a.png"),
        ("a.b", "PNG", "a.b.png"),
        (".png", "JPEG", "picture.jpg"),
        ("thumb", "JPEG", "thumb.jpg"),
    ],
)
def test_names(client: httpx.Client, name: str, form: str, due: str) -> None:
    assert upload(client, encoded(drawing(40, 30), form), name).json()["filename"] == due


def test_a_small_picture_of_a_picture(client: httpx.Client) -> None:
    large = upload(client, PHOTO, "large.jpg").json()["artifact"]
    small = upload(client, encoded(drawing(), "PNG"), "small.png").json()["artifact"]
    file = upload(client, b"a,b", "table.csv").json()["artifact"]
    thumb = client.get(f"/artifacts/{large}/thumb")
    assert (thumb.headers["content-type"], decoded(thumb.content).size) == (
        "image/webp",
        (341, 512),
    )
    same = client.get(f"/artifacts/{small}/thumb")
    assert (same.headers["content-type"], decoded(same.content).size) == ("image/png", (320, 200))
    assert client.get(f"/artifacts/{file}/thumb").headers["content-type"] == (
        "application/octet-stream"
    )
    for response in (thumb, same):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in response.headers["content-security-policy"]
    assert client.get(f"/artifacts/{'0' * 64}/thumb").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.png", b"", "a.png is empty."),
        ("a.png", HTML, "a.png is no picture, whatever its name says."),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "whatever its name says"),
        ("a.png", encoded(drawing(), "PNG")[:200], "a.png is damaged"),
        ("a.txt", encoded(drawing(), "PNG")[:200], "a.txt is damaged"),
        ("a.png", bomb_png(2000, 1500), "a.png has too many pixels; at most 2,000,000"),
        ("<b>.png", b"", "<b>.png is empty."),
        ("\u202egnp.png", b"", "gnp.png is empty."),
    ],
)
def test_what_is_wrong_is_said(client: httpx.Client, name: str, data: bytes, said: str) -> None:
    assert said in refusal(upload(client, data, name))


def test_what_claims_nothing_is_a_file(client: httpx.Client) -> None:
    for name, data in {"a.svg": b"<svg/>", "a.pdf": pdf(drawing()), "a.html": HTML}.items():
        part = upload(client, data, name).json()
        assert (part["type"], part["size"]) == ("file", len(data))
        served = client.get(f"/artifacts/{part['artifact']}/{name}")
        assert served.headers["content-type"] == "application/octet-stream"
        assert served.headers["content-disposition"].startswith("attachment")


def test_no_more_wait_than_there_is_room_for(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "WAITING_MOST", 0)
    busy = upload(client, PHOTO, "photo.jpg")
    assert busy.status_code == 503
    assert "Too many pictures are waiting" in busy.json()["error"]["message"]
    assert upload(client, b"a,b", "table.csv").status_code == 201


def test_pages(client: httpx.Client) -> None:
    def send(data: bytes) -> httpx.Response:
        return client.post("/api/v1/artifacts/pages", files={"file": ("talk.pdf", data)})

    pages = send(pdf(drawing(), drawing().rotate(180))).json()
    assert [page["filename"] for page in pages] == ["talk-1.png", "talk-2.png"]
    assert pages[0]["artifact"] != pages[1]["artifact"]
    assert refusal(send(encoded(drawing(), "PNG"))) == "talk.pdf is no PDF."


def test_a_file_or_an_address_but_not_both(client: httpx.Client) -> None:
    assert client.post("/api/v1/artifacts").status_code == 422
    assert upload(client, PHOTO, "a.jpg", url="http://a.test/").status_code == 422
    assert upload(client, PHOTO, "a.jpg", alt="x" * 1001).status_code == 422


def test_pictures_in_a_form_with_what_they_show(client: httpx.Client) -> None:
    files = [
        ("files", ("one.png", encoded(drawing(), "PNG"))),
        ("files", ("two.pdf", pdf(drawing()))),
    ]
    fields = {"prompt": "Look", "alt": ["A drawing", "A page"]}
    sent = client.post("/arenas/gallery/battles", data=fields, files=files)
    assert sent.status_code == 303, sent.text
    battle = sent.headers["location"].rpartition("/")[2]
    assert answer(client, battle)[0]["text"] == "Got 2: A drawing, A page."
    kept = client.get(f"/api/v1/battles/{battle}").json()["turns"][0]["prompt"][1]["artifact"]
    fields = {"prompt": "Again", "kept": f"{kept}/one.png", f"alt.{kept}": "The same"}
    assert client.post(f"/battles/{battle}/edit", data=fields).status_code == 303
    assert answer(client, battle)[0]["text"] == "Got 1: The same."


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.svg", b"<svg/>", "an SVG drawing, which is never taken as a picture"),
        ("a.bmp", encoded(drawing(), "BMP"), "no picture of a kind that is taken: PNG, JPEG"),
        ("a.txt", b"", "a.txt is empty"),
        ("a.png", b"GIF89a", "a.png is damaged"),
    ],
)
def test_an_arena_of_pictures_takes_no_other_files(
    client: httpx.Client, name: str, data: bytes, said: str
) -> None:
    fields = {"prompt": "Look"}
    sent = client.post(
        "/arenas/gallery/battles",
        data=fields,
        files={"files": (name, data)},
        headers={"hx-request": "true"},
    )
    assert sent.status_code == 422
    assert said in sent.text


def test_what_an_answer_made(tmp_path: Path) -> None:
    gallery = Gallery()
    frames = [drawing(), drawing().rotate(180)]
    gallery.made = {
        "plot.png": with_exif(drawing(), "PNG"),
        "film.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "broken.png": encoded(drawing(), "PNG")[:100],
        "page.png": HTML,
    }
    with opened(tmp_path, gallery) as client:
        parts = answer(client, ask(client).json()["id"])[1:]
        assert [part["type"] for part in parts] == ["image", "image", "file", "file"]
        assert [part["filename"] for part in parts] == [
            "plot.png",
            "film.webp",
            "broken.png",
            "page.png",
        ]
        plot, film, broken, page = (client.get(f"/artifacts/{p['artifact']}/x") for p in parts)
        assert SECRET not in plot.content
        assert decoded(film.content).n_frames == 2  # type: ignore[attr-defined]
        for served in (broken, page):
            assert served.headers["content-type"] == "application/octet-stream"
            assert served.headers["content-disposition"].startswith("attachment")


def test_pictures_by_address(tmp_path: Path) -> None:
    gallery = Gallery()
    with elsewhere(**{"a.png": reply(with_exif(drawing(), "PNG")), "page": reply(HTML)}) as server:
        here = f"127.0.0.1:{server.port}"
        with opened(tmp_path, gallery, images={"private_hosts": [here]}) as client:

            def send(url: str) -> httpx.Response:
                return client.post("/api/v1/artifacts", data={"url": url, "alt": "It"})

            part = send(f"http://{here}/a.png").json()
            assert (part["filename"], part["alt"], part["width"]) == ("a.png", "It", 320)
            assert SECRET not in client.get(f"/artifacts/{part['artifact']}/a.png").content
            assert "no picture of a kind" in refusal(send(f"http://{here}/page"))
            assert "status 404" in refusal(send(f"http://{here}/no"))
            assert "no address on the public" in refusal(send(f"http://localhost:{server.port}/"))
            gallery.url = f"http://{here}/a.png"
            made = answer(client, ask(client).json()["id"])[1]
            assert made["artifact"] == part["artifact"]
        gallery.url = f"http://{here}/a.png"
        came = server.came
        with opened(tmp_path, gallery) as client:
            text = answer(client, ask(client).json()["id"])[0]["text"]
            assert "Refused: 127.0.0.1 leads to no address" in text
        assert server.came == came


def test_a_picture_goes_with_its_last_battle_and_its_small_one_too(tmp_path: Path) -> None:
    with opened(tmp_path) as client:
        part = named(upload(client, PHOTO, "photo.jpg").json())
        battle = ask(client, part).json()["id"]
        finish(client, battle)
        assert len(list((tmp_path / "artifacts").rglob(f"{part['artifact']}*"))) == 2
        assert client.delete(f"/api/v1/battles/{battle}").status_code == 204
        assert client.get(f"/artifacts/{part['artifact']}/thumb").status_code == 404
        assert not list((tmp_path / "artifacts").rglob(f"{part['artifact']}*"))
