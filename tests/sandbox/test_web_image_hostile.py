"""Sources that mean harm to the builder, in real containers, each with what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from docker import DockerClient

from kit.contained import built, first
from kit.web_builds import build_app
from polyarena.sandbox import Outcome

pytestmark = pytest.mark.docker
extra = pytest.mark.apps

APP = "export default function App() { return <h1>Hi</h1>; }"
SECRET = b"root:x:0"
ENDED = {Outcome.TIME, Outcome.MEMORY, Outcome.FAILED}


@pytest.fixture(scope="module")
def client() -> Iterator[DockerClient]:
    with built("web") as engine:
        yield engine


OUTSIDE: Mapping[str, Mapping[str, str]] = {
    "absolute": {"App.jsx": f'import x from "/etc/passwd?raw"; {APP} console.log(x)'},
    "relative": {"App.jsx": f'import x from "../../etc/passwd?raw"; {APP} console.log(x)'},
    "url": {"App.jsx": f'import x from "../../etc/passwd?url"; {APP} console.log(x)'},
    "dynamic": {"App.jsx": f'{APP} import("/etc/passwd?raw").then(console.log)'},
    "through a library": {
        "App.jsx": f'import x from "react/../../../../etc/passwd?raw"; {APP} x()'
    },
    "style sheet": {"App.jsx": f'import "./a.css"; {APP}', "a.css": '@import "/etc/passwd";'},
    "style's file": {"App.jsx": f'import "./a.css"; {APP}', "a.css": "a{b:url(/etc/passwd?raw)}"},
    "tailwind's sheet": {
        "App.jsx": f'import "./a.css"; {APP}',
        "a.css": '@import "tailwindcss"; @import "../../etc/passwd";',
    },
    "tailwind's source": {
        "App.jsx": f'import "./a.css"; {APP}',
        "a.css": '@import "tailwindcss"; @source "../../../etc";',
    },
    "page": {"index.html": '<script type="module" src="../../etc/passwd"></script>'},
    "page's sheet": {"index.html": '<link rel="stylesheet" href="../../../etc/passwd">'},
    "import map": {
        "index.html": '<script type="importmap">{"imports": {"x": "/../../etc/passwd"}}</script>'
        '<script type="module">import x from "x"; x()</script>'
    },
    "svelte": {"App.svelte": '<script>import x from "/etc/passwd?raw"</script>{x}'},
    "vue": {"App.vue": '<template src="/etc/passwd"></template>'},
    "vite": {
        "a.js": 'import.meta.glob("./x"); import x from "/etc/passwd?raw"; document.title = x'
    },
    "vite's glob": {
        "a.js": 'const x = import.meta.glob("../../etc/pass*", { query: "raw", eager: true });'
        "document.title = JSON.stringify(x)"
    },
    "vite's file": {"a.js": 'document.title = new URL("../../etc/passwd", import.meta.url).href'},
    "source map": {"App.jsx": f"{APP}\n//# sourceMappingURL=/etc/passwd"},
    "settings": {"App.jsx": APP, "tsconfig.json": '{"extends": "/etc/passwd"}'},
}


@pytest.mark.parametrize("way", first(OUTSIDE, "relative"))
def test_nothing_from_outside_the_app_gets_into_it(client: DockerClient, way: str) -> None:
    app = build_app(client, OUTSIDE[way])
    assert app.ran.finished
    assert SECRET not in app.everything
    assert app.step.exit_code in {0, 1}


TARGETS = ("/etc/passwd", "/etc", "/work/dist", ".")


@pytest.mark.parametrize("target", first(TARGETS, "/etc/passwd"))
def test_links_are_left_out(client: DockerClient, target: str) -> None:
    source = (
        f'import x from "./link?raw"; import y from "./link/passwd?raw"; {APP} console.log(x, y)'
    )
    app = build_app(client, {"App.jsx": source}, before=("ln", "-s", target, "/work/src/link"))
    assert SECRET not in app.everything
    assert "link is a link, and was left out." in app.texts
    assert app.report["ok"] is False


@extra
def test_a_link_in_a_page_that_is_copied_is_left_out(client: DockerClient) -> None:
    app = build_app(
        client,
        {"index.html": "<a href='secret.txt'>read</a>"},
        before=("ln", "-s", "/etc/passwd", "/work/src/secret.txt"),
    )
    assert (app.report["ok"], list(app.bundle)) == (True, ["index.html"])


def test_scripts_of_an_installation_never_run(client: DockerClient) -> None:
    scripts = ", ".join(
        f'"{n}": "echo ran > /work/ran"' for n in ("postinstall", "prepare", "build")
    )
    package = f'{{"scripts": {{{scripts}}}, "dependencies": {{"left-pad": "1"}}}}'
    app = build_app(client, {"package.json": package, ".npmrc": "registry=x", "App.jsx": APP})
    assert app.report["ok"] is True
    assert "ran" not in app.ran.files


@extra
def test_settings_of_the_author_are_not_run(client: DockerClient) -> None:
    evil = 'import { writeFileSync } from "fs"; writeFileSync("/work/ran", "x"); export default {}'
    names = ("vite.config.js", "postcss.config.js", "svelte.config.js", "babel.config.js")
    files = {**dict.fromkeys(names, evil), "a.js": "import.meta.glob('./*.txt')"}
    app = build_app(client, files)
    assert app.report["builder"] == "vite"
    assert "ran" not in app.ran.files


@extra
def test_settings_of_tailwind_that_never_end_are_ended(client: DockerClient) -> None:
    files = {"App.jsx": APP, "tailwind.config.js": "for (;;);"}
    app = build_app(client, files, seconds=20)
    assert (app.step.exit_code, app.report["ok"]) == (1, False)
    assert any("Tailwind's configuration failed" in text for text in app.texts)


BOMBS: Mapping[str, Mapping[str, str]] = {
    "classes": {
        "App.jsx": f'import "./a.css"; {APP}',
        "a.css": '@import "tailwindcss"; @source inline("p-{0..99999999}");',
    },
    "selectors": {
        "App.jsx": f'import "./a.css"; {APP}',
        "a.css": '@import "tailwindcss"; ' + "&:is(a,b) { " * 5000,
    },
    "brackets": {"App.jsx": f"{APP} const x = {'[' * 1_000_000}{']' * 1_000_000}"},
    "tags": {"index.html": "<b>" * 300_000},
    "types": {"App.tsx": f"type A<T> = {'A<' * 100_000}T{'>' * 100_000}; {APP}"},
    "components": {"App.vue": f"<template>{'<p>' * 20_000}{'</p>' * 20_000}</template>"},
    "modules": {f"m{n}.js": f'import "./m{(n + 1) % 400}.js"; import "m"' for n in range(400)},
    "settings": {"tailwind.config.js": "module.exports = []; for (;;) module.exports.push({})"}
    | {"App.jsx": APP},
    "one line": {"App.jsx": f"{APP} const x = " + "1+" * 3_000_000 + "1"},
    "pattern": {"App.jsx": f"{APP} /{'(' * 100_000}{')' * 100_000}/"},
}


@pytest.mark.parametrize("bomb", first(BOMBS))
def test_a_build_ends_whatever_it_is_given(client: DockerClient, bomb: str) -> None:
    app = build_app(client, BOMBS[bomb], seconds=4)
    assert app.ran.finished
    assert app.step.outcome in {Outcome.OK, *ENDED}
    assert app.report.get("ok", False) is (app.step.outcome is Outcome.OK)


def test_a_build_that_never_ends_is_ended(client: DockerClient) -> None:
    app = build_app(client, BOMBS["classes"], seconds=3)
    assert app.step.outcome in {Outcome.TIME, Outcome.MEMORY, Outcome.FAILED}
    assert app.bundle == {}


@extra
def test_an_app_that_is_too_large_is_refused(client: DockerClient) -> None:
    huge = build_app(client, {f"{n}.bin": bytes(9 << 20) for n in range(1)} | {"index.html": "a"})
    assert huge.report["ok"] is True
    files = {"index.html": b"a", **{f"{n}.bin": bytes(9 << 20) for n in range(2)}}
    app = build_app(client, files)
    assert app.report["ok"] is False
    assert "MB of them" in app.texts[0]
    many = build_app(client, {"index.html": "a", **{f"{n}.txt": "x" for n in range(501)}})
    assert many.report["ok"] is False


@extra
def test_names_that_are_odd_do_no_harm(client: DockerClient) -> None:
    files = {
        "index.html": '<script src="__proto__.js"></script><script src="a%00.js"></script>'
        '<script src="%"></script><link rel=stylesheet href="constructor">',
        "__proto__.js": "1",
        "constructor": "x",
        "_app/lib/react.js": "document.title = 'mine'",
        'quo\'te "d".html': "<p>quoted</p>",
    }
    app = build_app(client, files)
    assert app.report["ok"] is True
    assert b"mine" in app.bundle["_app/lib/react.js"]
