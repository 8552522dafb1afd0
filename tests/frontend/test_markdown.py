"""A whole answer rendered at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from answer_sources import ALL, sources
from html_safety import assert_harmless
from polyarena_frontend.markdown import MAX_SOURCE, render_markdown
from polyarena_frontend.sanitise import sanitise
from work import calls


@given(sources)
@settings(deadline=None)
def test_output_is_safe_and_already_sanitised(source: str) -> None:
    html = render_markdown(source)
    assert isinstance(html, Markup)
    assert sanitise(html) == html
    assert_harmless(html)


@given(st.text())
@settings(deadline=None)
def test_any_text_renders(source: str) -> None:
    assert_harmless(render_markdown(source))


@pytest.mark.parametrize("source", ALL)
def test_known_sources_are_safe(source: str) -> None:
    html = render_markdown(source)
    assert sanitise(html) == html
    assert_harmless(html)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# A\n\n## B\n\n##### C", "<h3>A</h3>\n<h4>B</h4>\n<h6>C</h6>\n"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"),
        ("~~a~~ **b** *c* `d`", "<p><s>a</s> <strong>b</strong> <em>c</em> <code>d</code></p>\n"),
        ("[a](javascript:alert(1)) [b](/c) [d](//e.f)", "<p>a b d</p>\n"),
        ("$5 and $10", "<p>$5 and $10</p>\n"),
        ("a\x1b[31mb\x1b[0m\x00c\u202ed", "<p>ab\u2400c\ufffdd</p>\n"),
        ("&#x202e;&#x2067;", "<p>\ufffd\ufffd</p>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("", ""),
    ],
)
def test_small_pieces(source: str, html: str) -> None:
    assert render_markdown(source) == html


def test_links_open_apart_and_tell_nothing() -> None:
    assert render_markdown('[a](https://b.c/?d&e "f")') == (
        '<p><a href="https://b.c/?d&amp;e" title="f" target="_blank" '
        'rel="noopener noreferrer nofollow">a</a></p>\n'
    )
    assert 'href="mailto:a@b.c"' in render_markdown("<a@b.c>")


def test_a_picture_is_a_marked_link() -> None:
    html = render_markdown("![a *cat*](https://b.c/d.png)")
    assert html.startswith('<p><a class="picture" href="https://b.c/d.png"')
    assert ">\U0001f5bc a cat</a></p>" in html
    assert render_markdown("![x](data:image/png;base64,A)") == (
        '<p><span class="picture">\U0001f5bc x</span></p>\n'
    )
    assert render_markdown("[![x](http://i.j)](http://k.l)").count("<a ") == 1


def test_code_is_highlighted_by_class() -> None:
    html = render_markdown('```python x="1"\nreturn "<a>"\n```')
    assert html == (
        '<figure class="code" data-lang="python"><figcaption>python</figcaption>'
        '<pre tabindex="0"><code><span class="k">return</span> '
        '<span class="s">"&lt;a&gt;"</span>\n</code></pre></figure>\n'
    )


@pytest.mark.parametrize("info", ["", '"><script>', "<b>", "nosuchlanguage"])
def test_code_in_no_known_language(info: str) -> None:
    html = render_markdown(f"```{info}\na < b\n```")
    assert "<code>a &lt; b\n</code>" in html
    assert "<script" not in html


def test_a_table_scrolls_in_a_box_and_aligns_by_class() -> None:
    html = render_markdown("| a | b |\n|--:|---|\n| 1 | 2 |")
    assert html.startswith('<div class="table-scroll" tabindex="0"><table>\n<thead>')
    assert '<td class="align-right">1</td>\n<td>2</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("source", "display"),
    [
        ("$x^2$", "inline"),
        ("$x^2$ at 1", "inline"),
        ("\\(x^2\\)", "inline"),
        ("$$x^2$$", "block"),
        ("\\[\nx^2\n\\]", "block"),
        ("where\n$$\nx^2\n$$\nholds", "block"),
        ("so \\[x^2\\] holds", "block"),
        ("> $$\n> x^2\n> $$", "block"),
    ],
)
def test_formulas(source: str, display: str) -> None:
    html = render_markdown(source)
    assert f'<math display="{display}" alttext="x^2">' in html
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html


def test_a_million_table_rows_are_kept_as_text() -> None:
    html = render_markdown("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 1_000_000)
    assert html.count("<tr>") == 501
    assert html.count("<td>1</td>") + html.count("| 1 | 2 |") == 1_000_000


def test_a_wide_or_sparse_table_stays_small() -> None:
    wide = "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n|b|\n"
    assert "<table>" not in render_markdown(wide)
    sparse = ("|" + "a|" * 45 + "\n|" + "-|" * 45 + "\n" + "|b|\n" * 480 + "\n") * 20
    html = render_markdown(sparse)
    assert html.count("<td") + html.count("<th>") <= 10_000
    assert html.count("b") == sparse.count("b") + html.count("<tbody>") * 2 + html.count(
        "<table>"
    ) * 2 + html.count("table-scroll") + html.count("tabindex")


@pytest.mark.parametrize("unit", ["> ", "- ", "1. "])
def test_deep_nesting_is_bounded_and_nothing_is_lost(unit: str) -> None:
    html = render_markdown(unit * 1_000 + "end")
    assert html.count("<blockquote>") + html.count("<ul>") + html.count("<ol") <= 16
    assert "end" in html


def test_combining_marks_are_bounded() -> None:
    html = render_markdown("a" + "\u0301" * 1_000_000 + "b")
    assert html == "<p>a" + "\u0301" * 8 + "\ufffdb</p>\n"
    assert render_markdown("a" + "&#769;" * 1_000) == "<p>a" + "\u0301" * 8 + "\ufffd</p>\n"


def test_the_rest_of_a_long_source_is_plain() -> None:
    html = render_markdown("*a* " * (MAX_SOURCE // 4) + "*b*")
    assert html.endswith('<pre class="plain" tabindex="0"><code>*b*</code></pre>\n')


HOSTILE = [
    *[
        "[",
        "*",
        "**a ",
        "_a",
        "`",
        "`a",
        "``a` ",
        "> ",
        ">",
        "$",
        "$a",
        "$$ a\n",
        "\\(a ",
        "\\[ a\n",
    ],
    *[
        "- ",
        "- a\n",
        "1. a\n",
        "* * ",
        "![",
        "[a](",
        "[a]: b\n",
        "[a\n",
        "<",
        "<http://a>",
        "&",
        "~~a",
    ],
    *[
        "***a** ",
        "\\",
        "# a\n",
        "```\n",
        "```a\nb\n```\n",
        "- a\n  - b\n",
        "> - ",
        "a | b\n- | -\n",
    ],
    *["|", "](", "[[a](b)](", "\x1b[", "\x1b]", "- ```\n", "$$\n\n", "[a](<", '[a](b "', "- - -\n"],
    *[
        "é\u0301",
        "a\n===\n",
        "[x]: a '\n",
        "*`",
        "[*",
        "> a\nb\n",
        "&#1;",
        "{",
        "\t",
        "|a|b|\n|-|-|\n",
    ],
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_linearly(unit: str) -> None:
    small = calls(lambda: render_markdown(unit * (1_500 // len(unit))))
    large = calls(lambda: render_markdown(unit * (6_000 // len(unit))))
    assert large <= 5 * small + 5_000


def test_nested_lists_and_lazy_quotes_grow_linearly() -> None:
    def nested(levels: int) -> str:
        return "".join("  " * level + "- a\n" for level in range(levels))

    # Twice the levels are four times the text.
    base = calls(lambda: render_markdown(nested(60)))
    assert calls(lambda: render_markdown(nested(120))) <= 5 * base
    lazy = calls(lambda: render_markdown(">" * 30 + "a\n" + "b\n" * 1_000))
    assert calls(lambda: render_markdown(">" * 30 + "a\n" + "b\n" * 4_000)) <= 5 * lazy
