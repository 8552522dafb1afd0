"""Chromium, and visitors whose pages are watched for whatever goes wrong in them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Request,
    WebError,
    expect,
    sync_playwright,
)

COMMANDS = ("chromium", "chromium-browser", "google-chrome")
NEEDED = f"a browser is needed: none of {', '.join(COMMANDS)} is on PATH (make test installs it)"
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # What browsers with a window do by themselves.
    "--autoplay-policy=document-user-activation-required",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost,"
    " EXCLUDE *.localhost",
)
APPS = "preview.localhost"
PATIENCE_MS = 10_000
LOCAL_SCHEMES = frozenset({"data", "blob", "about"})
# A directive of the standard that Chromium has yet to learn.
UNKNOWN = "Unrecognized Content-Security-Policy directive 'webrtc'."
REFUSED = ("Failed to load resource", "Response Status Error Code")


def chromium() -> str:
    """The path of the browser.

    Raises:
        RuntimeError: there is none.
    """
    for command in COMMANDS:
        if found := shutil.which(command):
            return found
    raise RuntimeError(NEEDED)


@contextmanager
def launched() -> Iterator[Browser]:
    """A headless Chromium that reaches this machine only."""
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=args)
        try:
            yield browser
        finally:
            browser.close()


class Visitor:
    """One person's browser: a context with a page, and the faults that its pages had.

    A fault is a console error, an uncaught error, a violation of the content security policy, a
    dialog, or a request for another host. `refusals` says that the server is meant to refuse
    something; the browser's own complaint about it is then no fault. `elsewhere` are the addresses
    of other servers that the pages are meant to lead to.
    """

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        self.refusals = False
        self.elsewhere: set[str] = set()
        self.faults: list[str] = []
        self.context = browser.new_context(base_url=url, **options)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("console", self._on_console)
        self.context.on("weberror", self._on_error)
        self.context.on("request", self._on_request)
        self.context.on("dialog", self._on_dialog)
        self.context.expose_function("reportViolation", self._on_violation)
        self.context.add_init_script(
            "addEventListener('securitypolicyviolation', (event) =>"
            " reportViolation(`${event.violatedDirective} ${event.blockedURI}`));"
        )
        self.page = self.context.new_page()

    def check(self) -> None:
        """Fail if anything went wrong so far."""
        assert not self.faults, self.faults

    def _on_console(self, message: ConsoleMessage) -> None:
        meant = self.refusals and message.text.startswith(REFUSED)
        if message.type == "error" and not meant and message.text != UNKNOWN:
            self.faults.append(f"console: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.faults.append(f"uncaught: {error.error}")

    def _on_violation(self, what: str) -> None:
        self.faults.append(f"policy: {what}")

    def _on_request(self, request: Request) -> None:
        address, own = urlsplit(request.url), urlsplit(self.url)
        others = (urlsplit(one).netloc for one in self.elsewhere)
        hosts = (
            own.netloc,
            *others,
            f"{str(address.hostname).partition('.')[0]}.{APPS}:{own.port}",
        )
        if address.scheme not in LOCAL_SCHEMES and address.netloc not in hosts:
            self.faults.append(f"request: {request.url}")

    def _on_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


Visit = Callable[..., Visitor]


@contextmanager
def visiting(browser: Browser, url: str) -> Iterator[Visit]:
    """Opens visitors, at `url` unless told otherwise; at the end checks and closes them all."""
    visitors: list[Visitor] = []

    def visit(address: str = url, **options: Any) -> Visitor:
        visitors.append(Visitor(browser, address, **options))
        return visitors[-1]

    try:
        yield visit
        for visitor in visitors:
            visitor.check()
    finally:
        for visitor in visitors:
            visitor.context.close()
