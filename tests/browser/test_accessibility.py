"""Every page against the success criteria that can be checked by machine: WCAG 2.2, A and AA."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kit.barriers import violations, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import Gate, Stage
from polyarena import Failure, Finish, ProviderError

pytestmark = pytest.mark.browser

ANSWER = """# A heading

Text with `code`, a [link](https://example.test/) and $x^2$.

| a | b |
|---|---|
| 1 | 2 |

```python
def add(a, b):  # a comment
    return a + "1"
```

> quoted
"""


def shared(page: Page) -> None:
    BattlePage(page).begin().vote("tie")
    page.goto(BattlePage(page).share())


def voted(page: Page) -> None:
    BattlePage(page).begin().vote("a")


def ballot(page: Page) -> None:
    BattlePage(page).begin()
    page.keyboard.press("ArrowLeft")


def opens(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)

    return go


def history(page: Page) -> None:
    voted(page)
    page.goto("/history")


def leaderboard(page: Page) -> None:
    voted(page)
    page.goto("/arenas/text/leaderboard")


PAGES: dict[str, Callable[[Page], None]] = {
    "arena": opens("/arenas/text"),
    "side by side": opens("/arenas/text/side-by-side"),
    "ballot": ballot,
    "voted": voted,
    "shared": shared,
    "history": history,
    "leaderboard": leaderboard,
    "error": opens("/nothing-here"),
}


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_has_no_barriers(visit: Visit, stage: Stage, name: str) -> None:
    stage.play_all([ANSWER, Finish()])
    visitor = visit(bypass_csp=True, color_scheme="light", reduced_motion="reduce")
    visitor.refusals = name == "error"
    PAGES[name](visitor.page)
    assert violations_in_both_themes(visitor.page) == []


def test_a_battle_under_way_or_failed_has_no_barriers(visit: Visit, stage: Stage) -> None:
    gate = Gate()
    stage.play(
        [[ANSWER, gate, Finish()]], [["Half", ProviderError(Failure.CUT, "")], [gate, Finish()]]
    )
    page = visit(bypass_csp=True, reduced_motion="reduce").page
    battle = BattlePage(page).ask()
    battle.side_that("A heading")
    expect(page.get_by_role("button", name="Try again").filter(visible=True)).to_be_visible()
    found = violations(page)
    gate.set()
    assert found == []


def test_a_phone_has_no_barriers(visit: Visit, stage: Stage) -> None:
    stage.play_all([ANSWER, Finish()])
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = visit(bypass_csp=True, reduced_motion="reduce", **options).page
    BattlePage(page).begin()
    page.get_by_role("radio", name="Right is better").check()
    found = violations(page)
    page.get_by_role("button", name="Reveal").click()
    expect(BattlePage(page).result).to_be_visible()
    assert found + violations(page) == []
