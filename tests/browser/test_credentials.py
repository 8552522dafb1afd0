"""Showing an occupation in the browser, and what it makes of votes in two of the arenas."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kit.barriers import overflows, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit, Visitor, visiting
from kit.practice import NPI, PAGE, Practice, practice
from kit.process import polyarena
from kit.served import ProviderPlugin
from kit.stage import Stage

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SCREENS = pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
ADDRESS = "ada.byte@clinic.example"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, cast: Stage) -> Iterator[Practice]:
    data = tmp_path_factory.mktemp("practice")
    with practice(data, {"stage": ProviderPlugin(cast)}) as site:
        yield site


@pytest.fixture
def visit(browser: Browser, site: Practice, stage: Stage) -> Iterator[Visit]:
    site.uni.reset()
    site.uni.page = PAGE
    with visiting(browser, site.url) as visit:
        yield visit


def occupation(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def way(page: Page, title: str, words: str) -> Locator:
    """A way to show an occupation, opened."""
    summary = occupation(page, title).locator("summary", has_text=words)
    summary.click()
    return summary.locator("..")


def clean(page: Page) -> None:
    """Nothing keeps anybody out of the page, and it fits its screen."""
    page.evaluate("scrollTo(0, 0)")
    assert violations_in_both_themes(page) == []
    assert not overflows(page)


def declare(page: Page, title: str, specialty: str = "", note: str = "") -> Locator:
    page.goto("/credentials")
    form = way(page, title, "Say that it is your occupation")
    if specialty:
        form.get_by_label("Specialty").select_option(label=specialty)
    form.get_by_label("Note for the operator").fill(note)
    clean(page)
    form.get_by_role("button", name="Say so").click()
    held = occupation(page, title).locator(".held-one")
    expect(held).to_contain_text("Declared")
    return held


def sign_in(visitor: Visitor, site: Practice, *, scripts: bool = True) -> Locator:
    """Go to the university, sign in there, and come back."""
    page = visitor.page
    visitor.elsewhere.add(site.uni.site)
    page.goto("/credentials")
    form = way(page, "Legal", "The University")
    form.get_by_label("Specialty").select_option(label="Employment practice and labour law")
    form.get_by_role("button", name="Sign in there").click()
    if not scripts:
        page.get_by_role("link", name="Go to The University").click()
    page.wait_for_url(f"{site.uni.site}/authorize?**")
    page.get_by_role("link", name="Sign in as Ada Byte").click()
    page.wait_for_url(f"{site.url}/credentials")
    return occupation(page, "Legal").locator(".held-one")


def vote(page: Page, arena: str, counts: str) -> None:
    """Ask, judge, flag and reveal; `counts` is what the ballot says of the vote."""
    battle = BattlePage(page, arena).begin("Which dose for a child, or is the dismissal valid?")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ballot-as")).to_contain_text(counts)
    page.get_by_role("checkbox", name="Facts", exact=True).check()
    page.get_by_label("Harm, answer B").select_option("severe")
    clean(page)
    page.get_by_role("button", name="Reveal").click()
    expect(battle.result).to_be_visible()
    expect(page.locator("pa-battle")).to_have_attribute("data-fresh", "")
    expect(page.locator(".result .tag-bad")).to_contain_text("Harm: Right")
    clean(page)


def counted(page: Page, arena: str) -> dict[str, int]:
    """Votes in each column of the boards of experts and the public."""
    page.goto(f"/arenas/{arena}/leaderboard/voters")
    heads = page.locator("thead th.number:has(.faint)")
    found = dict.fromkeys(("Everybody", "Public", "Experts"), 0)
    for text in heads.all_inner_texts():
        title, votes, _ = text.split()
        found[title] = int(votes)
    return found


@SCREENS
def test_a_code_by_mail_makes_an_expert_in_medicine(
    visit: Visit, site: Practice, screen: dict[str, object]
) -> None:
    visitor = visit(**screen)
    visitor.refusals = True
    page = visitor.page
    declare(page, "Medicine", "Pediatrics")
    clean(page)
    form = way(page, "Medicine", "Mail at a listed domain")
    form.get_by_label("Specialty").select_option(label="Pediatrics")
    form.get_by_label("Your e-mail address").fill("ada@elsewhere.example")
    form.get_by_role("button", name="Send me a code").click()
    expect(form.get_by_role("alert")).to_contain_text("elsewhere.example")
    form.get_by_label("Your e-mail address").fill(ADDRESS)
    form.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("status")).to_contain_text("at clinic.example")
    expect(page.get_by_label("Code")).to_be_focused()
    clean(page)
    code = site.office.code(ADDRESS)
    page.get_by_label("Code").fill(code[:-1] + ("A" if code[-1] != "A" else "B"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The code is wrong. 4 tries are left.")
    clean(page)
    page.get_by_label("Code").fill(code.lower())
    page.keyboard.press("Enter")
    held = occupation(page, "Medicine").locator(".held-one", has_text="E-mail domain")
    expect(held).to_contain_text("Pediatrics")
    expect(held).to_contain_text("a code sent by mail")
    before = counted(page, "medicine")
    page.goto("/arenas/medicine")
    expect(page.locator("[name='field.specialty']")).to_have_value("pediatrics")
    vote(page, "medicine", "Counts as an expert's vote: E-mail domain.")
    after = counted(page, "medicine")
    assert after == before | {
        "Everybody": before["Everybody"] + 1,
        "Experts": before["Experts"] + 1,
    }


@SCREENS
def test_signing_in_elsewhere_makes_an_expert_in_law(
    visit: Visit, site: Practice, screen: dict[str, object]
) -> None:
    visitor = visit(**screen)
    held = sign_in(visitor, site)
    expect(held).to_contain_text("Institution")
    expect(held).to_contain_text("Shown by: The University.")
    page = visitor.page
    clean(page)
    before = counted(page, "legal")
    vote(page, "legal", "Counts as an expert's vote: Institution.")
    after = counted(page, "legal")
    assert after == before | {
        "Everybody": before["Everybody"] + 1,
        "Experts": before["Experts"] + 1,
    }
    said = re.compile(r"A single expert's vote is counted|Only \d+ experts' votes are counted")
    expect(page.get_by_text(said)).to_be_visible()
    clean(page)


def test_signing_in_elsewhere_without_scripts(visit: Visit, site: Practice) -> None:
    expect(sign_in(visit(java_script_enabled=False), site, scripts=False)).to_contain_text(
        "Institution"
    )


def test_a_sign_in_that_fails_says_why_and_gives_nothing(visit: Visit, site: Practice) -> None:
    visitor = visit()
    visitor.refusals = True
    visitor.elsewhere.add(site.uni.site)
    page = visitor.page
    site.uni.claims = {"eduperson_affiliation": ["alum"]}
    page.goto("/credentials")
    way(page, "Legal", "The University").get_by_role("button").click()
    page.get_by_role("link", name="Sign in as Ada Byte").click()
    expect(page.get_by_text("does not say that this is your occupation")).to_be_visible()
    clean(page)
    page.goto("/credentials")
    expect(occupation(page, "Legal")).to_contain_text("You have shown nothing yet")


@pytest.mark.parametrize("arena", ["medicine", "legal"])
def test_who_has_shown_nothing_votes_as_the_public(visit: Visit, arena: str) -> None:
    page = visit().page
    before = counted(page, arena)
    vote(page, arena, "Counts as a public vote.")
    after = counted(page, arena)
    assert after == before | {"Everybody": before["Everybody"] + 1, "Public": before["Public"] + 1}


def test_an_experts_ballot_without_its_credential_is_refused(visit: Visit, site: Practice) -> None:
    visitor = visit()
    visitor.refusals = True
    sign_in(visitor, site)
    page = visitor.page
    battle = BattlePage(page, "legal").begin("Is it valid?")
    other = visitor.context.new_page()
    other.goto("/credentials")
    occupation(other, "Legal").get_by_role("button", name="Delete", exact=True).click()
    expect(occupation(other, "Legal")).to_contain_text("You have shown nothing yet")
    other.close()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("checkbox", name="Facts", exact=True).check()
    page.get_by_role("button", name="Reveal").click()
    expect(page.get_by_role("alert")).to_contain_text("needs a credential in Legal")
    clean(page)
    page.get_by_role("checkbox", name="Count it as a public vote").check()
    page.get_by_role("button", name="Reveal").click()
    expect(battle.result).to_be_visible()
    expect(page.get_by_text("Stored with your vote")).to_have_count(0)


def test_the_operator_confirms_what_was_said(visit: Visit, site: Practice) -> None:
    page = visit().page
    declare(page, "Legal", note="I am at the bar, see example.org/ada.")
    expect(page.get_by_text("waiting for the operator")).to_be_visible()
    clean(page)
    env = {"POLYARENA_DATA": str(site.data)}
    asked, _, _ = polyarena("credentials", "list", "--asked", env=env).stdout.partition("\t")
    assert polyarena("credentials", "confirm", asked, env=env).returncode == 0
    page.reload()
    expect(occupation(page, "Legal").locator(".held-one")).to_contain_text("Confirmed")
    vote(page, "legal", "Counts as an expert's vote: Confirmed.")


@SCREENS
def test_a_number_in_a_register_and_what_is_kept_of_it(
    visit: Visit, screen: dict[str, object]
) -> None:
    visitor = visit(**screen)
    visitor.refusals = True
    page = visitor.page
    page.goto("/credentials")
    form = way(page, "Medicine", "NPI")
    form.get_by_label("NPI").fill(NPI[:-1] + "4")
    form.get_by_label("Family name").fill("Muster")
    form.get_by_role("button", name="Check it").click()
    expect(form.get_by_role("alert")).to_contain_text("check digit")
    clean(page)
    form.get_by_label("NPI").fill(NPI)
    form.get_by_role("button", name="Check it").click()
    held = occupation(page, "Medicine").locator(".held-one")
    expect(held).to_contain_text("Registry checked · Pediatrics")
    clean(page)
    held.get_by_role("button", name="Delete evidence").click()
    expect(held).to_contain_text("No evidence is kept.")
    vote(page, "medicine", "Counts as an expert's vote: Registry checked.")
    page.goto("/credentials")
    held.get_by_role("button", name="Delete", exact=True).click()
    expect(occupation(page, "Medicine")).to_contain_text("You have shown nothing yet")
    clean(page)
    battle = BattlePage(page, "medicine").begin("Which dose?")
    expect(page.locator(".ballot-as")).to_contain_text("Counts as a public vote.")
    assert battle.id
