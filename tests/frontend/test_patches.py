"""Incremental rendering: what a reader of patches has is right and safe at every moment."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer_sources import ALL, ORDINARY, chunked
from html_safety import assert_harmless
from polyarena_frontend.markdown import MAX_SOURCE, render_markdown
from polyarena_frontend.patches import MAX_BLOCK, Patch, StreamRenderer
from polyarena_frontend.sanitise import sanitise
from work import calls


class Reader:
    """Applies patches the way the browser does."""

    def __init__(self) -> None:
        self.blocks: list[str] = []

    def apply(self, patches: list[Patch]) -> None:
        for patch in patches:
            self.blocks += [""] * (patch.block + 1 - len(self.blocks))
            units = self.blocks[patch.block].encode("utf-16-le")
            assert patch.keep * 2 <= len(units)
            kept = units[: patch.keep * 2].decode("utf-16-le")
            self.blocks[patch.block] = kept + patch.html


def pieces_of(source: str, size: int = 5) -> list[str]:
    return [source[at : at + size] for at in range(0, len(source), size)]


def run(pieces: list[str], *, append: bool = True) -> list[list[str]]:
    renderer, reader, states = StreamRenderer(append=append), Reader(), []
    for piece in pieces:
        renderer.feed(piece)
        reader.apply(renderer.patches())
        assert reader.blocks == renderer.snapshot()
        states.append(list(reader.blocks))
    final = renderer.finish()
    assert "".join(final) == render_markdown("".join(pieces))
    reader.apply(renderer.patches())
    assert reader.blocks[: len(final)] == final
    assert not any(reader.blocks[len(final) :])
    assert renderer.patches() == []
    return states


@given(chunked())
@settings(deadline=None, max_examples=150)
def test_every_state_is_safe_and_ends_as_the_full_rendering(pieces: list[str]) -> None:
    seen: set[str] = set()
    for state in run(pieces):
        for html in set(state) - seen:
            assert sanitise(html) == html
            assert_harmless(html)
            seen.add(html)


@given(chunked())
@settings(deadline=None, max_examples=150)
def test_inserting_text_gives_what_parsing_it_would(pieces: list[str]) -> None:
    assert run(pieces) == run(pieces, append=False)


@pytest.mark.parametrize("source", ALL)
@pytest.mark.parametrize("size", [1, 4, 9])
def test_known_sources(source: str, size: int) -> None:
    pieces = pieces_of(source, size)
    assert run(pieces) == run(pieces, append=False)


def test_text_is_shown_as_it_comes() -> None:
    renderer = StreamRenderer()
    renderer.feed("Hello")
    assert renderer.patches() == [Patch(0, 0, "<p>Hello</p>\n")]
    renderer.feed(" big")
    renderer.feed(" world.")
    assert renderer.patches() == [Patch(0, 8, " big world.</p>\n")]
    renderer.feed(" ")
    assert renderer.patches() == []


def test_keep_counts_utf16_units() -> None:
    renderer = StreamRenderer()
    renderer.feed("a 👩 b")
    renderer.patches()
    renderer.feed("c")
    assert renderer.patches() == [Patch(0, 9, "c</p>\n")]


def test_only_the_last_block_changes() -> None:
    renderer = StreamRenderer()
    last = 0
    for piece in pieces_of(ORDINARY):
        renderer.feed(piece)
        for patch in renderer.patches():
            assert patch.block >= last
            last = patch.block


def test_a_patch_carries_only_what_is_new() -> None:
    renderer = StreamRenderer()
    size = 0
    for piece in pieces_of("Some plain words, again and again. " * 40):
        renderer.feed(piece)
        size += sum(len(patch.html) for patch in renderer.patches())
    assert size < 3 * 35 * 40


def test_open_code_is_plain_and_closed_code_is_highlighted() -> None:
    renderer = StreamRenderer()
    renderer.feed("```python\nfor x in y:\n    pass\n")
    renderer.patches()
    (html,) = renderer.snapshot()
    assert 'data-lang="python"' in html
    assert "for x in y:\n    pass</code>" in html
    renderer.feed("```\n")
    renderer.patches()
    (html,) = renderer.snapshot()
    assert '<span class="k">for</span>' in html


@pytest.mark.parametrize(("opener", "closer"), [("$$\n", "\n$$\n"), ("\\[\n", "\n\\]\n")])
def test_an_open_formula_shows_its_source(opener: str, closer: str) -> None:
    renderer = StreamRenderer()
    renderer.feed(f"So:\n\n{opener}a_1 * b_2 * c < 1")
    renderer.patches()
    assert "a_1 * b_2 * c &lt; 1</code>" in renderer.snapshot()[-1]
    renderer.feed(closer)
    renderer.patches()
    assert "<math" in renderer.snapshot()[-1]


def test_a_half_typed_table_does_not_flicker() -> None:
    table = "| name | value |\n|:--|--:|\n| a | 1 |\n| b | 2 |\n"
    for state in run(pieces_of(table, 3)):
        assert all(html.startswith('<div class="table-scroll"') for html in state)
        assert all("|" not in html for html in state)


def test_half_typed_markup_is_held_back() -> None:
    renderer = StreamRenderer()
    for piece in pieces_of("See the [manual](https://a.b/c) and `code` or **bold** text.", 2):
        renderer.feed(piece)
        renderer.patches()
        assert not re.search(r"[\[\]*`]", "".join(renderer.snapshot()))


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n   - nested\n", "\n\n   more\n\n"])
@pytest.mark.parametrize("marker", ["1.", "- "])
def test_a_growing_list_is_right_all_along(marker: str, gap: str) -> None:
    source = "".join(f"{marker} **item {n}**: `code`{gap}" for n in range(9)) + "\n\nEnd."
    states = run(pieces_of(source))
    assert "".join(states[-1]) == render_markdown(source)


def test_what_only_looks_like_the_next_item_starts_anew() -> None:
    source = "1. a\n2. b\n3. c | d\n|---|---|\n4. e\n5. f\n\nEnd."
    assert run(pieces_of(source)) == run(pieces_of(source), append=False)


@pytest.mark.parametrize("unit", ["[", "**a ", "- a\n", "|a|b|\n|-|-|\n", "a\n", "> ", "$$ a\n"])
def test_streaming_work_grows_linearly(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyarena_frontend.patches.MAX_BLOCK", 2_000)

    def stream(length: int) -> None:
        renderer = StreamRenderer()
        for piece in pieces_of(unit * (length // len(unit)), 20):
            renderer.feed(piece)
            renderer.patches()

    assert calls(lambda: stream(9_000)) <= 4 * calls(lambda: stream(3_000))


@pytest.mark.parametrize(
    ("start", "unit"),
    [
        ("", "- item *a* `b`\n"),
        ("|a|b|\n|-|-|\n", "| a | *b* |\n"),
        ("", "words *and* more "),
        ("", "only plain words "),
        ("", "> quote\n"),
        ("", "x\n"),
    ],
)
def test_a_giant_block_goes_on_as_plain_text(start: str, unit: str) -> None:
    renderer = StreamRenderer()
    for piece in pieces_of(start + unit * (3 * MAX_BLOCK // len(unit)), 500):
        renderer.feed(piece)
        for patch in renderer.patches():
            assert len(patch.html) < 20 * MAX_BLOCK
    assert '<pre class="plain"' in renderer.snapshot()[-1]
    renderer.feed("\n\nA new *block*.")
    renderer.patches()
    assert renderer.snapshot()[-1] == "<p>A new <em>block</em>.</p>\n"


def test_giant_code_goes_on_until_its_fence() -> None:
    renderer = StreamRenderer()
    for piece in ["```py\n", *pieces_of("x = 1\n\n" * (2 * MAX_BLOCK // 7), 300), "```\n\n*End*."]:
        renderer.feed(piece)
        renderer.patches()
    blocks = renderer.snapshot()
    assert blocks[-1] == "<p><em>End</em>.</p>\n"
    assert all("x = 1\n\nx = 1" in block for block in blocks[:-1])


def test_beyond_the_source_bound_all_is_plain() -> None:
    paragraph = "word " * 199 + "*b*\n\n"
    source = paragraph * (MAX_SOURCE // 1_000) + "rest *c* " * 10
    renderer, reader = StreamRenderer(), Reader()
    for piece in pieces_of(source, 20_000):
        renderer.feed(piece)
        reader.apply(renderer.patches())
    assert reader.blocks[-1].startswith('<pre class="plain"')
    assert "rest *c*" in reader.blocks[-1]
    assert "".join(renderer.finish()) == render_markdown(source)


def test_references_are_found_in_later_blocks() -> None:
    renderer = StreamRenderer()
    for piece in pieces_of("[x]: http://a.b\n\nFirst.\n\nSee [x] there.\n"):
        renderer.feed(piece)
        renderer.patches()
    assert 'href="http://a.b"' in renderer.snapshot()[-1]


def test_nothing_can_be_added_to_a_finished_answer() -> None:
    renderer = StreamRenderer()
    renderer.feed("a")
    assert renderer.finish() == ["<p>a</p>\n"]
    with pytest.raises(RuntimeError):
        renderer.feed("b")


@given(st.text(max_size=200), st.integers(1, 7))
@settings(deadline=None)
def test_any_text(source: str, size: int) -> None:
    run(pieces_of(source, size))
