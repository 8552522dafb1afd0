"""Untrusted text made fit to be shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from polyarena_frontend.plaintext import MAX_MARKS, TextCleaner, clean_text, escape
from polyarena_frontend.sanitise import sanitise

MESSY = st.lists(
    st.sampled_from(
        [*"\x1b[]31m;?\\ \x07\x9b\r\n\x00a(B\u0301\u200d\u202eé", "\x1b[0m", "\x1b]8;;u\x07"]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x1b[1;31mb\x1b[0m", "ab"),
        ("\x1b]0;title\x07a\x1b]8;;http://b\x1b\\c", "ac"),
        ("\x9b31ma\x1b(Bb", "ab"),
        ("a\x00\x07\x7f\x85", "a\u2400\u2407\u2421\ufffd"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("\u202ea\u2066b\u2069", "\ufffda\ufffdb\ufffd"),
        ("\u200e\u200fשלום", "\u200e\u200fשלום"),
        ("\ud83d", "\ufffd"),
        ("\x1b", "\u241b"),
        ("👩‍👩‍👧 ไก่ हिन्दी", "👩‍👩‍👧 ไก่ हिन्दी"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_marks_are_capped_across_pieces_and_joiners() -> None:
    cleaner = TextCleaner()
    pieces = ["a", *["\u0301\u200d"] * 50, "b", "\u0301"]
    cleaned = "".join(map(cleaner.feed, pieces)) + cleaner.flush()
    assert cleaned.count("\u0301") == MAX_MARKS + 1
    assert cleaned.count("\ufffd") == 1


@given(MESSY | st.text(), st.integers(1, 5))
@example("\r\x1b[m\n", 1)
def test_the_borders_of_pieces_do_not_matter(text: str, size: int) -> None:
    cleaner = TextCleaner()
    pieces = [cleaner.feed(text[at : at + size]) for at in range(0, len(text), size)]
    assert "".join(pieces) + cleaner.flush() == clean_text(text)


@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"])))
def test_escaping_agrees_with_the_sanitiser(text: str) -> None:
    html = f"<p>a{escape(text)}</p>"
    assert sanitise(html) == html
