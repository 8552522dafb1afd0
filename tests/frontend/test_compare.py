"""Two programs side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from html_safety import assert_harmless
from polyarena.content import Code
from polyarena_frontend.compare import LINES, Comparison, compare

PROGRAMS = st.text(alphabet=st.sampled_from("ab<&>\"'\n\r\t\x1b[1m\u2028\x0c#"), max_size=60)


def code(text: str, name: str = "main.py", language: str = "") -> Code:
    return Code(text=text, language=language, filename=name)


def of(left: str, right: str) -> Comparison:
    (found,) = compare([code(left)], [code(right)])
    return found


def kinds(found: Comparison) -> list[str]:
    return [row.kind for row in found.rows]


def test_lines_stand_beside_their_like() -> None:
    found = of("one\ntwo\nthree\nlast", "one\nTWO\nlast\nmore\n")

    assert kinds(found) == ["same", "changed", "left", "same", "right"]
    numbers = [(row.left_number, row.right_number) for row in found.rows]
    assert numbers == [(1, 1), (2, 2), (3, None), (4, 3), (None, 4)]
    assert found.rows[1].left == "two"
    assert found.rows[1].right == "TWO"
    assert found.rows[2].right is None
    assert not found.same


def test_what_ends_a_line_is_no_difference() -> None:
    assert of("a  \r\nb\r\n", "a\nb").same
    assert of("", "").rows == ()


def test_files_meet_by_name_and_the_rest_in_order() -> None:
    left = [code("1", "main.py"), code("2", "extra.py"), code("3", "same.py")]
    right = [code("3", "same.py"), code("1", "solution.py")]
    found = compare(left, right)

    assert [(one.left, one.right) for one in found] == [
        ("main.py", "solution.py"), ("extra.py", ""), ("same.py", "same.py"),
    ]  # fmt: skip
    assert [one.same for one in found] == [True, False, True]
    assert [(one.left, one.right) for one in compare([], right)] == [
        ("", "same.py"), ("", "solution.py"),
    ]  # fmt: skip
    assert compare([], []) == ()


def test_code_is_highlighted_line_by_line() -> None:
    text = 'x = """one\ntwo"""\n'
    (found,) = compare([code(text, language="python")], [code("y", language="none")])
    lines = [str(row.left) for row in found.rows]

    assert lines == ['x = <span class="s">"""one</span>', '<span class="s">two"""</span>']


@pytest.mark.parametrize("files", [1, 3])
def test_long_files_are_cut_and_say_so(files: int) -> None:
    text = "\n".join(map(str, range(LINES)))
    left = [code(text, f"{number}.py") for number in range(files)]
    found = compare(left, left)

    assert sum(len(one.rows) for one in found) == LINES
    assert [one.cut for one in found] == [False] + [True] * (files - 1)
    assert of(text + "\nmore", text).cut


@given(PROGRAMS, PROGRAMS)
def test_every_line_is_shown_once_and_breaks_out_of_nothing(left: str, right: str) -> None:
    (found,) = compare([code(left, language="python")], [code(right, language="html")])
    for numbers in (
        [row.left_number for row in found.rows if row.left_number],
        [row.right_number for row in found.rows if row.right_number],
    ):
        assert numbers == list(range(1, len(numbers) + 1))
    for row in found.rows:
        for shown in (row.left, row.right):
            html = str(shown or "")
            assert_harmless(html)
            assert html.count("<span") == html.count("</span>")
            assert "\n" not in html
