"""Apps that mean harm to the browser that shows them, in real containers, and what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from docker import DockerClient

from kit.contained import built, first
from kit.shown import Shown, has_colour, show
from polyarena.sandbox import Outcome

pytestmark = pytest.mark.docker
extra = pytest.mark.apps

PAGE = """<!doctype html><html lang="en"><head><title>Page</title></head>
<body><h1 style="background:#e00">Page</h1>%s</body></html>"""
SIZES = {"desktop", "tablet", "phone"}


@pytest.fixture(scope="module")
def client() -> Iterator[DockerClient]:
    with built("browser") as engine:
        yield engine


def script(text: str) -> str:
    return PAGE % f"<script>{text}</script>"


def is_seen(shown: Shown) -> bool:
    """Whether the page's red heading stands in all pictures."""
    return set(shown.shots) == SIZES and all(
        has_colour(shot, (200, 0, 0), (255, 40, 40)) for shot in shown.shots.values()
    )


LOOPS: Mapping[str, str] = {
    "after load": "onload = () => setTimeout(() => { for (;;); }, 50)",
    "in a frame": "requestAnimationFrame(function f() { requestAnimationFrame(f); for (;;); })",
    "on resizing": "onresize = () => { for (;;); }",
    "of promises": "setTimeout(() => { (function f() { Promise.resolve().then(f) })() }, 50)",
    "of timers": "setInterval(() => { const t = Date.now() + 9e9; while (Date.now() < t); }, 9)",
    "of a pattern": "setTimeout(() => /^(a+)+$/.test('a'.repeat(60) + 'b'), 50)",
}


@pytest.mark.parametrize("loop", first(LOOPS, "in a frame"))
def test_a_page_that_never_ends_is_seen_as_it_is(client: DockerClient, loop: str) -> None:
    shown = show(client, script(LOOPS[loop]))
    assert shown.step.outcome is Outcome.OK
    assert shown.report["hung"] is True
    assert is_seen(shown)


@extra
def test_a_page_that_grows_without_end_is_told(client: DockerClient) -> None:
    growing = "new MutationObserver(() => document.body.append('x'))"
    page = script(f"{growing}.observe(document.body, {{childList: true}}); document.body.append(1)")
    shown = show(client, page)
    assert (shown.step.outcome, shown.ran.finished) == (Outcome.OK, True)
    assert shown.report["hung"] or shown.report["crashed"]


@extra
def test_a_page_that_never_gets_to_its_end_is_told(client: DockerClient) -> None:
    shown = show(client, "<script>for (;;);</script><h1>Never</h1>")
    assert (shown.step.outcome, shown.report["hung"]) == (Outcome.OK, True)
    assert set(shown.shots) == SIZES


@extra
def test_a_click_that_never_ends_is_told(client: DockerClient) -> None:
    shown = show(client, PAGE % "<button onclick='for (;;);'>Go</button>")
    assert (shown.report["hung"], shown.report["clicked"]) == (True, 1)
    assert is_seen(shown)


DIALOGS = ("alert(1)", "confirm(1)", "prompt(1)", "print()")


@pytest.mark.parametrize("call", first(DIALOGS))
def test_dialogs_without_end_are_dismissed(client: DockerClient, call: str) -> None:
    shown = show(client, script(f"onload = () => {{ for (let i = 0; i < 1e5; i++) {call} }}"))
    assert shown.step.outcome is Outcome.OK
    assert set(shown.shots) == SIZES


FLOODS: Mapping[str, str] = {
    "console": "setInterval(() => { for (let i = 0; i < 1e4; i++) console.log('x'.repeat(999)) })",
    "errors": "setInterval(() => { for (let i = 0; i < 1e3; i++) Promise.reject('x'.repeat(9)) })",
    "requests": "setInterval(() => { for (let i = 0; i < 1e3; i++) fetch('/' + Math.random()) })",
    "objects": "setInterval(() => { for (let i = 0; i < 1e4; i++) console.log(document, window) })",
}


@pytest.mark.parametrize("flood", first(FLOODS))
def test_a_page_that_says_too_much_is_cut(client: DockerClient, flood: str) -> None:
    shown = show(client, script(FLOODS[flood]))
    assert shown.step.outcome is Outcome.OK
    report = shown.report
    assert len(report["console"]) + len(report["errors"]) + len(report["failed_requests"]) <= 300
    assert report["left_out"] > 0
    assert len(shown.ran.files["out/report.json"]) < 200_000


BOMBS: Mapping[str, str] = {
    "of memory": "const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1))",
    "of objects": "let all = []; for (;;) all = [all, all.slice(), Array(1e5).fill({})]",
    "of text": "let s = 'x'; for (;;) { s += s; document.title = s }",
    "of canvases": "for (;;) { const c = new OffscreenCanvas(9e3, 9e3).getContext('2d');"
    "c.fillRect(0, 0, 9, 9); (window.all ??= []).push(c) }",
    "of workers": "for (let i = 0; i < 300; i++) new Worker(URL.createObjectURL("
    "new Blob(['const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))'])))",
    "of frames": "for (let i = 0; i < 200; i++) { const f = document.createElement('iframe');"
    "f.srcdoc = '<script>for (;;);<' + '/script>'; document.body.append(f) }",
}


@pytest.mark.parametrize("bomb", first(BOMBS, "of memory"))
def test_a_bomb_harms_nothing_but_its_page(client: DockerClient, bomb: str) -> None:
    shown = show(client, script(f"setTimeout(() => {{ {BOMBS[bomb]} }}, 300)"))
    assert shown.ran.finished
    assert shown.step.outcome in {Outcome.OK, Outcome.MEMORY, Outcome.PROCESSES}
    if shown.step.outcome is Outcome.OK:
        assert shown.report["crashed"] or shown.report["hung"] or "desktop" in shown.shots


