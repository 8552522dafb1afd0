"""What prompts and answers look like, and how they are copied."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import FINE, Stage
from polyarena import Finish

pytestmark = pytest.mark.browser

CODE = 'def greet(name):\n    return f"Hello, {name}"\n'
ANSWER = f"""# Three ways

Some **bold** text and `inline code`.

| Way | Cost |
|:----|-----:|
| one | 10   |
| two | 20   |

```python
{CODE}```

The mass is $E = mc^2$, and

$$\\int_0^1 x\\,dx = \\frac{{1}}{{2}}$$
"""
LIMIT = 100_000


@pytest.fixture
def rich(visit: Visit, stage: Stage) -> Locator:
    """The card of a rich answer that has just been streamed."""
    pieces = [ANSWER[i : i + 7] for i in range(0, len(ANSWER), 7)]
    stage.play([[*pieces, Finish()]], [FINE])
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    battle = BattlePage(visitor.page).begin("Show me everything")
    return battle.card(battle.side_that("Three ways"))


def clipboard(page: Page) -> str:
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def check_rich(card: Locator) -> None:
    expect(card.get_by_role("heading", name="Three ways")).to_be_visible()
    expect(card.locator("strong")).to_have_text("bold")
    expect(card.get_by_role("cell")).to_have_text(["one", "10", "two", "20"])
    expect(card.locator("pre")).to_contain_text(CODE)
    expect(card.locator("math")).to_have_count(2)
    assert card.locator("mfrac").first.bounding_box() is not None
    colours = card.locator("pre span").evaluate_all(
        "all => new Set(all.map(one => getComputedStyle(one).color)).size"
    )
    assert colours >= 3


def test_markdown_code_tables_and_mathematics(rich: Locator) -> None:
    check_rich(rich)
    rich.page.reload()
    check_rich(rich)


def test_an_answer_is_copied_as_it_was_written(rich: Locator) -> None:
    button = rich.get_by_role("button", name="Copy answer")
    button.click()
    expect(button).to_have_text("Copied")
    assert clipboard(rich.page).strip() == ANSWER.strip()


def test_a_code_block_is_copied_alone(rich: Locator) -> None:
    rich.locator("figure").get_by_role("button", name="Copy").click()
    expect(rich.locator("figure").get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(rich.page).strip() == CODE.strip()


def test_text_from_right_to_left(visit: Visit, stage: Stage) -> None:
    stage.play([["مرحبا بالعالم", Finish()]], [["Hello, world", Finish()]])
    page = visit().page
    page.goto("/arenas/text")
    field = page.get_by_label("Your prompt")
    field.fill("ما هي عاصمة فرنسا؟")
    expect(field).to_have_css("direction", "rtl")
    field.press("Enter")
    page.wait_for_url("**/battles/*")
    battle = BattlePage(page)
    battle.wait_open()
    expect(page.locator(".prompt-text")).to_have_css("direction", "rtl")
    arabic = battle.side_that("مرحبا")
    expect(battle.answer(arabic).locator(".block")).to_have_css("direction", "rtl")
    other = "b" if arabic == "a" else "a"
    expect(battle.answer(other).locator(".block")).to_have_css("direction", "ltr")


def test_a_prompt_that_is_too_long_is_refused_and_kept(visit: Visit) -> None:
    page = visit().page
    page.goto("/arenas/text")
    field = page.get_by_label("Your prompt")
    field.fill("x" * (LIMIT + 1))
    expect(page.get_by_text("Too long: 100,001 of 100,000 characters")).to_be_visible()
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    field.press("Enter")
    assert page.url.endswith("/arenas/text")
    assert len(field.input_value()) == LIMIT + 1
    field.press("Backspace")
    expect(page.get_by_text("100,000 of 100,000 characters")).to_be_visible()
    field.press("Enter")
    page.wait_for_url("**/battles/*")
    BattlePage(page).wait_open()


def test_a_refusal_by_the_server_keeps_the_text(visit: Visit) -> None:
    visitor = visit()
    visitor.refusals = True
    page = visitor.page
    page.goto("/arenas/text")
    # A page that was open before the limit was lowered.
    page.locator("pa-composer").evaluate("one => one.dataset.limit = '1000000'")
    field = page.get_by_label("Your prompt")
    field.fill("x" * (LIMIT + 1))
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("100,000")
    assert len(field.input_value()) == LIMIT + 1


def test_a_draft_survives_leaving_the_page(visit: Visit) -> None:
    page = visit().page
    page.goto("/arenas/text")
    page.get_by_label("Your prompt").fill("Half a thought")
    page.goto("/history")
    page.goto("/arenas/text")
    expect(page.get_by_label("Your prompt")).to_have_value("Half a thought")
