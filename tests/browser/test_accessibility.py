"""Every page against the success criteria that can be checked by machine: WCAG 2.2, A and AA."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import Gate, Stage
from polyarena import Failure, Finish, ProviderError

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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


def violations(page: Page) -> list[str]:
    """What axe finds, once transitions are over."""
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


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
    light = violations(visitor.page)
    visitor.page.emulate_media(color_scheme="dark")
    assert light + violations(visitor.page) == []


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
