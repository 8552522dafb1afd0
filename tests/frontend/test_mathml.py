"""Formulas as MathML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyarena_frontend.mathml import MAX_FORMULA, math_html
from polyarena_frontend.plaintext import clean_text
from polyarena_frontend.sanitise import sanitise

LATEX = st.lists(
    st.sampled_from(
        [
            *r"{}[]()^_&%$#~'\ ab12+<>",
            *[r"\frac", r"\sqrt", r"\left(", r"\right)", r"\begin{matrix}", r"\end{matrix}", r"\\"],
            *[r"\text{", r"\hspace{", "999em", r"\color{red}", r"\href{", "<script>", r"\sum"],
        ]
    )
).map("".join)


@given(LATEX | st.text().map(clean_text))
@settings(deadline=None)
def test_any_formula_gives_clean_html(latex: str) -> None:
    html = sanitise(math_html(latex, True))
    assert html.startswith(("<math ", '<code class="math-source">'))
    assert "<script" not in html
    assert "href=" not in html.replace(latex, "")
    assert sanitise(html) == html


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{a}{b}",
        r"\begin{bmatrix}1&2\\3&4\end{bmatrix}",
        r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt\pi}{2}",
        r"a < b \text{ & } c",
    ],
)
def test_usual_formulas_are_typeset(latex: str) -> None:
    html = math_html(latex, False)
    assert html.startswith("<math ")
    assert sanitise(html) == html.replace("\xa0", "&nbsp;")


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{a",
        r"a}",
        r"\begin{matrix}",
        r"\left(",
        "{" * 3_000 + "}" * 3_000,
        "x" * (MAX_FORMULA + 1),
        r"\newcommand{\a}{\b\b}\a",
    ],
)
def test_what_cannot_be_typeset_shows_its_source(latex: str) -> None:
    assert math_html(latex, False) == f'<code class="math-source">{latex}</code>'


def test_lengths_that_leave_the_line_are_dropped() -> None:
    assert "9999" not in math_html(r"\hspace{9999px}x", False).partition(">")[2]
    assert 'width="2em"' in math_html(r"\hspace{2em}x", False)
