"""Fetching from addresses that others name: what is inside stays out of reach."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from kit.answering import DRIP, Answering, Names, answering, moved, reply
from polyarena import PictureRefused
from polyarena.fetching import Fetcher

pytestmark = pytest.mark.anyio
LIMIT = 1000
BODY = b"\x89PNG and so on"
OPEN = "open.test"
INSIDE = "leads to no address on the public internet"


@pytest.fixture
async def server() -> AsyncIterator[Answering]:
    async with answering(
        picture=reply(BODY),
        gone=reply(b"", "404 Not Found"),
        large=reply(b"x" * (LIMIT + 1)),
        lying=reply(b"x" * 5000, content_length="", transfer_encoding=""),
        promising=reply(b"", content_length="99999999"),
        endless=reply(b"", content_length="") + DRIP,
        slow=b"HTTP/1.1 200 OK\r\n" + DRIP,
        packed=reply(b"x", content_encoding="gzip"),
        noise=b"\x00\x01\x02 what\r\n\r\n",
        heads=b"HTTP/1.1 200 OK\r\n" + b"a: " + b"x" * 1_000_000 + b"\r\n\r\n",
        short=reply(b"x", content_length="500"),
        loop=moved("/loop"),
        nowhere=reply(b"", "302 Found"),
    ) as made:
        yield made


def fetcher(server: Answering, names: Names | None = None) -> Fetcher:
    """One that trusts `open.test` at the server's port, which lies at 127.0.0.1."""
    return Fetcher({f"{OPEN}:{server.port}"}, names or Names(open_test=[["127.0.0.1"]]))


async def fetch(
    fetching: Fetcher, url: str, limit: int = LIMIT, seconds: float = 5
) -> tuple[bytes, str]:
    fetched = await fetching.fetch(url, limit, seconds)
    with fetched.file as file:
        return file.read(), fetched.filename


async def test_a_picture_is_fetched_from_the_address_that_was_checked(server: Answering) -> None:
    names = Names(open_test=[["127.0.0.1"], ["127.0.0.2"]])
    assert await fetch(fetcher(server, names), f"http://{OPEN}:{server.port}/picture") == (
        BODY,
        "picture",
    )
    assert names.asked == [OPEN]


async def test_what_is_asked(server: Answering) -> None:
    server.answers["/a/gr%C3%BC%C3%9Fe.png?q=1%202&r=%C3%BC"] = reply(BODY)
    url = f"http://{OPEN}:{server.port}/a/grüße.png?q=1%202&r=ü#part"
    assert await fetch(fetcher(server), url) == (BODY, "grüße.png")
    head = server.heard[0].lower().splitlines()
    assert f"host: {OPEN}:{server.port}" in head
    assert "accept-encoding: identity" in head
    assert not [line for line in head if line.startswith(("cookie", "authorization", "referer"))]


async def test_redirects_are_followed_and_each_is_checked(server: Answering) -> None:
    here = f"http://{OPEN}:{server.port}"
    server.answers |= {"/1": moved("2", "301 Moved"), "/2": moved("//" + here[7:] + "/picture")}
    names = Names(open_test=[["127.0.0.1"]])
    assert await fetch(fetcher(server, names), f"{here}/1") == (BODY, "picture")
    assert names.asked == [OPEN] * 3
    with pytest.raises(PictureRefused, match="redirects too often"):
        await fetch(fetcher(server), f"{here}/loop")


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1:{port}/picture",
        "http://localhost:{port}/picture",
        "//[::ffff:127.0.0.1]:{port}/picture",
        "http://2130706433:{port}/picture",
        "http://inside.test:{port}/picture",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/picture",
        "http://user:word@open.test:{port}/picture",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]:{port}/picture",
    ],
)
async def test_redirects_inside_are_refused(server: Answering, where: str) -> None:
    server.answers["/out"] = moved(where.format(port=server.port))
    names = Names(open_test=[["127.0.0.1"]], inside_test=[["127.0.0.1"]])
    with pytest.raises(PictureRefused):
        await fetch(fetcher(server, names), f"http://{OPEN}:{server.port}/out")
    assert server.came == 1


async def test_a_name_that_answers_differently_the_next_time(server: Answering) -> None:
    names = Names(turning_test=[["192.0.2.1"], ["127.0.0.1"]])
    with pytest.raises(PictureRefused, match=INSIDE):
        await fetch(Fetcher(resolve=names), f"http://turning.test:{server.port}/picture")
    names = Names(turning_test=[["8.8.8.8"], ["127.0.0.1"]])
    connected: list[str] = []
    with pytest.raises(PictureRefused), Watched(connected):
        await fetch(Fetcher(resolve=names), f"http://turning.test:{server.port}/picture", seconds=1)
    assert names.asked == ["turning.test"]
    assert set(connected) <= {"8.8.8.8"}
    assert server.came == 0


