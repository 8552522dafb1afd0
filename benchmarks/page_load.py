"""The arena's page in a browser: bytes, requests, hosts, and when one can write in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from figures import Figure, median
from machine import CLIENT_CPU, CPUS, directory, polyarena

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SLOWER = 4
# The field can be focused, its custom element is defined, and htmx has taken up its form.
WATCH = """
(() => {
  const look = () => {
    const field = document.querySelector('textarea[name="prompt"]');
    const host = field && field.closest('pa-composer');
    const form = field && field.form;
    if (host && customElements.get('pa-composer') && form['htmx-internal-data']) {
      field.focus();
      if (document.activeElement === field) { window.inputReady = performance.now(); return; }
    }
    setTimeout(look, 4);
  };
  look();
})();
"""


@dataclass
class Loaded:
    """One load: bytes on the wire, addresses asked for, milliseconds until input was ready."""

    size: int = 0
    asked: list[str] = field(default_factory=list)
    ready: float = 0.0


@contextmanager
def browsing() -> Iterator[Browser]:
    """A visitor's browser, which has a machine of its own: it may use every CPU."""
    from playwright.sync_api import sync_playwright

    os.sched_setaffinity(0, CPUS)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            try:
                yield browser
            finally:
                browser.close()
    finally:
        os.sched_setaffinity(0, {CLIENT_CPU})


def measure(quick: bool) -> list[Figure]:
    """The figures of the text arena's page, every load with an empty cache."""
    rounds = 3 if quick else 9
    with browsing() as browser, directory() as data, polyarena(data) as server:
        _load(browser, server.url, 1)
        loads = [
            (_load(browser, server.url, 1), _load(browser, server.url, SLOWER))
            for _ in range(rounds)
        ]
    plain = [one for one, _ in loads]
    slowed = [one for _, one in loads]
    here = urlsplit(server.url).netloc
    strangers = {urlsplit(url).netloc for one in plain for url in one.asked} - {here}
    return [
        Figure("page, bytes", median([one.size for one in plain]) / 1000, "kB", most=150),
        Figure("page, requests", median([len(one.asked) for one in plain]), "", most=15),
        Figure("page, other hosts", len(strangers), "", most=0),
        Figure("page, input ready", median([one.ready for one in plain]) / 1000, "s", most=0.4),
        Figure(
            f"page, input ready, CPU {SLOWER} times slower",
            median([one.ready for one in slowed]) / 1000,
            "s",
            most=1.0,
        ),
    ]


def _load(browser: Browser, url: str, slower: int) -> Loaded:
    loaded = Loaded()
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)

    def asked(event: Any) -> None:
        if not event["request"]["url"].startswith("data:"):
            loaded.asked.append(event["request"]["url"])

    def finished(event: Any) -> None:
        loaded.size += int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.add_init_script(WATCH)
    page.goto(f"{url}/arenas/text", wait_until="networkidle")
    loaded.ready = page.wait_for_function("() => window.inputReady").json_value()
    context.close()
    return loaded
