"""Fields and files of the composer, forms under answers, and the comparison, in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from kit.barriers import PHONE, overflows, violations, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.served import ArenaPlugin, ProviderPlugin, served
from kit.stage import Gate, Stage
from kit.uploads import FilesArena, png
from polyarena import Finish, Model

pytestmark = pytest.mark.browser

ABLE = ["text", "file", "image", "input"]
ONE = "import sys\n\nprint(1)\n"
TWO = "import sys\n\nprint(2)\nprint(3)\n"


@pytest.fixture(scope="module")
def able() -> Stage:
    names = ("Quillfeather 70B", "Osprey Mini")
    return Stage(*[Model(name=name, provider="stage", capabilities=ABLE) for name in names])


@pytest.fixture(scope="module")
def address(able: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    plugins = {"stage": ProviderPlugin(able), "files": ArenaPlugin(FilesArena())}
    data = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, plugins) as address:
            yield address


@pytest.fixture
def visit(browser: Browser, address: str, able: Stage) -> Iterator[Visit]:
    able.play([[ONE, Finish()]], [[TWO, Finish()]])
    with visiting(browser, address) as visit:
        yield visit


@pytest.fixture
def page(visit: Visit) -> Page:
    page = visit().page
    page.goto("/arenas/files")
    return page


def csv(name: str = "data.csv", data: bytes = b"1,2,3") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": data}


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


def begun(page: Page) -> BattlePage:
    """A battle whose answers are in."""
    battle = BattlePage(page, "files").begin("Go")
    expect(page.locator(".action")).to_have_count(4)
    return battle


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


def test_a_form_comes_with_the_answer_and_shows_its_result(page: Page) -> None:
    begun(page)
    form = page.locator(".card[data-side=a] .action", has_text="Say it louder")
    form.locator("summary").click()
    words = form.get_by_label("Words")
    expect(words).to_have_value("\nGo")
    words.fill("hello\n  <b>there</b>")
    form.get_by_role("button", name="Shout").click()
    expect(form.locator(".acted")).to_have_text("HELLO <B>THERE</B>!")
    expect(page.locator("[data-announce]")).to_have_text("The result is in.")
    expect(page.locator(".card[data-side=b] .acted")).to_have_count(0)
    page.reload()
    expect(page.locator(".action")).to_have_count(4)


def test_a_form_that_is_refused_says_why_beside_itself(visit: Visit) -> None:
    visitor = visit()
    visitor.refusals = True
    page = visitor.page
    begun(page)
    form = page.locator(".card[data-side=b] .action", has_text="Ask too much")
    form.locator("summary").click()
    form.get_by_role("button", name="Ask").click()
    expect(form.get_by_role("alert")).to_have_text("No action refuse.")


def test_one_side_s_forms_do_not_wait_for_the_other(page: Page, able: Stage) -> None:
    gate = Gate()
    able.play([[ONE, gate, Finish()]], [[TWO, Finish()]])
    battle = BattlePage(page, "files").ask("Go")
    expect(page.locator(".action")).to_have_count(2)
    expect(page.get_by_text("Compare code")).to_be_hidden()
    assert page.request.get(f"{page.url}/turns/0/compare").status == 409
    gate.set()
    battle.wait_open()
    expect(page.locator(".action")).to_have_count(4)
    expect(page.get_by_text("Compare code")).to_be_visible()


def test_both_sides_code_is_compared_line_by_line(page: Page, able: Stage) -> None:
    battle = begun(page)
    page.get_by_text("Compare code").click()
    rows = page.locator(".source tbody tr")
    expect(rows).to_have_count(4)
    expect(page.locator(".source figcaption")).to_have_text("2 lines differ.")
    expect(rows.nth(2)).to_contain_text("differs")
    expect(rows.nth(2)).to_contain_text("print(1)")
    expect(rows.nth(2)).to_contain_text("print(2)")
    only = "only in B" if "print(2)" in battle.answer("b").inner_text() else "only in A"
    expect(rows.nth(3)).to_contain_text(only)
    page.goto(f"{page.url}/turns/0/compare")
    expect(page.locator(".source tbody tr")).to_have_count(4)
    page.get_by_role("link", name="Back to the battle").click()
    battle.wait_open()


def test_without_scripts_all_of_it_works_too(visit: Visit) -> None:
    page = visit(java_script_enabled=False).page
    page.goto("/arenas/files")
    page.get_by_label("Add files").set_input_files([csv("one.csv"), csv("two.csv")])
    page.get_by_text("More").click()
    page.get_by_label("Standard input").fill("5")
    page.get_by_label("Your prompt").fill("Go")
    page.get_by_role("button", name="Send").click()
    battle = BattlePage(page, "files")
    battle.wait_open()
    expect(battle.answer("a")).to_contain_text("Got one.csv, two.csv of [5, 5] bytes with stdin=5")
    page.get_by_text("Edit", exact=True).click()
    page.get_by_role("checkbox", name="one.csv").uncheck()
    page.locator(".edit").get_by_role("button", name="Send").click()
    battle.wait_open()
    expect(battle.answer("a")).to_contain_text("Got two.csv of [5] bytes")
    page.get_by_text("Say it louder").first.click()
    page.get_by_label("Words").filter(visible=True).fill("quiet")
    page.get_by_role("button", name="Shout").filter(visible=True).click()
    expect(page.locator(".acted")).to_have_text("QUIET!")
    page.get_by_role("link", name="Back to the battle").click()
    page.get_by_text("Compare code").click()
    page.get_by_role("link", name="Both sides' code on a page of its own").click()
    expect(page.locator(".source tbody tr")).to_have_count(4)


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


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["wide", "phone"])
def test_nothing_of_it_is_a_barrier_or_wider_than_the_screen(
    visit: Visit, screen: dict[str, object]
) -> None:
    page = visit(bypass_csp=True, reduced_motion="reduce", color_scheme="light", **screen).page
    page.goto("/arenas/files")
    page.get_by_label("Add files").set_input_files([csv("n" * 80), csv("plot.png", png())])
    page.locator("[data-more] summary").click()
    page.get_by_label("Standard input").fill("7")
    found = violations(page)
    assert not overflows(page)
    begun(page)
    for what in (".card[data-side=a] .action summary", ".compare > summary", ".dock .more summary"):
        page.locator(what).first.evaluate("summary => summary.click()")
    page.get_by_role("button", name="Shout").filter(visible=True).evaluate("one => one.click()")
    expect(page.locator(".acted")).to_be_visible()
    expect(page.locator(".source")).to_be_visible()
    assert not overflows(page)
    assert found + violations_in_both_themes(page) == []
