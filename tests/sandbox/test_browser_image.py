"""Apps shown in the browser image, in real containers: pictures, figures, and the walk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from docker import DockerClient

from kit import apps
from kit.contained import built, first
from kit.shown import has_colour, show
from kit.web_builds import build_app
from polyarena.sandbox import Outcome

pytestmark = pytest.mark.docker
extra = pytest.mark.apps

PAGE = """<!doctype html><html lang="en"><head><title>Page</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Page</h1>%s</main>
</body></html>"""
SIZES = {"desktop": (1280, 800), "tablet": (820, 1180), "phone": (390, 844)}


@pytest.fixture(scope="module")
def client() -> Iterator[DockerClient]:
    with built("web"), built("browser") as engine:
        yield engine


@pytest.mark.parametrize("name", first(apps.ALL, "dashboard"))
def test_an_app_of_every_kind_runs_without_errors(client: DockerClient, name: str) -> None:
    shown = show(client, build_app(client, apps.ALL[name]).bundle)
    report = shown.report
    assert (report["errors"], shown.said("error"), report["failed_requests"]) == ([], [], [])
    assert (report["blank"], report["hung"], report["crashed"]) == (False, False, False)
    assert isinstance(report["first_paint_ms"], int)


def test_pictures_are_taken_at_three_widths(client: DockerClient) -> None:
    narrow = "<style>@media (max-width: 500px) { body { background: rgb(0, 255, 0) } }</style>"
    shown = show(client, PAGE % narrow)
    assert {name: shot.size for name, shot in shown.shots.items()} == SIZES
    corners = {name: shot.convert("RGB").getpixel((1, 1)) for name, shot in shown.shots.items()}
    assert corners["phone"] == (0, 255, 0)
    assert corners["desktop"] == corners["tablet"] == (255, 255, 255)
    assert shown.report["shots"] == {name: f"{name}.png" for name in SIZES}


@extra
def test_a_page_without_a_viewport_is_small_on_a_phone(client: DockerClient) -> None:
    page = "<body style='margin:0'><div style='width:390px;height:9000px;background:red'>"
    phone = show(client, page, sizes=["phone"]).shots["phone"].convert("RGB")
    assert phone.getpixel((300, 100)) == (255, 255, 255)


@extra
def test_a_rich_picture_is_smaller_as_webp(client: DockerClient) -> None:
    noise = """<canvas width=1280 height=800></canvas><script>
const context = document.querySelector("canvas").getContext("2d");
const picture = context.createImageData(1280, 800);
picture.data.forEach((_, at, data) => { data[at] = at % 4 === 3 ? 255 : Math.random() * 255 });
context.putImageData(picture, 0, 0);</script>"""
    shown = show(client, PAGE % noise, sizes=["desktop"])
    assert shown.report["shots"] == {"desktop": "desktop.webp"}
    assert shown.shots["desktop"].size == SIZES["desktop"]


@extra
def test_letters_of_many_languages_and_emoji_have_fonts(client: DockerClient) -> None:
    texts = ("漢字かな한글", "😀", "Ж", "é")
    shots = []
    for text in texts:
        page = PAGE % f"<p style='font-size:99px;color:#000'>{text}</p>"
        shots.append(show(client, page, sizes=["desktop"], axe=False, walk=0).shots["desktop"])
    assert has_colour(shots[1], (200, 150, 0), (255, 255, 90))
    assert len({shot.tobytes() for shot in shots}) == len(texts)


def test_what_a_page_says_and_does_wrong_is_noted(client: DockerClient) -> None:
    script = """<script>console.log("one", 2); console.warn("careful"); console.error("bad");
