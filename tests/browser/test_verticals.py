"""The arenas of occupations: a refused prompt is sent redacted, sources are shown, votes cast."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kit.barriers import overflows, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.served import ProviderPlugin, served
from kit.stage import Stage
from polyarena import Finish

pytestmark = pytest.mark.browser

PERSONAL = "Mrs Miller, born 3 May 1961, takes warfarin; INR 5.2. What now?"
REDACTED = "Mrs [name], born [date of birth], takes warfarin; INR 5.2. What now?"
SOUND = ("Stop *warfarin*, see BMJ 2021;372:n71 (doi:10.1136/bmj.n71).", Finish())
ODD = ("Give vitamin K, as NCT0123 shows.", Finish())
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_personal_data_is_taken_out_with_one_click_and_sources_are_shown(
    visit: Visit, stage: Stage
) -> None:
    stage.play([SOUND], [ODD])
    visitor = visit()
    visitor.refusals = True
    page = visitor.page
    page.goto("/arenas/medicine")
    page.get_by_label("Your prompt").fill(PERSONAL)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("a name (“Miller”), a date of birth")
    assert violations_in_both_themes(page) == []
    assert stage.requests == []
    page.get_by_role("button", name="Send this version").click()
    page.wait_for_url("**/battles/*")
    battle = BattlePage(page, "medicine")
    battle.wait_open()
    assert {request.messages[-1].text for request in stage.requests} == {REDACTED}
    sound = battle.answer(battle.side_that("Stop"))
    expect(sound.locator("mark", has_text="warfarin")).to_have_attribute("title", "Drug")
    expect(sound.get_by_role("link", name="doi:10.1136/bmj.n71")).to_have_attribute(
        "href", "https://doi.org/10.1136/bmj.n71"
    )
    expect(sound.locator(".found-head")).to_have_text("2 sources well-formed")
    odd = battle.answer(battle.side_that("Give"))
    expect(odd.locator(".found-odd")).to_contain_text("eight digits")
    assert violations_in_both_themes(page) == []


def test_what_was_refused_is_edited_and_sent_on_a_phone(visit: Visit, stage: Stage) -> None:
    stage.play_all(("See 42 U.S.C. § 1983.", Finish()))
    visitor = visit(**PHONE)
    visitor.refusals = True
    page = visitor.page
    page.goto("/arenas/legal")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Matter").fill("Client Anna Weber, employee")
    page.get_by_label("Your prompt").fill("Is the dismissal valid?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Edit it first")).to_be_visible()
    assert not overflows(page)
    page.get_by_role("button", name="Edit it first").click()
    expect(page.get_by_label("Matter")).to_have_value("Client [name], employee")
    page.get_by_label("Jurisdiction").fill("Germany")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/battles/*")
    BattlePage(page, "legal").wait_open()
    said = "Jurisdiction: Germany\nMatter: Client [name], employee\n\nIs the dismissal valid?"
    assert {request.messages[-1].text for request in stage.requests} == {said}
    assert not overflows(page)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory, cast: Stage) -> Iterator[str]:
    data = tmp_path_factory.mktemp("registered")
    register = data / "npi.csv"
    register.write_text("number,family_name,codes\n1234567893,Muster,2080P0202X\n")
    npi = {"occupation": "medicine", "title": "NPI", "check": "npi", "file": str(register)}
    options = {"verticals": {"registers": {"npi": npi}}}
    with served(data / "data", {"stage": ProviderPlugin(cast)}, plugins=options) as url:
        yield url


def test_a_vote_is_the_publics_until_a_credential_is_shown(
    browser: Browser, registered: str, stage: Stage
) -> None:
    stage.play([SOUND], [ODD])
    with visiting(browser, registered) as visit:
        page = visit().page
        legal = BattlePage(page, "legal").begin("Is it valid?")
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_text("Counts as a public vote")).to_be_visible()
        page.get_by_role("checkbox", name="Sources", exact=True).check()
        page.locator("[name='flag.harm.b']").select_option("severe")
        page.get_by_role("button", name="Reveal").click()
        expect(legal.result).to_be_visible()
        page.goto("/credentials")
        page.locator("details.way summary", has_text="NPI").click()
        way = page.locator("details.way[open]")
        way.get_by_label("NPI").fill("1234567893")
        way.get_by_label("Family name").fill("Muster")
        way.get_by_role("button").click()
        expect(page.get_by_text("Registry checked").first).to_be_visible()
        expect(page.get_by_text("Pediatrics", exact=False).first).to_be_visible()
        medicine = BattlePage(page, "medicine").begin("Which dose?")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text("Counts as an expert's vote: Registry checked.")).to_be_visible()
        assert violations_in_both_themes(page) == []
        page.get_by_role("checkbox", name="Facts", exact=True).check()
        page.get_by_role("button", name="Reveal").click()
        expect(medicine.result).to_be_visible()
