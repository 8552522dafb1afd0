"""Painted pictures in a browser: from their last byte at the painters to both decoded on the page.

Ours is a battle on the image arena's page, beside a bare page whose pictures come through a relay.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

from figures import Figure, spread
from machine import HERE, Process, directory, polyarena, started
from page_load import browsing
from paintings import FORMATS, PAINTERS, painters

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The pictures of a page are told by their addresses; an element may be put in another's place.
WATCH = """
window.bothDecoded = new Promise((resolve) => {
  const decoded = new Map();
  const looked = new Set();
  new MutationObserver(() => {
    for (const image of document.querySelectorAll('img[src^="/artifacts/"]')) {
      if (looked.has(image)) continue;
      looked.add(image);
      image.decode().then(() => {
        if (decoded.has(image.src)) return;
        decoded.set(image.src, performance.timeOrigin + performance.now());
        if (decoded.size === 2) resolve(Math.max(...decoded.values()) / 1000);
      }, () => looked.delete(image));
    }
  }).observe(document, { childList: true, subtree: true });
});
"""


def measure(quick: bool) -> list[Figure]:
    """The figures of both formats, every battle in a browser with an empty cache."""
    rounds = 6 if quick else 30
    with browsing() as browser:
        return [one for kind in FORMATS for one in _measure(browser, kind, rounds)]


def _measure(browser: Browser, kind: str, rounds: int) -> list[Figure]:
    relay = [sys.executable, str(HERE / "bare_relay.py")]
    with (
        directory() as data,
        painters(kind) as (double, _),
        polyarena(data, double, models=PAINTERS) as server,
        started(relay, {"BENCH_UPSTREAM": double.url}) as bare,
    ):
        _ours(browser, server, double)
        _floor(browser, bare, double)
        pairs = [
            (_ours(browser, server, double), _floor(browser, bare, double)) for _ in range(rounds)
        ]
    ours, floor = zip(*pairs, strict=True)
    note = f"{rounds} battles; floor: a bare page and a bare relay"
    return spread(f"two painted {kind}, decoded in the browser", ours, floor, note)


def _ours(browser: Browser, server: Process, double: Process) -> float:
    """Seconds from the last byte at the painters to both pictures decoded in a battle."""
    page = _page(browser)
    page.goto(f"{server.url}/arenas/image", wait_until="networkidle")
    page.locator('textarea[name="prompt"]').fill("A lighthouse")
    page.get_by_role("button", name="Send").click()
    return _since_left(page, double)


def _floor(browser: Browser, bare: Process, double: Process) -> float:
    """The same of a page that has nothing but the two pictures."""
    page = _page(browser)
    page.goto(bare.url, wait_until="commit")
    return _since_left(page, double)


def _page(browser: Browser) -> Page:
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    return page


def _since_left(page: Page, double: Process) -> float:
    decoded: float = page.evaluate("window.bothDecoded")
    page.context.close()
    with urlopen(double.url) as answer:
        return decoded - float(json.load(answer)["left"])
