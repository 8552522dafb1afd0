"""Apps built in the web image, in real containers: every kind, and what is said when that fails."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
from docker import DockerClient

from kit import apps
from kit.contained import built, first
from kit.web_builds import build_app
from polyarena.sandbox import Outcome

pytestmark = pytest.mark.docker
extra = pytest.mark.apps

KINDS = {
    "dashboard": ("react", "esbuild"),
    "whole project": ("react", "esbuild"),
    "three-d": ("react", "esbuild"),
    "vue": ("vue", "esbuild"),
    "svelte": ("svelte", "esbuild"),
    "sketch": ("p5", "copy"),
    "static": ("html", "copy"),
    "from a CDN": ("html", "esbuild"),
    "import map": ("html", "esbuild"),
    "globbed": ("html", "vite"),
}
REACT = 'import { useState } from "react";\n'
APP = "export default function App() { return <h1>Hi</h1>; }"


@pytest.fixture(scope="module")
def client() -> Iterator[DockerClient]:
    with built("web") as engine:
        yield engine


@pytest.mark.parametrize("name", first(KINDS, "vue", "svelte", "globbed"))
def test_an_app_of_every_kind_is_built(client: DockerClient, name: str) -> None:
    app = build_app(client, apps.ALL[name])
    assert app.report["messages"] == []
    assert (app.step.outcome, app.report["ok"]) == (Outcome.OK, True)
    assert (app.report["kind"], app.report["builder"]) == KINDS[name]
    assert (app.report["entry"], app.report["missing"]) == ("index.html", [])
    assert "index.html" in app.bundle


@extra
def test_the_same_files_make_the_same_bundle(client: DockerClient) -> None:
    first, second = (build_app(client, apps.DASHBOARD).bundle for _ in range(2))
    assert first == second


@extra
def test_libraries_come_from_the_image_and_are_named(client: DockerClient) -> None:
    app = build_app(client, apps.DASHBOARD)
    names = ["clsx", "framer-motion", "lucide-react", "react", "react-dom", "recharts"]
    assert app.report["libraries"] == names
    libraries = [name for name in app.bundle if name.startswith("_app/lib/")]
    assert "_app/lib/react.js" in libraries
    own = next(data for name, data in app.bundle.items() if re.fullmatch(r"_app/index-.*js", name))
    assert len(own) < 10_000


@extra
def test_two_apps_share_the_files_of_their_libraries(client: DockerClient) -> None:
    one, other = (
        build_app(client, {"App.tsx": f"{REACT}{APP}//{n}\nuseState"}).bundle for n in "12"
    )
    assert {n: d for n, d in one.items() if "/lib/" in n} == {
        n: d for n, d in other.items() if "/lib/" in n
    }


@extra
def test_tailwind_is_there_for_those_who_use_it(client: DockerClient) -> None:
    app = build_app(client, apps.DASHBOARD)
    (sheet,) = (data.decode() for name, data in app.bundle.items() if name.endswith(".css"))
    assert ".md\\:grid-cols-2" in sheet
    assert ".bg-slate-50" in sheet
    plain = build_app(client, {"App.jsx": APP})
    assert [name for name in plain.bundle if name.endswith(".css")] == []


@extra
def test_tailwind_in_its_previous_dialect(client: DockerClient) -> None:
    app = build_app(client, apps.WHOLE_VITE_PROJECT)
    (sheet,) = (data.decode() for name, data in app.bundle.items() if name.endswith(".css"))
    assert re.search(r"\.press\s*{[^}]*background-color:\s*#123456", sheet)


@extra
def test_tailwind_in_a_page(client: DockerClient) -> None:
    page = (
        "<html><head><script src='https://cdn.tailwindcss.com'></script>"
        "<style type='text/tailwindcss'>@layer components { .big { @apply text-4xl; } }</style>"
        "</head><body class='big p-7'>Hello</body></html>"
    )
    app = build_app(client, {"index.html": page})
    assert re.search(r"\.big\s*{[^}]*font-size", app.page())
    assert re.search(r"\.p-7\s*{", app.page())


def test_nothing_of_another_host_is_left_in_a_page(client: DockerClient) -> None:
    app = build_app(client, apps.FROM_CDN)
    assert "https:" not in app.page()
    assert app.report["libraries"] == [
        *("@fortawesome/fontawesome-free", "chart.js", "gsap", "react", "react-dom")
    ]
    assert any(name.endswith(".woff2") for name in app.bundle)


@extra
def test_scripts_of_another_host_that_are_not_there_are_listed(client: DockerClient) -> None:
    page = (
        "<script src='https://unpkg.com/no-such-library@1/x.js'></script>"
        "<script src='https://evil.example/a.js'></script>"
        "<link rel='stylesheet' href='https://cdn.example/b.css'>"
    )
    app = build_app(client, {"index.html": page})
    assert app.report["missing"] == ["cdn.example", "evil.example", "no-such-library"]


@extra
def test_apps_may_store_things_where_a_preview_forbids_it(client: DockerClient) -> None:
    page = build_app(client, {"index.html": "<script>localStorage.a = 1</script>"}).page()
    assert page.index("localStorage") < page.index("localStorage.a")


def test_libraries_that_are_missing_are_all_listed(client: DockerClient) -> None:
    source = f"import a from 'left-pad'; import b from '@none/such/deep'; {APP}; a(b)"
    app = build_app(client, {"App.jsx": source})
    assert (app.step.outcome, app.step.exit_code) == (Outcome.FAILED, 1)
    assert app.report["missing"] == ["@none/such", "left-pad"]
    assert "The library left-pad is not there." in app.texts
    assert app.bundle == {}


WRONG: Mapping[str, tuple[str, str, int]] = {
    "syntax": ("export default () => <div>", "Unexpected end of file", 1),
    "file": (f'\nimport "./gone.css"; {APP}', "./gone.css is not among the app's files.", 2),
    "alias": (f'import "@/ui/button"; {APP}', "@/ui/button is not among the app's files.", 1),
    "built in": (f'import fs from "fs"; {APP} fs()', "fs is there in Node.js alone", 1),
    "icon": (f'import {{ Nope }} from "lucide-react"; {APP}; Nope()', 'import "Nope"', 1),
    "export": (
        f'import {{ Nope }} from "recharts"; {APP} Nope()',
        "recharts has no export named Nope.",
        0,
    ),
    "subpath": (f'import "react/nope"; {APP}', "The library react has no react/nope.", 1),
}


@pytest.mark.parametrize("fault", first(WRONG, "syntax"))
def test_what_is_wrong_is_told_with_its_place(client: DockerClient, fault: str) -> None:
    source, text, line = WRONG[fault]
    app = build_app(client, {"src/App.tsx": source})
    (message,) = (m for m in app.report["messages"] if text in m["text"])
    assert (message["level"], message["line"]) == ("error", line)
    assert message["file"] == ("src/App.tsx" if line else "")
    assert text in app.step.stdout.decode()
    assert (app.report["ok"], app.bundle) == (False, {})


NOTHING: Mapping[str, tuple[dict[str, str], str]] = {
    "no code": ({"README.md": "# App"}, "neither a page nor code"),
    "no component": ({"a.tsx": "export const A = () => <p/>;"}, "default export"),
    "no script": (
        {"index.html": "<script type=module src=/src/main.tsx></script>", "a.ts": ""},
        "loads /src/main.tsx, which is not there",
    ),
    "babel": ({"index.html": "<script type=text/babel>const = 1;</script>"}, "Expected identifier"),
    "vue": ({"App.vue": "<template><p></template>"}, "missing end tag"),
    "svelte": ({"App.svelte": "{#if}"}, "Expected"),
    "style": ({"App.jsx": f'import "./a.css"; {APP}', "a.css": "a { @apply nope; }"}, "nope"),
    "vite": ({"a.js": "import.meta.glob('./x'); import 'left-pad'"}, "left-pad is not there"),
}


@pytest.mark.parametrize("fault", first(NOTHING, "no component"))
def test_an_app_that_is_none_is_told_why(client: DockerClient, fault: str) -> None:
    files, text = NOTHING[fault]
    app = build_app(client, files)
    assert (app.step.outcome, app.step.exit_code) == (Outcome.FAILED, 1)
    assert any(text in each for each in app.texts), app.texts
    assert (app.report["ok"], app.bundle) == (False, {})
