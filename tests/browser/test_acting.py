"""Forms under answers and the comparison of both sides, in the browser; all of it on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kit.barriers import PHONE, overflows, violations, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.files_page import ONE, TWO, able, address, begun, csv, page, visit
from kit.stage import Gate, Stage
from kit.uploads import png
from polyarena import Finish

pytestmark = pytest.mark.browser

__all__ = ["able", "address", "page", "visit"]


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
