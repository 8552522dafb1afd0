"""What keeps people out of a page, as far as a machine can tell: WCAG 2.2, A and AA."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

# A change of the page may end an animation and begin another in its place.
OVER = """async () => {
  const late = new Promise((done) => setTimeout(done, 2000, true));
  for (;;) {
    const moving = document.getAnimations().filter((one) => one.playState !== "finished");
    if (!moving.length) return;
    const all = Promise.all(moving.map((one) => one.finished.catch(() => 0)));
    if (await Promise.race([late, all.then(() => false)])) return;
  }
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"viewport": {"width": 320, "height": 700}, "has_touch": True, "is_mobile": True}


def violations(page: Page) -> list[str]:
    """What axe finds, once transitions are over; one that never runs is not waited for."""
    page.evaluate(OVER)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


def violations_in_both_themes(page: Page) -> list[str]:
    """What axe finds in light and in dark, each once the page has taken it on."""
    found: list[str] = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if theme == "light" else "dark")
        page.wait_for_function(f"matchMedia('(prefers-color-scheme: {theme})').matches")
        found += violations(page)
    return found


def overflows(page: Page) -> bool:
    """Whether the page can be scrolled sideways."""
    return bool(
        page.evaluate(
            "(() => { scrollTo(500, scrollY); const moved = scrollX; scrollTo(0, scrollY);"
            " return moved > 0 })()"
        )
    )
