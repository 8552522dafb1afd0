"""Fields and files of the composer, in the browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from kit.battle_page import BattlePage
from kit.files_page import able, address, begun, csv, page, visit
from kit.uploads import png

pytestmark = pytest.mark.browser

__all__ = ["able", "address", "page", "visit"]


def chosen(page: Page) -> Locator:
    """The files that will go along."""
    return page.locator("[data-chosen] li").filter(visible=True)


def hand_over(page: Page, kind: str, name: str, *, text: str = "") -> None:
    """Drop a file on the prompt, or paste it, with a text beside it if there is one."""
    page.get_by_label("Your prompt").evaluate(
        """(field, [kind, name, text]) => {
            const held = new DataTransfer();
            held.items.add(new File(["12345"], name, { type: "text/csv" }));
            if (text) held.setData("text/plain", text);
            const given = { bubbles: true, cancelable: true };
            const event = kind === "paste"
                ? new ClipboardEvent(kind, { ...given, clipboardData: held })
                : new DragEvent(kind, { ...given, dataTransfer: held });
            return field.dispatchEvent(event);
        }""",
        [kind, name, text],
    )


def test_chosen_files_and_fields_reach_the_arena_and_stand_under_the_prompt(page: Page) -> None:
    page.get_by_label("Add files").set_input_files([csv(), csv("plot.png", png())])
    expect(chosen(page)).to_contain_text(["data.csv5 bytes", "plot.png"])
    more = page.locator("[data-more]")
    expect(more).not_to_have_attribute("open", "")
    more.locator("summary").click()
    page.get_by_label("Standard input").fill("7\n8")
    page.get_by_label("Language").select_option("C")
    battle = BattlePage(page, "files").send("Go")
    battle.wait_open()
    expect(battle.answer("a")).to_contain_text("Got data.csv, plot.png of [5, ")
    expect(battle.answer("a")).to_contain_text("with stdin=7 8, lang=c.")
    attached = page.locator(".attached")
    expect(attached.get_by_role("link", name="data.csv")).to_be_visible()
    expect(attached.locator(".picture img")).to_have_js_property("naturalWidth", 4)
    expect(attached.locator("pre")).to_have_text("7\n8")
    expect(attached).to_contain_text("Language C")


@pytest.mark.parametrize("how", ["drop", "paste"])
def test_files_are_dropped_or_pasted_and_taken_off_again(page: Page, how: str) -> None:
    hand_over(page, how, "one.csv")
    hand_over(page, how, "one.csv")
    expect(chosen(page)).to_contain_text(["one.csv", "one-2.csv"])
    hand_over(page, how, "three.csv")
    problem = page.get_by_role("alert")
    expect(problem).to_have_text("At most 2 files are taken; three.csv was left out.")
    page.get_by_role("button", name="Remove one.csv").click()
    expect(problem).to_have_count(0)
    expect(page.get_by_role("button", name="Remove one-2.csv")).to_be_focused()
    battle = BattlePage(page, "files").send("Go")
    battle.wait_open()
    expect(battle.answer("b")).to_contain_text("Got one-2.csv of [5] bytes")


def test_text_that_comes_with_a_picture_of_itself_is_pasted_as_text(page: Page) -> None:
    hand_over(page, "paste", "table.png", text="1\t2")
    expect(chosen(page)).to_have_count(0)


def test_where_a_file_may_be_dropped_shows_while_it_is_dragged(page: Page) -> None:
    form = page.locator(".composer form")
    hand_over(page, "dragenter", "one.csv")
    expect(form).to_have_class(re.compile("dropping"))
    hand_over(page, "dragleave", "one.csv")
    expect(form).not_to_have_class(re.compile("dropping"))


def test_files_too_large_together_are_left_out(page: Page) -> None:
    page.get_by_label("Add files").set_input_files([csv(data=b"x" * 600), csv("b", b"x" * 600)])
    expect(chosen(page)).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_text("Files may have 1 kB together; b was left out.")


def test_an_edit_keeps_what_it_is_not_told_to_drop(page: Page) -> None:
    page.get_by_label("Add files").set_input_files([csv("one.csv"), csv("two.csv", b"12")])
    page.locator("[data-more] summary").click()
    page.get_by_label("Standard input").fill("\n9")
    battle = BattlePage(page, "files").send("Go")
    battle.wait_open()
    page.get_by_text("Edit", exact=True).click()
    editing = page.locator(".edit")
    expect(editing.get_by_label("Standard input")).to_have_value("\n9")
    editing.get_by_role("button", name="Remove one.csv").click()
    editing.get_by_label("Add files").set_input_files(csv("three.csv"))
    editing.get_by_role("button", name="Send").click()
    expect(battle.answer("a")).to_contain_text("Got two.csv, three.csv of [2, 5] bytes")
    battle.wait_open()
    battle.vote()
    page.get_by_role("link", name="New battle, same prompt").click()
    expect(chosen(page)).to_contain_text(["two.csv", "three.csv"])
    expect(page.get_by_label("Standard input")).to_have_value("\n9")


def test_a_follow_up_has_fields_and_files_of_its_own(page: Page) -> None:
    battle = begun(page)
    dock = page.locator(".dock")
    dock.get_by_label("Add files").set_input_files(csv("more.csv"))
    dock.locator("[data-more] summary").click()
    dock.get_by_label("Language").select_option("C")
    dock.get_by_label("Your prompt").fill("And now?")
    dock.get_by_role("button", name="Send").click()
    expect(battle.answer("a")).to_contain_text("Got more.csv of [5] bytes with lang=c.")
    battle.wait_open()


def test_a_starter_fills_the_fields_too(page: Page) -> None:
    page.get_by_role("link", name="With input").click()
    expect(page.get_by_label("Your prompt")).to_have_value("Add the numbers.")
    expect(page.get_by_label("Standard input")).to_have_value("1\n2\n")
    expect(page.get_by_label("Language")).to_have_value("c")
    page.get_by_role("link", name="Plain").click()
    expect(page.locator("[data-more]")).not_to_have_attribute("open", "")
    page.locator("[data-more] summary").click()
    expect(page.get_by_label("Standard input")).to_have_value("")
    expect(page.get_by_label("Language")).to_have_value("py")


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.get_by_label("Add files").set_input_files(csv())
    page.get_by_label("Your prompt").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Remove data.csv")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Add files")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Standard input")).to_be_focused()
    page.keyboard.type("typed")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(chosen(page)).to_have_count(0)
    expect(page.get_by_label("Add files")).to_be_focused()
