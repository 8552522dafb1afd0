"""Takes the README's screenshot: a battle on the demo models, in Chromium."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from kit.browser import launched  # noqa: E402
from kit.process import server_process  # noqa: E402

PROMPT = "Explain why the sky is blue, and list what changes at sunset."
TARGET = ROOT / "docs" / "screenshot.png"


def main() -> None:
    """Play a battle up to the reveal and write the picture."""
    env = {
        "POLYARENA_CONFIG": "/nonexistent",
        "POLYARENA_DISABLED_PLUGINS": "[]",
        "POLYARENA_PLUGINS": '{"demo": {"pace": 20}}',
    }
    with (
        tempfile.TemporaryDirectory() as data,
        server_process(Path(data), env) as served,
        launched() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.goto(served.url)
        page.fill("textarea[name=prompt]", PROMPT)
        page.keyboard.press("Enter")
        page.wait_for_selector("fieldset[data-choices]:not([disabled])", timeout=60_000)
        page.keyboard.press("ArrowLeft")
        page.screenshot(path=TARGET)


if __name__ == "__main__":
    main()
