"""What was found out about both apps of a battle, for its record and the leaderboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyarena import App, FinishedBattle, Part, Scalar

from .makers import kind_titled

_FIGURES = (
    "accessibility",
    "dead_controls",
    "errors",
    "failed_requests",
    "first_paint_ms",
    "build_seconds",
    "missing",
)
NAMES = ("built", "clean", "blank", "stuck", "kind", "bundle", "files", "bytes", *_FIGURES)


def app_in(parts: Sequence[Part]) -> App | None:
    """The app of an answer, or None."""
    return next((part for part in reversed(parts) if isinstance(part, App)), None)


def apps_of(battle: FinishedBattle) -> tuple[App | None, App | None]:
    """Both apps of the last turn that has one."""
    for left, right in reversed(battle.answers):
        one, two = app_in(left.parts), app_in(right.parts)
        if one or two:
            return one, two
    return None, None


def evidence(battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
    """Per side, of the last turn in which an app was handed in.

    `built` whether there is an app to look at; `clean` whether nothing was wrong in its console,
    None where it was not built, as with all that follows; `blank` and `stuck` (it hung or
    crashed); `kind` by its id, `bundle` the digest of all its `files` and `bytes`; how many
    findings of `accessibility`, `dead_controls`, `errors`, `failed_requests`, libraries `missing`.
    """
    left, right = map(_found, apps_of(battle))
    return {name: (left.get(name), right.get(name)) for name in NAMES}


def _found(app: App | None) -> dict[str, Scalar]:
    if app is None:
        return {"built": False}
    known: dict[str, Scalar] = {name: app.figures[name] for name in _FIGURES if name in app.figures}
    found: dict[str, Scalar] = {"built": bool(app.bundle), "kind": kind_titled(app.kind) or None}
    if not app.bundle:
        return found | {name: known[name] for name in ("missing",) if name in known}
    return (
        found
        | known
        | {
            "clean": not app.figures.get("errors"),
            "blank": bool(app.figures.get("blank")),
            "stuck": bool(app.figures.get("stuck")),
            "bundle": app.bundle,
            "files": app.files,
            "bytes": app.bytes,
        }
    )
