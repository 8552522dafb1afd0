"""The vision arena in the browser: pictures go in by every way, and are looked at closely."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from kit.answering import Answering, reply
from kit.barriers import violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.gallery import elsewhere
from kit.pictures import drawing, encoded
from kit.served import served

pytestmark = pytest.mark.browser

LARGE = encoded(drawing(2400, 1200), "PNG")
SMALL = encoded(drawing(), "PNG")
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}


@pytest.fixture(scope="module")
def web() -> Iterator[Answering]:
    with elsewhere(**{"a.png": reply(SMALL)}) as server:
        yield server


@pytest.fixture(scope="module")
def address(web: Answering, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the demo models, at their fastest."""
    data = tmp_path_factory.mktemp("vision")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(
            data,
            demo=True,
            disabled_plugins=["code", "sandbox"],
            plugins={"demo": {"pace": 0}},
            images={"private_hosts": [f"127.0.0.1:{web.port}"]},
        ) as address:
            yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit


def opened(visit: Visit, **options: object) -> Page:
    page = visit(**options).page
    page.goto("/arenas/vision")
    return page


def chosen(page: Page) -> Locator:
    """The pictures that will go along."""
    return page.locator("[data-chosen] li").filter(visible=True)


def file(name: str, data: bytes = SMALL) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": data}


def hand_over(page: Page, kind: str, name: str, data: bytes = SMALL) -> None:
    """Drop a picture on the prompt, or paste it."""
    page.get_by_label("Your prompt").evaluate(
        """(field, [kind, name, data]) => {
            const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
            const held = new DataTransfer();
            held.items.add(new File([bytes], name, { type: "image/png" }));
            const given = { bubbles: true, cancelable: true };
            return field.dispatchEvent(kind === "paste"
                ? new ClipboardEvent(kind, { ...given, clipboardData: held })
                : new DragEvent(kind, { ...given, dataTransfer: held }));
        }""",
        [kind, name, base64.b64encode(data).decode()],
    )


def zoomed(page: Page) -> int:
    """How large the picture is shown, in percent."""
    return int(page.locator("[data-percent]").inner_text().removesuffix("%"))


def shown_at(page: Page) -> float:
    """How far from the left the picture begins."""
    box = page.locator("pa-viewer img").bounding_box()
    assert box is not None
    return box["x"]


def pinch(stage: Locator, before: int, after: int) -> None:
    """Put two fingers on the stage, so many pixels apart, and move them."""
    stage.evaluate(
        """(stage, [before, after]) => {
            // Fingers that are not there cannot be captured.
            stage.setPointerCapture = () => {};
            const { left, top, width, height } = stage.getBoundingClientRect();
            const send = (kind, pointerId, away) => stage.dispatchEvent(new PointerEvent(kind, {
                pointerId,
                clientX: left + width / 2 + away / 2,
                clientY: top + height / 2,
            }));
            for (const side of [1, -1]) send("pointerdown", side + 2, side * before);
            for (const side of [1, -1]) send("pointermove", side + 2, side * after);
            for (const side of [1, -1]) send("pointerup", side + 2, side * after);
        }""",
        [before, after],
    )


