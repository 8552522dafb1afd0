"""Highlighted code and its style sheet."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyarena_frontend.highlight import LANGUAGES, MAX_CODE, MAX_LINE, highlight, stylesheet
from polyarena_frontend.sanitise import sanitise

CODE = 'def f(x):\n    # say "é" & go\n    return [1, "<b>", x.y]\n\n<a b="c">$d</a>\n'


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_character_of_the_code_is_lost(language: str) -> None:
    html = highlight(CODE, language)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == CODE
    assert sanitise(f'<pre tabindex="0">{html}</pre>') == f'<pre tabindex="0">{html}</pre>'


@given(st.text(), st.sampled_from(["python", "html", "php", "bash", "json", "nosuch", ""]))
@settings(deadline=None)
def test_any_code_is_escaped(code: str, language: str) -> None:
    assert not re.search(r"<(?!/?span)", highlight(code, language))


def test_long_code_stays_plain() -> None:
    assert "<span" in highlight("x = 1\n" * 100, "python")
    assert "<span" not in highlight("if 1\n" * MAX_CODE, "python")
    assert "<span" not in highlight("if 1" + " " * MAX_LINE, "python")


def test_a_lexer_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("polyarena_frontend.highlight.MAX_SECONDS", -1.0)
    assert highlight("if 1 < 2: pass", "python") == "if 1 &lt; 2: pass"


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", range(4))
def test_every_colour_can_be_read(theme: int) -> None:
    line = [line for line in stylesheet().splitlines() if "--code-paper:" in line][theme]
    colours = dict(re.findall(r"--code-(\w+): (#[0-9a-f]{6})", line))
    paper = colours.pop("paper")
    assert len(colours) > 10
    assert all(contrast(colour, paper) >= 4.5 for colour in colours.values())


def test_every_class_has_its_rule() -> None:
    css = stylesheet()
    used = set(re.findall(r'class="(\w+)"', "".join(highlight(CODE, name) for name in LANGUAGES)))
    assert used <= set(re.findall(r"figure\.code \.(\w+) ", css))


def test_the_module_prints_the_style_sheet() -> None:
    command = [sys.executable, "-m", "polyarena_frontend.highlight"]
    assert (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout == stylesheet()
    )
