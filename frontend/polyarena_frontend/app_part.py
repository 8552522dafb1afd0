"""A built app as HTML: its screenshots, the controls that run it, and what was found out."""

from __future__ import annotations

from markupsafe import Markup

from polyarena.bundle import LABEL
from polyarena.content import App

from .artifacts import artifact_url, readable_size
from .messages import catalogue
from .pages import render

CONSOLE_SHOWN = 200
LINE_SHOWN = 2000
PROBLEMS_SHOWN = 50
WIDEST_FIRST = ("desktop", "tablet", "phone")


def render_app(part: App) -> tuple[Markup, ...]:
    """The one block of an app."""
    shots = sorted(part.shots, key=lambda shot: WIDEST_FIRST.index(shot.device))
    html = render(
        "_app.html",
        part=part,
        label=part.bundle[:LABEL],
        shots=[(shot.device, shot.image) for shot in shots],
        problems=part.problems[:PROBLEMS_SHOWN],
        console=[(line.level, line.text[:LINE_SHOWN]) for line in part.console[:CONSOLE_SHOWN]],
        errors=sum(line.level == "error" for line in part.console),
        figures=figures(part),
        url=artifact_url,
    )
    return (Markup(html),)  # noqa: S704


def figures(part: App) -> list[tuple[str, str]]:
    """Names and values of the line of figures."""
    words = catalogue().text
    found = []
    if part.files:
        count = words("app.files", count=part.files)
        found.append((words("app.size"), f"{count}, {readable_size(part.bytes)}"))
    seconds = part.figures.get("build_seconds")
    if seconds is not None:
        found.append((words("app.build_seconds"), _seconds(seconds)))
    started = part.figures.get("start_seconds")
    if started is not None:
        found.append((words("app.start_seconds"), _seconds(started)))
    paint = part.figures.get("first_paint_ms")
    if paint is not None:
        found.append((words("app.first_paint_ms"), _seconds(paint / 1000)))
    for name, title in (("accessibility", "app.accessibility"), ("clicked", "app.clicked")):
        count_of = part.figures.get(name)
        if count_of is not None:
            found.append((words(title), f"{count_of:.0f}"))
    return found


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"
