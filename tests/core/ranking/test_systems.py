"""Rating systems, what they hold constant, and their scale."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Rank, boards, of


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
