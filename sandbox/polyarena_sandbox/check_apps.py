"""Checks that web apps are built and looked at, and reach nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing

from polyarena.apps import BUILD, DEVICES, LOOK, BuiltApp, SeenApp, build, look
from polyarena.sandbox import Sandbox

from .checking import Check, expect

GOOD: Mapping[str, str] = {
    "App.tsx": """
import { useState } from "react";
export default function App() {
  const [count, setCount] = useState<number>(0);
  return <main className="flex min-h-screen items-center gap-4 bg-slate-100 p-4">
    <h1 className="text-xl font-bold">Count</h1>
    <button className="rounded bg-white px-3" onClick={() => setCount(count + 1)}>{count}</button>
  </main>;
}
"""
}
BAD: Mapping[str, str] = {"App.tsx": 'import x from "left-pad";\nexport default () => x;'}
PLACES = ("https://example.com", "http://169.254.169.254/", "http://127.0.0.1:9222/json")
REACHING = "<h1>Reaching</h1><script>" + "".join(
    f"fetch({place!r}, {{ mode: 'no-cors' }})"
    ".then(() => console.log('reached'), () => console.log('refused'));"
    for place in PLACES
)


async def _built(sandbox: Sandbox, files: Mapping[str, str]) -> BuiltApp:
    async with aclosing(build(sandbox, files)) as events:
        return [event async for event in events if isinstance(event, BuiltApp)][-1]


async def _seen(sandbox: Sandbox, files: Mapping[str, str]) -> SeenApp:
    app = await _built(sandbox, files)
    expect(app.ok and app.entry in app.files, app.messages)
    async with aclosing(look(sandbox, app)) as events:
        return [event async for event in events if isinstance(event, SeenApp)][-1]


async def an_app_is_seen(sandbox: Sandbox) -> None:
    seen = await _seen(sandbox, GOOD)
    expect(set(seen.shots) == set(DEVICES), f"pictures: {sorted(seen.shots)}")
    expect(not (seen.blank or seen.errors or seen.hung or seen.crashed), seen)
    expect((seen.clicked, seen.dead_controls) == (1, ()), seen)


async def a_bad_app_is_told(sandbox: Sandbox) -> None:
    app = await _built(sandbox, BAD)
    expect(not app.ok and app.missing == ("left-pad",), app)
    expect(any("left-pad" in message.text for message in app.messages), app.messages)


async def an_app_reaches_nothing(sandbox: Sandbox) -> None:
    seen = await _seen(sandbox, {"index.html": f"{REACHING}</script>"})
    said = [line.text for line in seen.console if line.level == "info"]
    expect(said == ["refused"] * len(PLACES), seen.console)


CHECKS = (
    Check("a web app is built and looked at", an_app_is_seen, LOOK),
    Check("a web app that cannot be built says why", a_bad_app_is_told, BUILD),
    Check("a web app reaches nothing", an_app_reaches_nothing, LOOK),
)
