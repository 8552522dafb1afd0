"""A plugin's scripts and styles: served under its own name, where declared, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contract.sample import Arenas, arena
from polyarena import Assets, Finish
from polyarena.plugins import Registry
from polyarena.testing import Refused, ScriptedModel, Visitor

MODELS = [ScriptedModel(name, ["Hello.", Finish()]) for name in ("Alpha", "Beta")]
Serve = Callable[..., Visitor]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder `static` of an importable package `sample_assets`."""
    static = tmp_path / "sample_assets" / "static"
    (static / "parts").mkdir(parents=True)
    (static.parent / "__init__.py").touch()
    (static.parent / "secret.js").write_text("secret")
    (static / "film.js").write_text('import "./parts/clock.js";')
    (static / "parts" / "clock.js").write_text("export {};")
    (static / "film.css").write_text("sample-film { display: block }")
    (static / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (static / "notes.py").write_text("print(1)")
    (static / "page.html").write_text("<script>alert(1)</script>")
    monkeypatch.delitem(sys.modules, "sample_assets", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    return static


def declared(**more: object) -> Assets:
    given = {"package": "sample_assets", "modules": ("film.js",), "styles": ("film.css",), **more}
    return Assets(**given)  # type: ignore[arg-type]


def test_an_arenas_pages_load_what_it_declares_and_others_do_not(
    serve_arena: Serve, package: Path
) -> None:
    visitor = serve_arena(arena("film", assets=declared()), arena("plain"), *MODELS)

    def own(path: str) -> list[str]:
        page = visitor.page(path)
        scripts = page.find("script", type="module")
        links = page.find("link", rel="stylesheet")
        addresses = [a["src"] or "" for a in scripts] + [a["href"] or "" for a in links]
        return [address for address in addresses if address.startswith("/plugins/")]

    battle = visitor.ask("film").wait()
    script, style = own("/arenas/film")
    assert own(f"/battles/{battle.id}") == [script, style]
    assert script.startswith("/plugins/under-test/")
    for elsewhere in ("/arenas/plain", "/history", "/arenas/film/leaderboard"):
        assert own(elsewhere) == [], elsewhere

    served = visitor.client.get(script)
    assert served.text == 'import "./parts/clock.js";'
    assert served.headers["content-type"].startswith("text/javascript")
    assert served.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in served.headers["cache-control"]
    assert visitor.client.get(style).headers["content-type"].startswith("text/css")
    beside = script.replace("film.js", "parts/clock.js")
    assert visitor.client.get(beside).text == "export {};"
    drawing = visitor.client.get(script.replace("film.js", "drawing.svg"))
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'; sandbox" in drawing.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "notes.py",
        "page.html",
        "gone.js",
        "",
        "parts",
        "../secret.js",
        "%2e%2e/secret.js",
        "..%2fsecret.js",
        "parts/../../secret.js",
        "/etc/passwd",
        "film.js/",
    ],
)
def test_nothing_else_of_a_plugin_is_served(serve_arena: Serve, package: Path, path: str) -> None:
    visitor = serve_arena(arena("film", assets=declared()), *MODELS)
    script = visitor.page("/arenas/film").find("script", type="module")[-1]["src"] or ""
    folder = script.removesuffix("film.js")
    assert visitor.client.get(folder + path, follow_redirects=True).status_code == 404
    assert visitor.client.get("/plugins/under-test/0000000000000000/film.js").status_code == 404
    assert visitor.client.get(folder.replace("under-test", "other") + "film.js").status_code == 404
    with pytest.raises(Refused):
        visitor.page("/plugins/under-test")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"package": "no_such_package"}, "there is no package 'no_such_package'"),
        ({"folder": "styles"}, "sample_assets has no folder 'styles'"),
        ({"folder": "../sample_assets/static"}, "has no folder"),
        ({"modules": ("gone.js",)}, "has no file 'gone.js' that ends with .js or .mjs"),
        ({"modules": ("film.css",)}, "no file 'film.css' that ends with .js or .mjs"),
        ({"modules": ("../secret.js",)}, "has no file '../secret.js'"),
        ({"styles": ("page.html",)}, "has no file 'page.html' that ends with .css"),
    ],
)
def test_a_plugin_whose_files_cannot_be_had_is_broken(
    loaded: Callable[..., Registry], package: Path, given: dict[str, object], said: str
) -> None:
    registry = loaded(film=Arenas(arena("film", assets=declared(**given))))
    (record,) = registry.plugins
    assert record.status == "broken"
    assert said in record.reason
    assert not registry.arenas


def test_links_out_of_the_folder_and_too_many_bytes_are_refused(
    loaded: Callable[..., Registry], package: Path
) -> None:
    (package / "link.js").symlink_to(package.parent / "secret.js")
    (record,) = loaded(film=Arenas(arena("film", assets=declared()))).plugins
    assert "link.js is a link that leads out of its folder" in record.reason
    (package / "link.js").unlink()
    (package / "large.js").write_bytes(bytes(5_000_001))
    (record,) = loaded(film=Arenas(arena("film", assets=declared()))).plugins
    assert "more than 5,000,000 bytes" in record.reason


def test_the_address_changes_with_any_file(loaded: Callable[..., Registry], package: Path) -> None:
    def digest() -> str:
        folder = loaded(film=Arenas(arena("film", assets=declared()))).assets_of("film")
        assert folder is not None
        return folder.digest

    before = digest()
    assert digest() == before
    (package / "parts" / "clock.js").write_text("export {}; // changed")
    assert digest() != before
