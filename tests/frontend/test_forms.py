"""Fields and files of the composer, forms under answers, and the comparison of both sides."""

from __future__ import annotations

import pytest

from kit import views as sample
from kit.pages import Page, render

pytestmark = pytest.mark.usefixtures("built")

UNTRUSTED = ("answer prose", "attached", "acted prose", "sources")


def test_fields_are_folded_until_one_holds_something() -> None:
    empty = Page(render("arena.html", arena=sample.filled(fields=sample.fields("", "auto"))))
    filled = Page(render("arena.html", arena=sample.filled(fields=sample.fields("", "py"))))

    assert "open" not in empty.find("details", **{"class": "more"})[0]
    assert "open" in filled.find("details", **{"class": "more"})[0]


def test_fields_hold_their_values_under_names_of_their_own() -> None:
    html = render("arena.html", arena=sample.filled())
    page = Page(html)

    assert page.find("input", name="field.title")[0]["value"] == "1 2"
    assert page.find("select", name="field.lang")
    (selected,) = [given for given in page.find("option") if "selected" in given]
    assert selected["value"] == "py"
    # The parser drops the first line end of a textarea, which the value may begin with.
    assert html.count(">\n\n1 2</textarea>") == 2


def test_files_make_a_form_multipart_and_are_kept_by_name() -> None:
    plain = Page(render("arena.html", arena=sample.arena()))
    page = Page(render("arena.html", arena=sample.filled()))

    assert plain.find("input", type="file") == []
    assert plain.find("form", enctype="multipart/form-data") == []
    (form,) = page.find("form", enctype="multipart/form-data")
    assert form["hx-encoding"] == "multipart/form-data"
    kept = page.find("input", name="kept")
    assert [one["value"] for one in kept] == [one.value for one in sample.KEPT]
    assert all("checked" in one for one in kept)


def test_what_the_server_rendered_does_nothing_to_the_page() -> None:
    for template, context in (
        ("battle.html", {"battle": sample.acting()}),
        ("acted.html", {"blocks": sample.ATTACHED, "back": "/"}),
        ("compare.html", sample.both_sides(comparisons=sample.comparisons())),
    ):
        page = Page(render(template, **context))
        held = [given for _, given in page.elements if given.get("class") in UNTRUSTED]
        assert held
        assert all("hx-disable" in given for given in held)


def test_forms_under_an_answer_post_their_fields_to_its_own_address() -> None:
    page = Page(render("battle.html", battle=sample.acting()))

    for side in "ab":
        address = f"/battles/b1/turns/0/{side}/actions"
        assert page.find("form", action=f"{address}/run", **{"hx-post": f"{address}/run"})
        assert page.find("div", **{"hx-get": address, "hx-trigger": "answered"})
    assert len(page.find("textarea", name="code")) == 2


def test_a_comparison_says_in_words_what_differs() -> None:
    html = render("compare.html", **sample.both_sides(comparisons=sample.comparisons()))

    for words in ("2 lines differ.", "The same, line for line.", "no such file", "only in B"):
        assert words in html
    assert 'data-kind="changed"' in html
    nothing = render("_compare.html", **sample.both_sides())
    assert "Neither answer has code to compare." in nothing


def test_a_shared_battle_shows_what_was_attached_but_no_forms() -> None:
    page = Page(render("shared.html", battle=sample.acting(read_only=True)))

    assert page.find("div", **{"class": "attached"})
    assert page.find("input", type="file") == []