def test_dropped_pasted_described_placed_asked_looked_at_and_voted_on(visit: Visit) -> None:
    page = opened(visit)
    hand_over(page, "drop", "large.png", LARGE)
    hand_over(page, "paste", "small.png")
    expect(chosen(page)).to_contain_text(["large.png", "small.png"])
    expect(chosen(page).locator("canvas")).to_have_count(2)
    page.get_by_label("What large.png shows").fill("Shapes, large")
    prompt = page.get_by_label("Your prompt")
    prompt.fill("What differs in ")
    page.get_by_role("button", name="Put picture 2 into the text").click()
    page.keyboard.type(" and the other?")
    expect(prompt).to_have_value("What differs in [picture 2] and the other?")
    hand_over(page, "drop", "gone.png")
    page.get_by_role("button", name="Remove large.png").click()
    expect(prompt).to_have_value("What differs in [picture 1] and the other?")
    page.get_by_role("button", name="Remove gone.png").click()
    page.get_by_label("Add pictures").set_input_files(file("large.png", LARGE))
    page.get_by_label("What large.png shows").fill("Shapes, large")
    assert violations_in_both_themes(page) == []

    battle = BattlePage(page, "vision")
    prompt.press("Enter")
    page.wait_for_url("**/battles/*")
    battle.wait_open()
    expect(battle.answer("a")).to_contain_text("1600 × 800")
    pieces = page.locator(".prompt-pieces > *")
    expect(pieces).to_contain_text(["What differs in", "", "and the other?", "Shown to models at"])
    expect(page.get_by_role("img", name="Shapes, large")).to_be_visible()

    page.get_by_role("link", name="Shapes, large").click()
    viewer = page.get_by_role("region", name="Picture viewer")
    expect(viewer).to_contain_text("2 / 2")
    expect(viewer.locator("img")).to_have_js_property("naturalWidth", 2400)
    expect(battle.answer("b")).to_be_visible()
    fits = zoomed(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert zoomed(page) > 1.4 * fits
    before = shown_at(page)
    page.keyboard.press("ArrowRight")
    assert shown_at(page) < before
    stage = viewer.locator("[data-stage]")
    box = stage.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    moved = shown_at(page)
    page.mouse.down()
    page.mouse.move(middle[0] + 40, middle[1])
    page.mouse.up()
    assert shown_at(page) == pytest.approx(moved + 40, abs=1)
    now = zoomed(page)
    page.mouse.wheel(0, -300)
    expect(page.locator("[data-percent]")).not_to_have_text(f"{now} %")
    page.get_by_role("button", name="One pixel for one pixel").click()
    assert zoomed(page) == 100
    assert violations_in_both_themes(page) == []
    stage.focus()
    page.keyboard.press("0")
    assert zoomed(page) == fits
    page.keyboard.press("PageDown")
    expect(viewer).to_contain_text("1 / 2")
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(page.get_by_role("link", name="Shapes, large")).to_be_focused()
    page.keyboard.press("Tab")

    page.evaluate("document.activeElement.blur()")
    battle.vote("b")
    page.get_by_role("link", name="New battle, same prompt").click()
    expect(chosen(page)).to_contain_text(["small.png", "large.png"])
    expect(page.get_by_label("What large.png shows")).to_have_value("Shapes, large")
    expect(page.get_by_label("Your prompt")).to_have_value(
        "What differs in [picture 1] and the other?"
    )


def test_on_a_phone_with_a_starter_the_camera_and_two_fingers(visit: Visit) -> None:
    page = opened(visit, **PHONE)
    page.get_by_role("link", name="Spot the difference").click()
    expect(chosen(page)).to_contain_text(["desk.png", "desk-later.png"])
    camera = page.locator("[data-camera]")
    expect(page.get_by_text("Take a photo")).to_be_visible()
    assert camera.get_attribute("capture") == "environment"
    camera.set_input_files(file("photo.png", LARGE))
    expect(chosen(page)).to_contain_text(["desk.png", "desk-later.png", "photo.png"])
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/battles/*")
    battle = BattlePage(page, "vision")
    battle.wait_open()
    page.locator("a.zoom").last.click()
    viewer = page.get_by_role("region", name="Picture viewer")
    expect(viewer.locator("img")).to_have_js_property("naturalWidth", 2400)
    expect(page.locator("main")).to_have_attribute("inert", "")
    fits = zoomed(page)
    pinch(viewer.locator("[data-stage]"), 60, 160)
    assert zoomed(page) > 1.8 * fits
    page.get_by_role("button", name="Close the viewer").click()
    expect(page.locator("main")).not_to_have_attribute("inert", "")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_picture_from_the_web_and_one_that_cannot_be_had(visit: Visit, web: Answering) -> None:
    visitor = visit()
    visitor.refusals = True
    page = visitor.page
    page.goto("/arenas/vision")
    page.get_by_text("From the web").click()
    field = page.get_by_label("Address of a picture")
    field.fill(f"http://127.0.0.1:{web.port}/none.png")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("status 404")
    field.fill(f"http://127.0.0.1:{web.port}/a.png")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(chosen(page)).to_contain_text(["a.png"])
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(chosen(page).locator("img")).to_have_js_property("naturalWidth", 320)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/battles/*")
    BattlePage(page, "vision").wait_open()
    expect(page.locator(".attached img")).to_have_count(1)


def test_words_alone_are_told_what_is_missing(visit: Visit) -> None:
    visitor = visit()
    visitor.refusals = True
    visitor.page.goto("/arenas/vision")
    visitor.page.get_by_label("Your prompt").fill("What is this?")
    visitor.page.get_by_role("button", name="Send").click()
    expect(visitor.page.get_by_role("alert")).to_have_text(
        "The Vision arena is about pictures; add a picture."
    )


def test_without_scripts_a_small_picture_leads_to_the_whole_one(visit: Visit) -> None:
    page = opened(visit, java_script_enabled=False)
    page.get_by_label("Add pictures").set_input_files([file("one.png", LARGE), file("two.png")])
    page.get_by_label("Your prompt").fill("Compare [picture 2] with [picture 1]")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/battles/*")
    BattlePage(page, "vision").wait_open()
    names = page.locator("a.zoom").evaluate_all("links => links.map((link) => link.href)")
    assert [name.rpartition("/")[2] for name in names] == ["two.png", "one.png"]
    assert page.locator("a.zoom").first.get_attribute("target") == "_blank"
