"""Apps with a server: who may start one, how long it lives, and what passes to it and back."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from kit.battles import vote
from kit.server_apps import OWN, SOURCES, Running, leading_to, running, saying
from polyarena.testing.serving import running as serving

HELLO = "<h1>Hello</h1>"


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("hello"), servers=50, apps={"each": 50}) as apps:
        yield apps


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(OWN) as url:
        port = urlsplit(url).port
        assert port is not None
        with running(tmp_path_factory.mktemp("own"), leading_to(port)) as apps:
            yield apps


@pytest.fixture(scope="module")
def host(own: Running) -> str:
    return own.started()


def dial(
    own: Running, host: str, path: str = "/echo", subprotocols: Sequence[Subprotocol] = ()
) -> ClientConnection:
    """A WebSocket to an app's host."""
    end = socket.create_connection(("127.0.0.1", own.client.base_url.port))
    return connect(f"ws://{host}{path}", sock=end, subprotocols=subprotocols)


def test_an_app_is_started_on_a_word_from_the_site(apps: Running) -> None:
    battle, built = apps.battle()
    before = len(apps.sandbox.served)
    answer = apps.start(battle, built["a"])
    host = answer.json()["host"]
    assert host.endswith(".preview.localhost")
    assert built["a"][:12] not in host
    assert HELLO in apps.get(host).text
    (app,) = apps.sandbox.served[before:]
    assert app.app.kind == "flask"
    assert app.app.main == "app.py"
    assert {file.name: file.data for file in app.app.files} == SOURCES
    assert apps.start(battle, built["a"]).json()["host"] == host
    assert apps.start(battle, built["b"], "b").json()["host"] != host
    assert len(apps.sandbox.served) == before + 2


def test_its_host_alone_starts_nothing(apps: Running) -> None:
    before = len(apps.sandbox.served)
    _, built = apps.battle()
    for label in (f"s-{built['a'][:40]}", "s-" + "0" * 40, f"p-{built['a'][:40]}"):
        for method in ("GET", "POST"):
            found = apps.get(f"{label}.preview.localhost", "/", method)
            assert found.status_code in (404, 405, 502), label
            assert HELLO not in found.text
    assert len(apps.sandbox.served) == before


def test_only_those_who_are_shown_the_battle_start_its_apps(apps: Running) -> None:
    battle, built = apps.battle()
    body = {"side": "a", "bundle": built["a"]}
    with httpx.Client(base_url=apps.client.base_url) as other:
        other.get("/arenas/apps")
        assert other.post(f"/api/v1/battles/{battle}/apps", json=body).status_code == 403
        assert vote(apps.client, battle).status_code == 200
        apps.client.post(f"/battles/{battle}/share")
        page = apps.client.get(f"/battles/{battle}").text
        token = page.partition("/shared/")[2].partition('"')[0]
        shared = other.get(f"/shared/{token}").text
        assert f'data-apps="/api/v1/shared/{token}/apps"' in shared
        answer = other.post(f"/api/v1/shared/{token}/apps", json=body)
        assert HELLO in apps.get(answer.json()["host"]).text
        assert other.post("/api/v1/shared/nothing/apps", json=body).status_code == 404


def test_another_sites_page_starts_nothing(apps: Running) -> None:
    battle, built = apps.battle()
    body = {"side": "a", "bundle": built["a"]}
    headers = {"sec-fetch-site": "cross-site"}
    url = f"/api/v1/battles/{battle}/apps"
    assert apps.client.post(url, json=body, headers=headers).status_code == 403


