"""Pictures that are made to harm, sent to a real server by many at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import pytest

from kit.memory import highest, resident
from kit.pictures import HTML, SECRET, bomb_png, drawing, encoded, frames_gif, hostile, with_exif
from kit.process import Served, server_process

MOST = 300_000_000
AT_ONCE = 8
SIGNS = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}


@dataclass(frozen=True)
class Sent:
    """What was sent, and what the server said of it."""

    what: str
    status: int
    answer: dict[str, object]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with server_process(tmp_path_factory.mktemp("data")) as served:
        yield served


def send(server: Served, what: str, name: str, data: bytes) -> Sent:
    files = {"file": (name, data)}
    answer = httpx.post(f"{server.url}/api/v1/artifacts", files=files, timeout=120)
    return Sent(what, answer.status_code, answer.json())


def send_all(server: Served, given: list[tuple[str, str, bytes]]) -> list[Sent]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda each: send(server, *each), given))


@pytest.fixture(scope="module")
def rest(server: Served) -> int:
    """The server's memory before any picture came, after it served a page."""
    assert httpx.get(server.url, follow_redirects=True).status_code == 200
    return resident(server.process.pid)


def test_bad_pictures_are_refused_or_made_safe_in_bounded_memory(server: Served, rest: int) -> None:
    given = [each for each in hostile() if not each[1].endswith(".pdf")] * 2
    with highest(server.process.pid) as seen:
        sent = send_all(server, given)
    assert seen[-1] - rest < MOST
    for each in sent:
        assert each.status in (201, 422), each
        if each.status == 422:
            error = each.answer["error"]
            assert isinstance(error, dict)
            assert error["code"] == "picture_refused"
            assert error["message"].endswith(".")
            assert "Traceback" not in error["message"]
            continue
        assert each.answer["type"] == "image", each
        served = httpx.get(f"{server.url}/artifacts/{each.answer['artifact']}/picture")
        assert served.headers["content-type"] == each.answer["media_type"]
        assert served.content.startswith(SIGNS[served.headers["content-type"]])
        assert served.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in served.headers["content-security-policy"]
        assert HTML not in served.content
        assert b"alert(" not in served.content
    assert {each.status for each in sent} == {201, 422}
    assert httpx.get(f"{server.url}/healthz").status_code == 200


@pytest.mark.parametrize("declared", [True, False])
def test_notes_of_a_hundred_megabytes_do_not_get_in(
    server: Served, rest: int, declared: bool
) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    head += encoded(drawing(), "PNG")[:33] + (100_000_000).to_bytes(4, "big") + b"tEXtComment\0"

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(100):
            yield bytes(1_000_000)

    headers = {"content-type": "multipart/form-data; boundary=x"}
    if declared:
        headers["content-length"] = str(len(head) + 100_000_000)
    refused = 0
    with highest(server.process.pid) as seen:
        try:
            url = f"{server.url}/api/v1/artifacts"
            refused = httpx.post(url, content=body(), headers=headers, timeout=60).status_code
        except httpx.TransportError:
            refused = 413
    assert refused in (400, 413)
    assert seen[-1] - rest < MOST


def test_large_pictures_by_many_at_once_in_bounded_memory(server: Served, rest: int) -> None:
    photo = with_exif(drawing(4000, 3000), "JPEG", orientation=6)
    given = [
        ("a photo on its side", "photo.jpg", photo),
        (
            "a photo in parts",
            "progressive.jpg",
            encoded(drawing(4000, 3000), "JPEG", progressive=True),
        ),
        ("36 megapixels", "large.png", bomb_png(6000, 6000)),
        ("with alpha", "alpha.png", encoded(drawing(3000, 2500, "RGBA"), "PNG")),
        ("WebP", "large.webp", encoded(drawing(3000, 2500), "WEBP", method=0)),
        ("HEIC", "large.heic", encoded(drawing(4000, 3000), "HEIF", quality=30)),
        ("moving", "moving.gif", frames_gif(300, 64)),
    ]
    with highest(server.process.pid) as seen:
        sent = send_all(server, given * 3)
    assert [each for each in sent if each.status != 201] == []
    assert seen[-1] - rest < MOST
    shown = httpx.get(f"{server.url}/artifacts/{sent[0].answer['artifact']}/photo.jpg")
    assert SECRET not in shown.content