class Watched:
    """Notes the addresses that the event loop is asked to connect to; none of them is reached."""

    def __init__(self, connected: list[str]) -> None:
        self._connected = connected
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> None:
        async def connect(_: socket.socket, address: tuple[str, int]) -> None:
            self._connected.append(address[0])
            raise ConnectionRefusedError

        self._loop.sock_connect = connect  # type: ignore[method-assign, assignment]

    def __exit__(self, *_: object) -> None:
        del self._loop.sock_connect


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], ["::1"], ["what"], []],
)
async def test_a_name_of_which_one_address_is_inside(
    server: Answering, addresses: list[str]
) -> None:
    names = Names(mixed_test=[addresses])
    with pytest.raises(PictureRefused, match=INSIDE):
        await fetch(Fetcher(resolve=names), f"http://mixed.test:{server.port}/picture")
    assert server.came == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1.:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0x7f.0.0.1:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://017700000001:{port}/",
        "http://127.0.0.1%2e:{port}/",
        "http://１２７.0.0.1:{port}/",
        "http://127。0。0。1:{port}/",
        "http://0:{port}/",
        "http://0.0.0.0:{port}/",
        "http://localhost:{port}/",
        "http://LOCALHOST.:{port}/",
        "http://[::1]:{port}/",
        "http://[::]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "http://[::127.0.0.1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://[2002:7f00:1::]:{port}/",
        "http://[fe80::1%25lo]:{port}/",
        "http://[fe80::1]:{port}/",
        "http://[fd00::1]:{port}/",
        "http://user@127.0.0.1:{port}/",
        "http://public.test@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}@public.test/",
        "http://127.0.0.1:{port}#@public.test/",
        "http://127.0.0.1:{port}\\@public.test/",
        "http://public.test\t@127.0.0.1:{port}/",
        "http:\n//127.0.0.1:{port}/",
        " http://127.0.0.1:{port}/",
        "http:127.0.0.1:{port}/",
        "http:///127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}/",
        "HTTP://127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/",
        "ftp://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "file://127.0.0.1:{port}/",
        "gopher://127.0.0.1:{port}/_GET",
        "dict://127.0.0.1:{port}/",
        "data:image/png;base64,iVBORw0KGgo=",
        "javascript:alert(1)",
        "jar:http://127.0.0.1:{port}/!/",
        "http://10.0.0.1:{port}/",
        "http://172.16.0.1:{port}/",
        "http://192.168.0.1:{port}/",
        "http://100.64.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://224.0.0.1:{port}/",
        "http://255.255.255.255:{port}/",
        "http://public.test:22/",
        "http://public.test:25/",
        "http://public.test:99999/",
        "http://public.test:port/",
        "http://[::1/",
        "http://",
        "http://:{port}/",
        "http://..:{port}/",
        "http://" + "a" * 64 + ".test/",
        "http://public.test/" + "a" * 2000,
        "",
    ],
)
async def test_addresses_that_lead_inside_or_nowhere(url: str) -> None:
    names = Names(public_test=[["192.0.2.1"]])
    async with answering(picture=reply(BODY)) as v4:
        with pytest.raises(PictureRefused) as refused:
            await fetch(Fetcher(resolve=names), url.format(port=v4.port), seconds=3)
        assert v4.came == 0
    assert str(refused.value).endswith(".")


async def test_the_loopback_of_version_six_is_not_reached_either() -> None:
    with suppress(OSError):
        async with answering("::1", picture=reply(BODY)) as v6:
            for host in ("[::1]", "localhost", "[0:0:0:0:0:0:0:1]"):
                with pytest.raises(PictureRefused):
                    await fetch(Fetcher(), f"http://{host}:{v6.port}/picture")
            assert v6.came == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("gone", "answered with status 404"),
        ("large", "more than 1,000 bytes"),
        ("lying", "more than 1,000 bytes"),
        ("promising", "more than 1,000 bytes"),
        ("endless", "more than|within 1 seconds"),
        ("slow", "within 1 seconds"),
        ("packed", "encoding"),
        ("noise", "cannot be reached"),
        ("heads", "cannot be reached"),
        ("short", "cannot be reached"),
    ],
)
async def test_answers_that_are_not_taken(server: Answering, path: str, said: str) -> None:
    with pytest.raises(PictureRefused, match=said):
        await fetch(fetcher(server), f"http://{OPEN}:{server.port}/{path}", seconds=1)


async def test_a_redirect_to_nowhere(server: Answering) -> None:
    with pytest.raises(PictureRefused):
        await fetch(fetcher(server), f"http://{OPEN}:{server.port}/nowhere")


async def test_a_port_at_which_nobody_listens(server: Answering) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        fetching = Fetcher({f"{OPEN}:{port}"}, Names(open_test=[["127.0.0.1"]]))
        with pytest.raises(PictureRefused, match="cannot be reached"):
            await fetch(fetching, f"http://{OPEN}:{port}/")


async def test_a_host_is_trusted_at_the_port_that_is_named(server: Answering) -> None:
    names = Names(open_test=[["127.0.0.1"]])
    with pytest.raises(PictureRefused, match=INSIDE):
        await fetch(Fetcher({f"{OPEN}:1"}, names), f"http://{OPEN}:{server.port}/picture")
    assert (await fetch(Fetcher({OPEN}, names), f"http://{OPEN}:{server.port}/picture"))[0] == BODY


async def test_the_next_address_is_tried_where_one_does_not_answer(server: Answering) -> None:
    names = Names(open_test=[["127.0.0.2", "127.0.0.1"]])
    data, _ = await fetch(fetcher(server, names), f"http://{OPEN}:{server.port}/picture")
    assert data == BODY


async def test_a_server_without_encryption_is_not_spoken_to(server: Answering) -> None:
    with pytest.raises(PictureRefused, match=r"cannot be reached|within 0\.5 seconds"):
        await fetch(fetcher(server), f"https://{OPEN}:{server.port}/picture", seconds=0.5)
    assert server.heard == []
