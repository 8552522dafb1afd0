"""Apps on hosts of their own: what is served there, under which headers, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import httpx
import pytest

from kit.app_arena import AppArena, bundles, preview_host, shown_apps
from kit.served import ArenaPlugin, scripted, served
from polyarena import Finish
from polyarena.testing import ScriptedModel

PAGE = b"<!doctype html><title>App</title><script type=module src=main.js></script>"
FILM = bytes(range(256)) * 40
FILES = {
    "index.html": PAGE,
    "main.js": b"document.title = 'ran'",
    "style.css": b"body { color: red }",
    "data/points.json": b"[1]",
    "data/index.html": b"data",
    "pic.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "film.mp4": FILM,
    "mystery.xyz": b"<script>alert(1)</script>",
    "a b.txt": "ä".encode(),
}
TYPES = {
    "index.html": "text/html; charset=utf-8",
    "main.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "data/points.json": "application/json",
    "pic.svg": "image/svg+xml",
    "film.mp4": "video/mp4",
    "mystery.xyz": "application/octet-stream",
    "a b.txt": "text/plain; charset=utf-8",
}
Get = Callable[..., httpx.Response]


@contextmanager
def opened(data: Path) -> Iterator[httpx.Client]:
    models = [ScriptedModel(name, ["one", Finish()]) for name in ("One", "Two")]
    plugins = {**scripted(*models), "apps": ArenaPlugin(AppArena({"one": FILES}))}
    with served(data, plugins) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with opened(tmp_path_factory.mktemp("apps")) as client:
        yield client


@pytest.fixture(scope="module")
def app(client: httpx.Client) -> Get:
    """Asks the host of an app."""
    _, built = shown_apps(client)
    host = preview_host(built["a"])

    def get(path: str = "/", method: str = "GET", **headers: str) -> httpx.Response:
        given = {"host": f"{host}:{client.base_url.port}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return client.request(method, path, headers=given)

    return get


@pytest.mark.parametrize(("path", "media_type"), TYPES.items())
def test_files_of_an_app_with_the_type_of_their_name(app: Get, path: str, media_type: str) -> None:
    found = app(f"/{path}")
    assert found.status_code == 200
    assert found.content == FILES[path]
    assert found.headers["content-type"] == media_type
    assert found.headers["x-content-type-options"] == "nosniff"
    head = app(f"/{path}", "HEAD")
    assert head.content == b""
    assert head.headers["content-length"] == str(len(FILES[path]))


def test_a_folder_is_its_page(app: Get) -> None:
    assert app("/").content == PAGE
    assert app("/data/").content == b"data"
    assert app("/data").status_code == 404


@pytest.mark.parametrize("path", ["/", "/main.js", "/none", "/film.mp4?range"])
def test_headers_confine_every_answer(app: Get, path: str) -> None:
    found = app(path, range="bytes=x") if "range" in path else app(path)
    policy = found.headers["content-security-policy"]
    assert "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:" in policy
    assert "connect-src 'self' data: blob:" in policy
    assert "form-action 'none'" in policy
    assert "webrtc 'block'" in policy
    assert "sandbox allow-scripts allow-forms allow-pointer-lock;" in policy
    assert "frame-ancestors http://localhost:* http://127.0.0.1:*" in policy
    assert "https:" not in policy
    assert found.headers["referrer-policy"] == "no-referrer"
    assert found.headers["x-dns-prefetch-control"] == "off"
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.headers["connection-allowlist"] == "(response-origin)"
    assert "camera=()" in found.headers["permissions-policy"]
    assert "set-cookie" not in found.headers


def test_a_part_of_a_film(app: Get) -> None:
    part = app("/film.mp4", range="bytes=10-19")
    assert part.status_code == 206
    assert part.content == FILM[10:20]
    assert part.headers["content-range"] == f"bytes 10-19/{len(FILM)}"
    assert "sandbox" in part.headers["content-security-policy"]
    assert app("/film.mp4", range="bytes=99999999-").status_code == 416


def test_a_file_that_is_known_is_not_sent_again(app: Get) -> None:
    tag = app("/main.js").headers["etag"]
    again = app("/main.js", if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert app("/style.css", if_none_match=tag).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/api/v1/arenas/apps/battles"])
def test_nothing_is_written_to(app: Get, method: str, path: str) -> None:
    refused = app(path, method)
    assert refused.status_code == 405
    assert refused.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    [
        "/../../polyarena.db",
        "/%2e%2e/%2e%2e/polyarena.db",
        "/..%2f..%2fsecret.key",
        "/data/../main.js",
        "/data//points.json",
        "//main.js",
        "/.",
        "/main.js/",
        "/MAIN.JS",
        "/main.js%00.html",
        "/\\main.js",
        "/" + "x" * 5000,
    ],
)
def test_no_path_leads_anywhere_else(app: Get, path: str) -> None:
    address = app().request.url
    # A client that makes the path no tidier.
    connection = HTTPConnection(address.host, address.port or 80)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", app().request.headers["host"])
    connection.endheaders()
    assert connection.getresponse().status in (400, 404)
    connection.close()


@pytest.mark.parametrize(
    "path", ["/arenas/text", "/api/v1/arenas", "/healthz", "/static/manifest.json", "/history"]
)
def test_the_site_is_not_on_the_host_of_an_app(app: Get, client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200
    hosts = [app().request.headers["host"], "preview.localhost", "x.preview.localhost"]
    hosts += ["PREVIEW.LOCALHOST", "preview.localhost.:80", "p-1.p-2.preview.localhost"]
    for host in hosts:
        found = client.get(path, headers={"host": host})
        assert found.status_code == 404, host
        assert "set-cookie" not in found.headers


def test_an_app_is_not_on_the_host_of_the_site(app: Get, client: httpx.Client) -> None:
    (label, *_) = app().request.headers["host"].split(".")
    for host in (None, f"{label}.localhost", f"{label}.preview.localhost.evil.test", label):
        found = client.get("/main.js", headers={"host": host} if host else None)
        assert found.status_code == 404, host
        assert FILES["main.js"] not in found.content


def test_a_host_is_known_in_any_spelling(app: Get, client: httpx.Client) -> None:
    host = app().request.headers["host"]
    for same in (host.upper(), host.partition(":")[0], host.replace(":", ".:")):
        assert client.get("/main.js", headers={"host": same}).status_code == 200, same


@pytest.mark.parametrize(
    "label", ["p-" + "0" * 40, "p-" + "0" * 39, "p-" + "0" * 64, "0" * 40, "p-", "p-" + "%" * 40]
)
def test_an_unknown_label(client: httpx.Client, label: str) -> None:
    assert client.get("/", headers={"host": f"{label}.preview.localhost"}).status_code == 404


def test_what_anybody_uploads_is_no_app(app: Get, client: httpx.Client) -> None:
    page = client.post("/api/v1/artifacts", files={"file": ("i.html", b"mine")}).json()["artifact"]
    manifest = f'{{"index.html":["{page}",4,"text/html"]}}'.encode()
    made = client.post("/api/v1/artifacts", files={"file": ("m.json", manifest)}).json()
    assert made["artifact"] == hashlib.sha256(manifest).hexdigest()
    host = {"host": preview_host(made["artifact"])}
    assert client.get("/", headers=host).status_code == 404


def test_no_service_worker_and_no_page_of_its_own(app: Get) -> None:
    assert app("/main.js", service_worker="script").status_code == 403
    assert app("/", sec_fetch_dest="document").status_code == 403
    assert app("/", sec_fetch_dest="iframe").status_code == 200
    assert app("/main.js", sec_fetch_dest="script").status_code == 200


def test_cookies_are_neither_read_nor_set(app: Get, client: httpx.Client) -> None:
    assert client.get("/arenas/text").headers["set-cookie"]
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    found = app("/", cookie=cookie)
    assert found.content == PAGE
    assert "set-cookie" not in found.headers


def test_an_app_goes_with_the_last_battle_that_shows_it(tmp_path: Path) -> None:
    with opened(tmp_path) as client:
        goes_with_the_last_battle(client)


def goes_with_the_last_battle(client: httpx.Client) -> None:
    (first, built), (second, again) = shown_apps(client), shown_apps(client)
    assert built == again
    host = {"host": preview_host(built["a"])}
    page = hashlib.sha256(PAGE).hexdigest()
    assert client.get("/", headers=host).status_code == 200
    assert client.delete(f"/api/v1/battles/{first}").status_code == 204
    assert client.get("/", headers=host).status_code == 200
    assert client.delete(f"/api/v1/battles/{second}").status_code == 204
    for path in ("/", "/main.js"):
        assert client.get(path, headers=host).status_code == 404
    for digest in (page, built["a"]):
        assert client.get(f"/artifacts/{digest}/x").status_code == 404
    third, _ = shown_apps(client)
    assert client.get("/", headers=host).content == PAGE
    assert bundles(client, third) == built


def test_pages_that_show_apps_may_frame_their_hosts_alone(client: httpx.Client) -> None:
    battle, _ = shown_apps(client)
    for path in ("/arenas/apps", "/arenas/apps/side-by-side", f"/battles/{battle}"):
        policy = client.get(path).headers["content-security-policy"]
        assert policy.endswith("; frame-src *.preview.localhost:*"), path
        assert "frame-ancestors 'none'" in policy
    for path in ("/arenas/text", "/history", "/arenas/apps/leaderboard", "/nowhere"):
        assert "frame-src" not in client.get(path).headers["content-security-policy"], path
