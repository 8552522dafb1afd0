"""`polyarena rank`, run as the command runs."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kit.command import Ran, command
from polyarena.rating import POINTS, BradleyTerry, Comparisons

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
FIRST = ["model", "rating", "lower", "upper", "rank", "votes"]

Rank = Callable[..., Ran]


@pytest.fixture
def rank(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Rank:
    """Run `polyarena rank` with these arguments: exit code, output, errors."""
    monkeypatch.setenv("COLUMNS", "140")
    return partial(command(monkeypatch, capsys), "rank")


@pytest.fixture
def shared_data() -> Path:
    """The folder of real votes and golden results."""
    if not DATA.is_dir():
        pytest.skip(f"the reference votes are not on this machine: {DATA} is not a directory")
    return DATA


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    """600 votes of 12 voters on four models, the first the best; [m1] looks like markup."""
    rng = np.random.default_rng(5)
    rows = ["left,right,winner,worker,language,words_left,words_right,bold_left,bold_right"]
    for place in range(600):
        a, b = rng.permutation(4)[:2]
        words = rng.integers(10, 200, size=2)
        edge = 0.4 * (b - a) + 0.8 * (words[0] - words[1]) / words.sum() + 0.2
        draw = rng.random()
        won = (
            "tie" if draw < 0.2 else "left" if rng.random() < 1 / (1 + math.exp(-edge)) else "right"
        )
        language = ("en", "de")[place % 2]
        bold = rng.integers(0, 3, size=2)
        cells = [f"[m{a + 1}]", f"[m{b + 1}]", won, place % 12, language, *words, *bold]
        rows.append(",".join(map(str, cells)))
    path = tmp_path / "votes.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def boards(ran: Ran) -> list[dict[str, Any]]:
    code, out, err = ran
    assert code == 0, err
    found: list[dict[str, Any]] = json.loads(out)["boards"]
    return found


def of(board: dict[str, Any], field: str = "rating") -> dict[str, Any]:
    return {model["model"]: model[field] for model in board["models"]}


def test_the_table_says_who_leads_and_what_was_read(rank: Rank, votes: Path) -> None:
    code, out, err = rank(votes)
    assert (code, err) == (0, "")
    assert "All votes: 600 votes, bradley-terry" in out
    assert "95% interval" in out
    assert re.search(r"│ +1 │ +1(–\d)? │ \[m1\] +│ 1\d{3}\.\d │ [\d.]+ – [\d.]+ │ +\d{3} │", out)
    assert "columns: models from left and right, the winner from winner" in out


def test_csv_and_json_hold_the_engines_ratings(rank: Rank, votes: Path) -> None:
    rows = list(csv.DictReader(votes.read_text().splitlines()))
    label = {"left": "a", "right": "b", "tie": "tie"}
    fitted = BradleyTerry().fit(
        Comparisons.from_names(
            [row["left"] for row in rows],
            [row["right"] for row in rows],
            [label[row["winner"]] for row in rows],
            voter=[row["worker"] for row in rows],
        )
    )
    (board,) = boards(rank(votes, "--json"))
    for field in ("rating", "lower", "upper", "votes", "rank"):
        expected = dict(zip(fitted.names, getattr(fitted, field).tolist(), strict=True))
        assert of(board, field) == pytest.approx(expected)
    code, out, err = rank(votes, "--csv")
    table = list(csv.reader(io.StringIO(out)))
    assert code == 0
    assert "columns: models from left" in err
    assert table[0][:6] == FIRST
    assert list(board["models"][0])[:6] == FIRST
    assert [row[0] for row in table[1:]] == ["[m1]", "[m2]", "[m3]", "[m4]"]
    assert float(table[1][1]) == pytest.approx(board["models"][0]["rating"])


def test_style_and_position_are_held_constant(rank: Rank, votes: Path) -> None:
    (board,) = boards(rank(votes, "--style", "--position", "--json"))
    effects = {one["name"]: one for one in board["effects"]}
    assert list(effects) == ["words", "bold", "position"]
    assert effects["words"]["lower"] > 0
    assert board["system"] == "contextual"
    (board,) = boards(rank(votes, "--feature", "words", "--json"))
    assert [one["name"] for one in board["effects"]] == ["words"]
    code, out, _ = rank(votes, "--position")
    assert code == 0
    assert "Effects in log-odds" in out


def test_the_anchor_has_its_rating(rank: Rank, votes: Path) -> None:
    (plain,) = boards(rank(votes, "--json"))
    (anchored,) = boards(rank(votes, "--anchor", "[m3]=1500", "--json"))
    shift = 1500 - of(plain)["[m3]"]
    expected = {model: rating + shift for model, rating in of(plain).items()}
    assert of(anchored) == pytest.approx(expected)
    assert of(boards(rank(votes, "--anchor", "[m2]", "--json"))[0])["[m2]"] == 1000
    code, _, err = rank(votes, "--anchor", "[m9]")
    assert code == 1
    assert "the anchor '[m9]' is not among the models; there is '[m" in err


@pytest.mark.parametrize(
    ("given", "system"),
    [
        (("--ties", "drop"), "bradley-terry"),
        (("--ties", "davidson"), "davidson"),
        (("--system", "rao-kupper"), "rao-kupper"),
        (("--system", "elo"), "elo"),
        (("--bootstrap", "60"), "bradley-terry"),
        (("--ties", "davidson", "--bootstrap", "40"), "davidson"),
        (("--prior", "2"), "bradley-terry"),
        (("--level", "0.5"), "bradley-terry"),
    ],
)
def test_every_system_finds_the_same_leader(
    given: tuple[str, ...], system: str, rank: Rank, votes: Path
) -> None:
    (board,) = boards(rank(votes, *given, "--json"))
    (plain,) = boards(rank(votes, "--json"))
    assert board["system"] == system
    assert board["models"][0]["model"] == "[m1]"
    leader = board["models"][0]
    assert leader["rank"] == 1
    if system == "elo":
        assert leader["lower"] is None
    else:
        assert leader["lower"] < leader["rating"] < leader["upper"]
        assert leader["upper"] != plain["models"][0]["upper"]


def test_a_board_for_each_category(rank: Rank, votes: Path) -> None:
    found = boards(rank(votes, "--category", "language", "--json"))
    assert [board["category"] for board in found] == [None, "de", "en"]
    assert [board["votes"] for board in found] == [600, 300, 300]
    (english,) = boards(rank(votes, "--where", "language=EN", "--json"))
    assert of(found[2]) == pytest.approx(of(english))
    table = list(csv.DictReader(io.StringIO(rank(votes, "--category", "language", "--csv")[1])))
    assert [row["category"] for row in table] == [""] * 4 + ["de"] * 4 + ["en"] * 4


def test_a_category_that_cannot_be_rated_says_so(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("a,b,winner,tag\nP,Q,a,x\nP,Q,b,x\nQ,R,a,x\nR,Q,a,x\nP,Q,tie,y\n")
    found = boards(rank(path, "--category", "tag", "--ties", "drop", "--anchor", "R=900", "--json"))
    assert of(found[0])["R"] == 900
    assert found[2]["models"] == []
    assert any(note.startswith("not rated") for note in found[2]["notes"])
    assert any(note.startswith("anchor: R has no votes here") for note in found[2]["notes"])


def test_models_with_few_votes_are_set_apart(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = ["P,Q,a", "P,Q,b", "P,Q,a"] * 10 + ["R,P,a", "R,Q,b"]
    path.write_text("\n".join(["model_a,model_b,winner", *rows]))
    (board,) = boards(rank(path, "--min-votes", "5", "--json"))
    assert of(board, "rank") == {"P": 1, "Q": 1, "R": None}
    assert board["models"][-1]["preliminary"] is True
    assert "preliminary: 1 models have fewer than 5 votes" in board["notes"]


def test_what_votes_do_not_determine_has_no_number(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = ["P,Q,a", "Q,P,a", "R,S,a", "S,R,a", "T,P,a"]
    path.write_text("\n".join(["model_a,model_b,winner", *rows]))
    (board,) = boards(rank(path, "--json"))
    assert of(board)["T"] is None
    assert of(board, "group")["P"] != of(board, "group")["R"]
    code, out, _ = rank(path)
    assert code == 0
    assert "group" in out
    assert "disconnected" in out


@pytest.mark.parametrize(
    "given",
    [
        ("--json", "--csv"),
        ("--plot", "x.pdf"),
        ("--level", "1"),
        ("--level", "0.99", "--bootstrap", "100"),
        ("--bootstrap", "5"),
        ("--bootstrap", "100", "--position"),
        ("--style", "--system", "davidson"),
        ("--ties", "davidson", "--system", "rao-kupper"),
        ("--ties", "drop", "--system", "elo"),
        ("--system", "contextual"),
        ("--system", "elo", "--anchor", "P"),
        ("--prior", "1", "--ties", "davidson"),
        ("--where", "language"),
        ("--label", "x=c"),
        ("--a", "left"),
        ("--ties", "third"),
        ("--min-votes", "-1"),
    ],
)
def test_options_that_make_no_sense_are_usage_errors(
    given: tuple[str, ...], rank: Rank, votes: Path
) -> None:
    code, out, err = rank(votes, *given)
    assert (code, out) == (2, "")
    assert "Traceback" not in err


def test_bad_votes_are_one_line_and_exit_1(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("a,b,winner\nP,P,a\nP,Q,both?\nP,Q,a\nQ,P,a\n")
    code, out, err = rank(path)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "a model against itself in 1 row (1); an unknown winner 'both?' in 1 row (2)" in err
    (board,) = boards(rank(path, "--skip-bad", "--json"))
    assert board["votes"] == 2
    assert sum(note.startswith("skipped: ") for note in board["notes"]) == 2
    (board,) = boards(
        rank(path, "--where", "a=P", "--where", "b=Q", "--label", "both?=b", "--json")
    )
    assert board["votes"] == 2
    assert rank(tmp_path / "none.csv")[0] == 1
    path.write_text("a,b,winner\nP,Q,tie\n")
    code, _, err = rank(path, "--ties", "drop")
    assert code == 1
    assert "these votes cannot be rated: no votes are left" in err


def test_too_many_categories_are_none(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = [f"P,Q,{'ab'[i % 2]},{i}" for i in range(300)]
    path.write_text("\n".join(["model_a,model_b,winner,id", *rows]))
    code, _, err = rank(path, "--category", "id")
    assert code == 1
    assert "holds 300 different values" in err


EVIL = ["<script>alert(1)</script>", "=HYPERLINK(1)", "\x1b[31mred & \u202eback"]


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    path = tmp_path / "evil.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model_a", "model_b", "winner", "tag"])
        for place in range(30):
            a, b = EVIL[place % 3], EVIL[(place + 1) % 3]
            writer.writerow([a, b, "ab"[place % 2], "</svg><b>"])
    return path


def test_names_from_a_file_steer_nothing(rank: Rank, evil: Path) -> None:
    out = rank(evil)[1]
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\n'=HYPERLINK(1)," in rank(evil, "--csv")[1]


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


def test_the_crowds_ratings_are_the_golden_ones(rank: Rank, shared_data: Path) -> None:
    for dataset, file in (("llmfao", "llmfao_crowd.csv"), ("food", "evalica_food.csv")):
        with (shared_data / f"evalica_{dataset}-golden.csv").open(newline="") as golden:
            rows = [row for row in csv.DictReader(golden) if row["algorithm"] == "bradley_terry"]
        scores = {row["item"]: math.log(float(row["score"])) * POINTS for row in rows}
        mean = sum(scores.values()) / len(scores)
        (board,) = boards(rank(shared_data / file, "--json"))
        expected = {name: 1000 + score - mean for name, score in scores.items()}
        assert of(board) == pytest.approx(expected, abs=1e-8)


def test_style_of_the_crowd_and_of_judges(rank: Rank, shared_data: Path) -> None:
    for name, count in (("crowd", 8931), ("gpt3", 3236), ("gpt4", 3236)):
        (board,) = boards(rank(shared_data / f"llmfao_{name}_style.csv", "--style", "--json"))
        assert board["votes"] == count
        assert [one["name"] for one in board["effects"]] == ["words", "headers", "lists", "bold"]
        assert all(one["lower"] < one["value"] < one["upper"] for one in board["effects"])
    (plain,) = boards(rank(shared_data / "llmfao_crowd.csv", "--json"))
    (same,) = boards(rank(shared_data / "llmfao_crowd_style.csv", "--json"))
    assert of(plain) == of(same)


def test_the_guides_examples_work(
    rank: Rank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = (ROOT / "docs" / "ranking.md").read_text()
    monkeypatch.chdir(tmp_path)
    (sample,) = re.findall(r"```csv\n(.*?)```", guide, re.DOTALL)
    Path("votes.csv").write_text(sample)
    (commands,) = re.findall(r"```console\n(.*?)```", guide, re.DOTALL)
    lines = commands.splitlines()
    assert len(lines) > 5
    for line in lines:
        words = line.replace("''", "\0").split()
        assert words[:2] == ["polyarena", "rank"]
        code, out, err = rank(*(word.replace("\0", "") for word in words[2:]))
        assert code == 0, f"{line}: {err}"
        assert "Kestrel" in out


def test_the_command_line_starts_without_the_engine() -> None:
    code = (
        "import sys, polyarena.cli.main\n"
        "heavy = {'numpy', 'scipy', 'pyarrow', 'sqlalchemy', 'fastapi'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