@pytest.mark.parametrize("wrong", [{"turn": 1}, {"bundle": "0" * 64}])
def test_an_app_that_there_is_not(apps: Running, wrong: dict[str, object]) -> None:
    battle, built = apps.battle()
    body = {"side": "a", "bundle": built["a"], **wrong}
    refused = apps.client.post(f"/api/v1/battles/{battle}/apps", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")


def test_a_vote_stops_both_soon_and_they_start_again(tmp_path: Path) -> None:
    with running(tmp_path, apps={"after_vote": 0}) as apps:
        battle, built = apps.battle()
        hosts = [apps.start(battle, built[side], side).json()["host"] for side in "ab"]
        assert vote(apps.client, battle).status_code == 200
        until(lambda: all(app.ended for app in apps.sandbox.served))
        gone = apps.get(hosts[0])
        assert (gone.status_code, "does not run any more" in gone.text) == (502, True)
        again = apps.start(battle, built["a"]).json()["host"]
        assert again != hosts[0]
        assert HELLO in apps.get(again).text


def test_one_that_nobody_uses_is_stopped(tmp_path: Path) -> None:
    with running(tmp_path, apps={"idle": 0.2}) as apps:
        apps.started()
        until(lambda: apps.sandbox.served[0].ended)


def test_a_deleted_battle_takes_its_apps_along(apps: Running) -> None:
    battle, built = apps.battle()
    apps.start(battle, built["a"])
    app = apps.sandbox.served[-1]
    assert apps.client.delete(f"/api/v1/battles/{battle}").status_code == 204
    assert app.ended


def test_a_visitor_has_so_many_and_the_rest_wait(tmp_path: Path) -> None:
    with running(tmp_path, servers=2, apps={"each": 2}) as apps:
        first, second, third = (apps.started() for _ in range(3))
        assert [app.ended for app in apps.sandbox.served] == [True, False, False]
        assert apps.get(first).status_code == 502
        assert HELLO in apps.get(third).text
        with httpx.Client(base_url=apps.client.base_url) as other:
            stranger = Running(other, apps.sandbox)
            battle, built = stranger.battle()
            refused = stranger.start(battle, built["a"])
        assert refused.status_code == 503
        assert refused.json()["error"]["code"] == "sandbox_busy"
        assert HELLO in apps.get(second).text


def test_one_that_ends_at_once_says_why(tmp_path: Path) -> None:
    with running(tmp_path, output="Traceback\nModuleNotFoundError: no x\n") as apps:
        battle, built = apps.battle()
        refused = apps.start(battle, built["a"])
        assert refused.status_code == 502
        said = "The app ended at once. It said last: ModuleNotFoundError: no x"
        assert refused.json()["error"]["message"] == said


def test_nothing_runs_on_once_the_server_stops(tmp_path: Path) -> None:
    with running(tmp_path) as apps:
        apps.started()
    assert apps.sandbox.served[0].ended


def test_a_page_is_confined(own: Running, host: str) -> None:
    page = own.get(host, headers={"sec-fetch-dest": "iframe"})
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert f"connect-src 'self' ws://{host} wss://{host} data: blob:;" in policy
    assert "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:;" in policy
    assert "form-action 'self'" in policy
    assert "sandbox allow-scripts allow-forms allow-pointer-lock;" in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    for name in ("set-cookie", "x-frame-options", "refresh", "access-control-allow-origin"):
        assert name not in page.headers, name
    assert own.get(host, headers={"sec-fetch-dest": "document"}).status_code == 403
    assert own.get(host, headers={"service-worker": "script"}).status_code == 403


def test_a_page_gets_storage_ahead_of_its_own_scripts(own: Running, host: str) -> None:
    page = own.get(host, headers={"sec-fetch-dest": "iframe"}).text
    head, _, rest = page.partition("<script>")
    assert head == "<!doctype html><html><head>"
    assert "localStorage" in rest
    assert rest.endswith("<title>Own</title></head><body>ä</body></html>")
    assert "localStorage" not in own.get(host, headers={"sec-fetch-dest": "empty"}).text


def test_cookies_are_kept_by_the_site_alone(own: Running, host: str) -> None:
    own.client.get("/arenas/apps")
    own.get(host)
    seen = own.get(host, "/seen").json()["headers"]
    assert seen["cookie"] == "seen=yes"
    assert "polyarena" not in seen["cookie"]


def test_what_the_app_is_told_of_a_request(own: Running, host: str) -> None:
    headers = {
        "x-forwarded-for": "1.2.3.4",
        "x-real-ip": "1.2.3.4",
        "forwarded": "for=1.2.3.4",
        "origin": "null",
        "referer": "http://site.test/battles/1",
        "x-own": "kept",
        "last-event-id": "7",
    }
    seen = own.get(host, "/seen?a=1&b=%20", "POST", headers=headers, content=b"body").json()
    assert (seen["method"], seen["body"], seen["query"]) == ("POST", "body", "a=1&b=%20")
    told = seen["headers"]
    assert (told["host"], told["x-own"], told["last-event-id"]) == (host, "kept", "7")
    assert told["accept-encoding"] == "identity"
    for name in ("x-forwarded-for", "x-real-ip", "forwarded", "origin", "referer"):
        assert name not in told


def test_its_page_may_read_what_its_server_says(own: Running, host: str) -> None:
    asked = own.get(host, "/seen", headers={"origin": "null"})
    assert asked.headers["access-control-allow-origin"] == "null"
    assert asked.headers["access-control-allow-credentials"] == "true"
    other = own.get(host, "/seen", headers={"origin": "http://elsewhere.test"})
    assert "access-control-allow-origin" not in other.headers
    headers = {"origin": "null", "access-control-request-method": "PUT"}
    headers["access-control-request-headers"] = "x-own, content-type"
    before = own.get(host, "/seen", "OPTIONS", headers=headers)
    assert before.status_code == 204
    assert before.headers["access-control-allow-headers"] == "x-own, content-type"
    assert "PUT" in before.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/seen", "/seen"),
        ("seen?x=1", "seen?x=1"),
        ("http://{host}/seen", "/seen"),
        ("http://127.0.0.1:8000/seen?x=1", "/seen?x=1"),
        ("http://elsewhere.test/", None),
        ("//elsewhere.test/", None),
        ("/\\elsewhere.test/", None),
        ("http://p-0.preview.localhost/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_it_leads_to_its_own_host_alone(
    own: Running, host: str, to: str, leads: str | None
) -> None:
    answer = own.get(host, "/leads", params={"to": to.replace("{host}", host)})
    assert answer.headers.get("location") == leads
    assert answer.status_code == (307 if leads else 502)


def test_a_stream_and_a_large_body(own: Running, host: str) -> None:
    with own.client.stream("GET", "/streams", headers={"host": host}) as stream:
        assert b"".join(stream.iter_bytes()) == b"data: 0\n\ndata: 1\n\ndata: 2\n\n"
    large = "x" * 3_000_000
    assert own.get(host, "/seen", "PUT", content=large).json()["body"] == large


def test_a_websocket_goes_both_ways(own: Running, host: str) -> None:
    with dial(own, host, subprotocols=[Subprotocol("own")]) as line:
        assert line.subprotocol == "own"
        line.send("hello")
        assert line.recv() == "hello"
        line.send(b"\x00\xff" * 100_000)
        assert line.recv() == b"\x00\xff" * 100_000
        line.send("headers")
        told = str(line.recv())
        assert f'"host":"{host}"' in told
        assert "origin" not in told
        line.send("bye")
        with pytest.raises(ConnectionClosed) as closed:
            line.recv()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1001


def test_a_websocket_that_the_app_has_not(own: Running, host: str) -> None:
    for name in (host, "s-" + "0" * 40 + ".preview.localhost"):
        with pytest.raises(InvalidStatus):
            dial(own, name, "/nothing")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"no http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 50_000 + b"\r\n",
    ],
    ids=["nothing", "no HTTP", "a header too long", "too many headers"],
)
def test_an_app_that_is_no_server(tmp_path: Path, answer: bytes) -> None:
    with running(tmp_path, saying(answer)) as apps:
        found = apps.get(apps.started())
        assert (found.status_code, found.text) == (502, "The app did not answer as a server does.")
        assert "sandbox" in found.headers["content-security-policy"]


def test_an_answer_without_end_is_cut(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n"
    endless = saying(head + b"z" * 65536, again=True)
    with running(tmp_path, endless, limits={"bundle_bytes": 1_000_000}) as apps:
        assert len(apps.get(apps.started()).content) <= 1_000_000


def until(true: Callable[[], object]) -> None:
    """Wait until a function answers that it is so."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
