"""The search arena, over HTTP."""

import pytest
from polyarena import Custom, Finish, Text
from polyarena.testing import ScriptedModel, check_arena

from polyarena_search.arena import SearchArena
from polyarena_search.citations import Source, normalised
from polyarena_search.demo import SHELF, STYLES, ShelfProvider

BREAD = [
    Source("What yeast does", "https://kitchen.example.org/yeast"),
    Source("Gluten, the net in the dough", "https://kitchen.example.org/gluten"),
]


def test_it_conforms():
    assert check_arena(SearchArena()) == []


def test_two_answers_cite_in_the_same_way(serve_arena):
    visitor = serve_arena(SearchArena(), ShelfProvider())
    battle = visitor.ask("search", "Why does bread rise?").wait()
    for side in "ab":
        text, sources = battle.parts(side)
        assert isinstance(text, Text)
        assert isinstance(sources, Custom)
        assert "[1]" in text.text
        assert "[2]" in text.text
        assert "http" not in text.text
        assert {s["url"] for s in sources.data["sources"]} == {s.url for s in BREAD}
    links = battle.page().find("a", href=BREAD[0].url)
    assert [link["rel"] for link in links] == ["noopener noreferrer nofollow"] * 2
    battle.vote("tie")
    assert set(battle.names.values()) <= {name for name, _ in STYLES.values()}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_becomes_the_same_text(style):
    pages = [page for page in SHELF if "bread" in page.words]
    cited = normalised(STYLES[style][1](pages))
    assert list(cited.sources) == BREAD
    assert cited.text.index("[1]") < cited.text.index("[2]")
    assert cited.loose == (style == "passing")
    assert "[9]" not in cited.text
    assert "Sources" not in cited.text


@pytest.mark.parametrize(
    ("answer", "text", "urls"),
    [
        ("Plain words.", "Plain words.", []),
        (
            "So 【2†source】.\n\n1. One https://a.org\n2) Two: https://b.org.",
            "So [1].",
            ["https://b.org"],
        ),
        (
            "A ^1^ B [1, 2]\n[1] https://a.org\n[2] https://b.org",
            "A [1] B [1][2]",
            ["https://a.org", "https://b.org"],
        ),
        ("See https://a.org/x.", "See [1].", ["https://a.org/x"]),
        ("[1](https://a.org) and [1](https://a.org)", "[1] and [1]", ["https://a.org"]),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))", []),
        ("Nul \x00 0\x00 and [3]", "Nul  0 and", []),
    ],
)
def test_citations_of_other_styles(answer, text, urls):
    cited = normalised(answer)
    assert cited.text == text
    assert [source.url for source in cited.sources] == urls


def test_a_title_is_no_html(serve_arena):
    hostile = "It is so [<script>alert(1)</script>](https://a.org)."
    models = [
        ScriptedModel(name, [hostile, Finish()], capabilities={"search"}) for name in ("One", "Two")
    ]
    page = serve_arena(SearchArena(), *models).ask("search").wait().page()
    assert "<script>alert" not in page.html
    assert page.text.count("<script>alert(1)</script>") == 4
