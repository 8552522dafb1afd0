"""A battle's page, as a person reads and works it."""

from __future__ import annotations

import re
from typing import Literal

from playwright.sync_api import Locator, Page, expect

KEYS = {"a": "ArrowLeft", "tie": "ArrowUp", "both_bad": "ArrowDown", "b": "ArrowRight"}
OVER = re.compile("done|stopped|failed")


class BattlePage:
    """The text arena and the battle that was begun there."""

    def __init__(self, page: Page, arena: str = "text") -> None:
        self.page = page
        self.arena = arena

    def ask(self, prompt: str = "Hello", mode: str = "") -> BattlePage:
        """Open the arena, type, press Enter, and wait for the battle's page."""
        self.page.goto(f"/arenas/{self.arena}/{mode}".rstrip("/"))
        return self.send(prompt)

    def send(self, prompt: str) -> BattlePage:
        """Type in the arena that is open and press Enter."""
        field = self.page.get_by_label("Your prompt")
        field.fill(prompt)
        field.press("Enter")
        self.page.wait_for_url("**/battles/*")
        return self

    def begin(self, prompt: str = "Hello") -> BattlePage:
        """Ask, and wait until the ballot is open."""
        self.ask(prompt)
        self.wait_open()
        return self

    @property
    def id(self) -> str:
        return self.page.url.rpartition("/")[2]

    @property
    def choices(self) -> Locator:
        """The first choice on the ballot; it is enabled while the ballot is open."""
        return self.page.locator("[name=choice]").first

    @property
    def result(self) -> Locator:
        return self.page.get_by_role("heading", name="You voted")

    def card(self, side: str) -> Locator:
        """The last answer of a side."""
        return self.page.locator(f".card[data-side={side}]").last

    def answer(self, side: str) -> Locator:
        """What the last answer of a side says."""
        return self.card(side).locator(".answer")

    def side_that(self, says: str) -> Literal["a", "b"]:
        """The side whose last answer holds this text; waits for it."""
        expect(self.page.locator(".turn").last.locator(".answer", has_text=says)).to_have_count(1)
        return "a" if says in self.answer("a").inner_text() else "b"

    def chosen(self) -> str:
        """The choice that is selected, empty if none is."""
        value = self.page.evaluate("document.querySelector('[name=choice]:checked')?.value ?? ''")
        assert isinstance(value, str)
        return value

    def wait_open(self) -> None:
        """Wait until a vote can be cast."""
        expect(self.choices).to_be_enabled()

    def wait_over(self, *sides: str) -> None:
        """Wait until these sides are done, stopped or failed."""
        for side in sides or ("a", "b"):
            expect(self.card(side)).to_have_attribute("data-status", OVER)

    def vote(self, choice: str = "a") -> None:
        """Press a choice's key twice, and wait for the reveal."""
        self.page.keyboard.press(KEYS[choice])
        self.page.keyboard.press(KEYS[choice])
        expect(self.result).to_be_visible()

    def share(self) -> str:
        """Make the share link and answer it."""
        self.page.get_by_role("button", name="Share").click()
        field = self.page.get_by_label("Read-only link")
        expect(field).to_have_value(re.compile("^http"))
        return field.input_value()