setTimeout(() => { null.x }); Promise.reject(new Error("refused")); fetch("none.json");
new Image().src = "https://pictures.example/a.png"; localStorage</script>
<script src="gone.js"></script>"""
    report = show(client, PAGE % script).report
    levels = {(m["level"], m["text"]) for m in report["console"]}
    assert {("info", "one 2"), ("warning", "careful"), ("error", "bad")} <= levels
    assert any("Cannot read properties of null" in error for error in report["errors"])
    assert any("refused" in error for error in report["errors"])
    assert any("localStorage" in error for error in report["errors"])
    failed = {request["url"]: request["reason"] for request in report["failed_requests"]}
    assert failed["/none.json"] == failed["/gone.js"] == "404"
    assert "127.0.0.1" not in str(report)


@pytest.mark.parametrize(
    ("page", "blank"),
    [
        ("", True),
        ("<body style='background:#123'>", True),
        ("<script>document.body.remove()</script>", True),
        ("<p>.</p>", False),
        ("<hr>", False),
    ],
)
@extra
def test_a_blank_page_is_told(client: DockerClient, page: str, blank: bool) -> None:
    assert show(client, page, walk=0).report["blank"] is blank


@extra
def test_figures(client: DockerClient) -> None:
    report = show(client, PAGE % ("<p>text</p>" * 10)).report
    assert report["title"] == "Page"
    assert 10 < report["elements"] < 30
    assert report["first_paint_ms"] >= 0
    assert report["sandboxed"] is True


@extra
def test_barriers_are_found(client: DockerClient) -> None:
    page = PAGE % "<img src='data:,'><p style='color:#eee;background:#fff'>pale</p>"
    found = {v["id"]: v for v in show(client, page).report["axe"]["violations"]}
    assert found["image-alt"]["impact"] == "critical"
    assert found["color-contrast"]["nodes"] == 1
    assert show(client, PAGE % "<p>Fine</p>").report["axe"] == {"violations": []}


def test_the_walk_finds_controls_that_do_nothing(client: DockerClient) -> None:
    controls = """<button id=a>works</button><button>dead</button><a href="#there">down</a>
<button disabled>off</button><input aria-label="name"><a href="other.html">elsewhere</a>
<button onclick="this.dataset.n = 1">once</button><button hidden>hidden</button>
<script>a.onclick = () => { a.textContent += "!" }</script><p style="height:3000px">
<i id="there">there</i>"""
    report = show(client, {"index.html": PAGE % controls, "other.html": "x"}).report
    assert report["dead_controls"] == ["dead"]
    assert report["clicked"] >= 6
    assert report["title"] == "Page"


@extra
def test_a_control_that_is_chosen_already_is_not_dead(client: DockerClient) -> None:
    tabs = """<button onclick="go(1)">one</button><button onclick="go(2)">two</button><b>1</b>
<script>let at = 1; function go(n) { if (n !== at) document.querySelector("b").textContent =
at = n }</script>"""
    assert show(client, PAGE % tabs).report["dead_controls"] == []


@extra
def test_a_form_that_is_empty_may_be_sent_in_vain(client: DockerClient) -> None:
    form = "<form onsubmit='return false'><input aria-label='a'><button>Send</button></form>"
    report = show(client, PAGE % f"{form}<form><button type=button>Dead</button></form>").report
    assert report["dead_controls"] == ["Dead"]


@extra
def test_errors_that_only_a_click_brings_out_are_noted(client: DockerClient) -> None:
    report = show(client, PAGE % "<button onclick='boom()'>Buy</button>").report
    assert any("boom is not defined" in error for error in report["errors"])


@extra
def test_an_app_may_go_on_at_its_beginning(client: DockerClient) -> None:
    files = {"index.html": "<script>location.replace('main.html')</script>"}
    report = show(client, {**files, "main.html": PAGE % "<p>arrived</p>"}).report
    assert (report["title"], report["blank"]) == ("Page", False)


@extra
def test_less_may_be_asked_for(client: DockerClient) -> None:
    shown = show(client, PAGE % "<button>a</button>", sizes=["phone"], axe=False, walk=0)
    assert list(shown.shots) == ["phone"]
    assert (shown.report["axe"], shown.report["clicked"]) == (None, 0)


@extra
def test_an_app_that_is_not_there_is_blank(client: DockerClient) -> None:
    shown = show(client, {"other.html": "x"})
    assert shown.step.outcome is Outcome.OK
    assert shown.report["failed_requests"] == [{"url": "/", "reason": "404"}]


@extra
def test_without_namespaces_the_browser_says_that_it_has_no_sandbox_of_its_own(
    client: DockerClient,
) -> None:
    shown = show(client, PAGE % "", own_sandbox=False)
    assert (shown.step.outcome, shown.report["sandboxed"]) == (Outcome.OK, False)
