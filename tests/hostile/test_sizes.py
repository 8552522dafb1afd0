"""Answers without measure: huge, deep, endless. The page stays usable."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kit.battle_page import BattlePage
from kit.browser import Visitor
from kit.harmless import harm
from kit.stage import FINE, Line, Stage
from polyarena import Finish

from .conftest import Visit

pytestmark = pytest.mark.browser

TABLE = ["|a|b|\n|-|-|\n", *["|1|<b|\n" * 10_000] * 100]
MARKS = ["e", *["\u0301" * 10_000] * 100]
DEEP = {
    "quotes": "> " * 20_000 + "deep",
    "brackets": "[" * 20_000 + "x" + "](y)" * 20_000,
    "stars": "*a _b " * 20_000,
    "lists": "\n".join("  " * depth + "- x" for depth in range(400)),
    "tags": "<div>" * 20_000,
    "fractions": "$" + "\\frac{1}{" * 15_000 + "x" + "}" * 15_000 + "$",
    "braces": "$" + "{" * 50_000 + "$",
    "ticks": "`" * 50_000 + "\n" + "`a" * 20_000,
    "one line": "x" * 190_000,
    "one word a line": "x\n" * 90_000,
    "table": "|" + " a |" * 400 + "\n|" + "---|" * 400 + "\n" + ("|" + " 1 |" * 400 + "\n") * 100,
    "marks": "e" + "\u0301" * 190_000,
    "references": "".join(f"[{n}]: https://evil.test/{n}\n" for n in range(5_000)) + "[1] " * 9_000,
}


def vote_on(visitor: Visitor, battle: BattlePage) -> None:
    battle.wait_open()
    battle.vote("b")
    visitor.page.reload()
    expect(battle.result).to_be_visible()
    assert harm(visitor.page) == []
    visitor.check()


@pytest.mark.parametrize("kind", list(DEEP))
def test_deep_and_wide_answers(visit: Visit, stage: Stage, kind: str) -> None:
    text = DEEP[kind]
    stage.play([[text[: len(text) // 2], 0.1, text[len(text) // 2 :], Finish()]], [FINE])
    visitor = visit()
    vote_on(visitor, BattlePage(visitor.page).ask())


@pytest.mark.parametrize("line", [TABLE, MARKS], ids=["table", "marks"])
def test_an_answer_beyond_the_limit_fails_its_side_only(
    visit: Visit, stage: Stage, line: Line
) -> None:
    stage.play([[*line, Finish()], FINE], [FINE])
    visitor = visit()
    page = visitor.page
    battle = BattlePage(page).ask()
    expect(page.get_by_text("This model did not come to an end.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Try again").filter(visible=True).click()
    vote_on(visitor, battle)