@extra
def test_a_page_of_very_many_elements_is_seen(client: DockerClient) -> None:
    many = script("document.body.insertAdjacentHTML('beforeend', '<p>x</p>'.repeat(100000))")
    shown = show(client, many)
    assert (shown.report["elements"] > 100_000, shown.report["axe"]) == (True, None)
    assert is_seen(shown)


@extra
def test_a_page_that_crashes_is_told(client: DockerClient) -> None:
    shown = show(client, PAGE % "<button onclick='a = []; for (;;) a.push(Array(1e7).fill(1))'>Go")
    assert shown.step.outcome is Outcome.OK
    assert shown.report["crashed"] or shown.report["hung"]
    assert is_seen(shown)


ESCAPES: Mapping[str, str] = {
    "beforeunload": "onbeforeunload = (e) => { e.preventDefault(); return 'stay' };"
    "setInterval(() => location.reload())",
    "another host": "location = 'https://evil.example/'",
    "another host later": "setTimeout(() => { location = 'http://127.0.0.1:1/' }, 400)",
    "data": "location = 'data:text/html,gone'",
    "a file": "location = 'file:///etc/passwd'",
    "the browser": "location = 'chrome://version'",
    "top": "top.location = 'https://evil.example/'",
    "a form": "document.body.insertAdjacentHTML('beforeend', '<form action=https://evil.example"
    " method=post>'); document.forms[0].submit()",
    "a link": "const a = document.createElement('a'); a.href = 'https://evil.example'; a.click()",
    "a download": "const a = document.createElement('a'); a.href = 'data:,x'; a.download = 'x';"
    "setInterval(() => a.click(), 20)",
    "windows": "setInterval(() => { for (let i = 0; i < 99; i++) open('about:blank') }, 9)",
    "windows on clicks": "onclick = onkeydown = () => { for (let i = 0; i < 99; i++) open('/') }",
    "history": "setInterval(() => history.back(), 30)",
    "itself": "setInterval(() => location.reload(), 20)",
    "full screen": "onclick = () => document.body.requestFullscreen()",
    "a pointer lock": "onclick = () => document.body.requestPointerLock()",
}


@pytest.mark.parametrize("way", first(ESCAPES, "another host"))
def test_a_page_stays_where_it_is(client: DockerClient, way: str) -> None:
    shown = show(client, script(f"onload = () => {{ {ESCAPES[way]} }}") + "<button>Go</button>")
    assert shown.step.outcome is Outcome.OK
    assert is_seen(shown)
    assert b"root:x" not in b"".join(shown.ran.files.values())


REACHES: Mapping[str, str] = {
    "hosts": "fetch('https://example.com')",
    "metadata": "fetch('http://169.254.169.254/')",
    "other ports": "fetch('http://127.0.0.1:9222/json')",
    "files": "fetch('file:///etc/passwd')",
    "beside the app": "fetch('/..%2f..%2fetc/passwd')",
    "sockets": "new Promise((ok, no) => { const s = new WebSocket('wss://example.com');"
    "s.onopen = ok; s.onerror = () => no(Error('closed')) })",
    "a service worker": "navigator.serviceWorker.register('/sw.js')",
    "the clipboard": "navigator.clipboard.readText()",
    "a camera": "navigator.mediaDevices.getUserMedia({ video: true })",
    "the place": "new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, no))",
    "storage": "Promise.resolve().then(() => localStorage.length)",
    "cookies": "Promise.resolve().then(() => { document.cookie = 'a=b' })",
}


@pytest.mark.parametrize("what", first(REACHES, "hosts"))
def test_a_page_reaches_nothing(client: DockerClient, what: str) -> None:
    page = script(
        f"Promise.resolve().then(() => {REACHES[what]}).then((r) => {{ if (r && r.status === 404)"
        "throw 404; console.log('reached ' + what) }, () => console.log('refused'))"
    )
    shown = show(client, {"index.html": page, "sw.js": ""}, axe=False, walk=0)
    assert [text for text in shown.said("info") if text != "refused"] == []
    assert "refused" in shown.said("info") or shown.report["errors"]


def test_a_page_cannot_forge_what_is_seen(client: DockerClient) -> None:
    forgery = """Object.prototype.toJSON = Array.prototype.push = () => 'forged';
window.axe = { run: () => Promise.resolve({ violations: [] }) };
window.MutationObserver = class { observe() {} };
document.getElementsByTagName = () => ({ length: 0 }); performance.getEntriesByType = () => [];
Element.prototype.getBoundingClientRect = () => null; console.error('true');
Promise = Function.prototype.call = String = JSON = null;"""
    shown = show(client, script(forgery) + "<img src='data:,'><button>dead</button>")
    assert shown.said("error")[0] == "true"
    assert "image-alt" in {v["id"] for v in shown.report["axe"]["violations"]}
    assert shown.report["dead_controls"] == ["dead"]
    assert shown.report["elements"] > 5


@extra
def test_links_and_odd_names_among_the_files_are_not_followed(client: DockerClient) -> None:
    files = {
        "index.html": script("fetch('a%00b'); fetch('%'); fetch('//'); fetch('/sub')"),
        "sub/index.html": "x",
    }
    report = show(client, files, axe=False, walk=0).report
    assert {request["reason"] for request in report["failed_requests"]} <= {"404", "ERR_FAILED"}
