"""Apps as HTML: what is shown of them, cut and escaped."""

from __future__ import annotations

import pytest

from kit.pages import Page
from polyarena import App, ConsoleLine, Image, Shot
from polyarena_frontend.app_part import CONSOLE_SHOWN, LINE_SHOWN, PROBLEMS_SHOWN
from polyarena_frontend.parts import render_blocks

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
BUNDLE = "0123456789abcdef" * 4


def shown(part: App) -> tuple[str, Page]:
    (html,) = render_blocks(part)
    page = Page(html)
    assert page.faults == []
    return html, page


def shot(device: str, width: int, height: int) -> Shot:
    picture = Image(
        artifact="a" * 64, media_type="image/png", width=width, height=height, filename="x.png"
    )
    return Shot.model_validate({"device": device, "image": picture})


def test_an_app_that_can_run() -> None:
    shots = (shot("phone", 390, 844), shot("desktop", 1280, 800))
    _, page = shown(App(kind="React", bundle=BUNDLE, entry="app/index.html", shots=shots))
    (app,) = page.find("pa-app")
    assert app["data-label"] == BUNDLE[:40]
    assert app["data-bundle"] == BUNDLE
    assert app["data-entry"] == "app/index.html"
    pictures = page.find("img")
    assert [one["data-shot"] for one in pictures] == ["desktop", "phone"]
    assert ["hidden" in one for one in pictures] == [False, True]
    assert page.find("button", **{"data-run": None})
    assert page.find("iframe") == []


def test_an_app_that_was_not_built() -> None:
    html, page = shown(App(kind="React", problems=("It has a fault in line 3.",)))
    assert page.find("button") == []
    assert "There is no app to run." in html
    assert "It has a fault in line 3." in html
    (app,) = page.find("pa-app")
    assert "data-label" not in app


def test_figures_in_words() -> None:
    figures = {"build_seconds": 0.45, "first_paint_ms": 1234, "accessibility": 3, "odd": 7}
    html, _ = shown(App(kind="HTML", files=1, bytes=1200, figures=figures, libraries=("three",)))
    for said in ("1 file, 1.2 kB", "450 ms", "1.23 s", "Accessibility findings", "three"):
        assert said in html
    assert "odd" not in html
    assert "Controls tried" not in html


@pytest.mark.parametrize("bundle", ["", BUNDLE])
def test_nothing_an_app_says_becomes_markup(bundle: str) -> None:
    part = App(
        kind=HOSTILE,
        bundle=bundle,
        entry=HOSTILE,
        problems=(HOSTILE,),
        console=(ConsoleLine(text=HOSTILE, level="error"),),
        libraries=(HOSTILE,),
    )
    html, page = shown(part)
    assert "<script" not in html
    assert page.find("img") == []
    assert not any(name.startswith("on") for _, given in page.elements for name in given)


def test_much_is_cut() -> None:
    part = App(
        kind="HTML",
        problems=("p",) * 1000,
        console=(ConsoleLine(text="x" * 100_000),) * 1000,
    )
    html, page = shown(part)
    assert len(page.find("li")) == PROBLEMS_SHOWN + CONSOLE_SHOWN
    assert len(html) < CONSOLE_SHOWN * (LINE_SHOWN + 100) + 20_000
    assert "Console: 1000 messages" in html
