"""Forest plots."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from .conftest import Rank


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_a_plot_has_every_model_and_runs_nothing(
    kind: str, rank: Rank, evil: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"plot.{kind}"
    code, _, err = rank(evil, "--category", "tag", "--plot", path, "--csv")
    assert code == 0
    assert "Wrote" in err
    text = path.read_text()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    svg = re.search(r"<svg.*</svg>", text, re.DOTALL)
    assert svg is not None
    drawn = ET.fromstring(svg.group())
    marks = [one for one in drawn.iter() if one.tag.endswith("circle")]
    assert len(marks) == 6
    width = float(drawn.attrib["width"])
    assert all(0 < float(mark.attrib["cx"]) < width for mark in marks)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text)
    if kind == "html":
        assert "default-src 'none'" in text
        assert text.count("<table>") == 2


def test_a_plot_as_png(
    rank: Rank, votes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plot.png"
    assert rank(votes, "--plot", path)[0] == 0
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    code, _, err = rank(votes, "--plot", tmp_path / "none" / "plot.svg")
    assert code == 1
    assert "cannot be written" in err
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    code, _, err = rank(votes, "--plot", path)
    assert code == 1
    assert "polyarena[plot]" in err
