"""Two pictures in the browser: they come together, and are compared side by side and in place."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kit.barriers import PHONE, overflows, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.pictures import drawing, encoded
from kit.served import ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import Finish, PictureReady

pytestmark = pytest.mark.browser
CAN = frozenset({"text-to-image", "image-edit"})
LARGE, SMALL = (PictureReady(encoded(drawing(w, h), "PNG")) for w, h in ((600, 400), (150, 100)))


@pytest.fixture(scope="module")
def painters() -> Stage:
    return Stage(model("Quill Paint", capabilities=CAN), model("Osprey Paint", capabilities=CAN))


@pytest.fixture(scope="module")
def address(painters: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("image"), {"stage": ProviderPlugin(painters)}) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str, painters: Stage) -> Iterator[Visit]:
    painters.play([(LARGE, Finish())], [(SMALL, Finish())])
    with visiting(browser, address) as visit:
        yield visit


def painted(page: Page, shape: str = "Landscape") -> BattlePage:
    """A battle whose pictures are there."""
    page.goto("/arenas/image")
    page.locator("[data-more] summary").click()
    page.get_by_label("Shape").select_option(shape)
    battle = BattlePage(page, "image").send("A red square")
    battle.wait_open()
    return battle


def opened(page: Page) -> Locator:
    """The comparison, opened by a click on a painting."""
    page.locator(".painting a").filter(visible=True).first.click()
    pair = page.locator("pa-picture-pair")
    expect(pair.locator("img")).to_have_count(2)
    for image in pair.locator("img").all():
        expect(image).not_to_have_js_property("naturalWidth", 0)
    return pair


def sizes(page: Page) -> set[tuple[int, int]]:
    """The sizes of the pictures on the page, once they are there."""
    found: list[list[int]] = page.locator(".painting img, pa-picture-pair img").evaluate_all(
        "(all) => Promise.all(all.map("
        "(one) => one.decode().then(() => [one.naturalWidth, one.naturalHeight])))"
    )
    return {(width, height) for width, height in found}


def transforms(pair: Locator) -> set[str]:
    found: list[str] = pair.locator("img").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).transform)"
    )
    return set(found)


def test_neither_is_seen_before_the_other_and_both_have_equal_boxes(
    visit: Visit, painters: Stage
) -> None:
    gate = threading.Event()
    painters.play([(LARGE, Finish())], [(SMALL, gate, Finish())])
    try:
        page = visit().page
        page.goto("/arenas/image")
        BattlePage(page, "image").send("A red square")
        expect(page.locator(".painting-empty").filter(visible=True)).to_have_count(2)
        expect(page.locator("pa-elapsed").first).to_have_text(re.compile(r"^0:0[1-9]$"))
        expect(page.locator(".painting img")).to_have_count(0)
        page.goto("/history")
        page.get_by_role("link", name="A red square").click()
        expect(page.locator(".painting-empty").filter(visible=True)).to_have_count(2)
    finally:
        gate.set()
    BattlePage(page).wait_open()
    boxes = [image.bounding_box() for image in page.locator(".painting img").all()]
    sizes = {(round(box["width"]), round(box["height"])) for box in boxes if box}
    assert len(boxes) == 2
    assert len(sizes) == 1
    expect(page.locator(".painting-empty").filter(visible=True)).to_have_count(0)


def test_the_pair_is_zoomed_together_slid_and_swapped_with_the_keyboard(visit: Visit) -> None:
    page = visit().page
    painted(page)
    pair = opened(page)
    stage = pair.locator("[data-stage]")
    stage.focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    (moved,) = transforms(pair)
    assert moved.startswith("matrix(1.5, 0, 0, 1.5, -")
    page.keyboard.press("0")
    assert transforms(pair) == {"matrix(1, 0, 0, 1, 0, 0)"}
    pair.get_by_role("button", name="Slider").click()
    slider = pair.get_by_role("slider")
    stage.focus()
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("55")
    box = stage.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + 40)
    expect(slider).to_have_value(re.compile("^(19|20|21)$"))
    stage.focus()
    page.keyboard.press("Space")
    left, right = (pair.locator(f"[data-side={side}]") for side in "ab")
    expect(right).not_to_be_visible()
    page.keyboard.press("Space")
    expect(left).not_to_be_visible()
    expect(pair.locator("[data-shown]")).to_have_text("Picture B is shown.")
    # The keys were for the pictures and not for the ballot.
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)


@pytest.mark.parametrize("options", [{}, PHONE], ids=["wide", "phone"])
def test_no_barriers_and_nothing_wider_than_the_screen(
    visit: Visit, options: dict[str, object]
) -> None:
    page = visit(**options).page
    battle = painted(page, "Portrait")
    pair = opened(page)
    for way in ("Flicker", "Side by side", "Slider"):
        pair.get_by_role("button", name=way).click()
        assert not overflows(page)
    assert violations_in_both_themes(page) == []
    assert sizes(page) == {(1024, 1536)}
    battle.vote("a")
    expect(page.locator(".painting-size").filter(visible=True).first).to_have_text(
        re.compile(r"^(600 × 400|150 × 100)$")
    )
    assert sizes(page) == {(600, 400), (150, 100)}


def test_without_scripts_both_pictures_are_on_a_page(visit: Visit) -> None:
    page = visit(java_script_enabled=False).page
    page.goto("/arenas/image")
    page.get_by_label("Your prompt").fill("A red square")
    page.get_by_role("button", name="Send").click()
    BattlePage(page).wait_open()
    page.locator("details.compare summary").click()
    page.get_by_role("link", name="Both pictures on a page of their own").click()
    for image in page.locator("pa-picture-pair img").all():
        expect(image).to_be_visible()
    expect(page.get_by_role("button", name="Slider")).not_to_be_visible()
