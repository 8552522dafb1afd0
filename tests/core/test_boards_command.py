"""`polyarena boards`: snapshots from the command line."""

from __future__ import annotations

from pathlib import Path

from kit.process import polyarena

HEADER = "model_a,model_b,winner,voter\n"


def test_snapshots_are_taken_listed_and_checked(tmp_path: Path) -> None:
    env = {"POLYARENA_DATA": str(tmp_path / "data"), "POLYARENA_DEMO": "false"}
    lines = [f"Alpha,Beta,{'model_a' if n % 3 else 'model_b'},v{n}" for n in range(40)]
    votes = tmp_path / "votes.csv"
    votes.write_text(HEADER + "\n".join(lines) + "\n")
    done = polyarena("votes", "import", str(votes), "--arena", "text", "--yes", env=env)
    assert done.returncode == 0, done.stderr

    taken = polyarena("boards", "snapshot", "text", "--points", "2", env=env)
    assert "Stored 2 snapshot(s)." in taken.stdout
    listed = polyarena("boards", "list", "text", env=env).stdout.splitlines()
    assert [line.split("\t")[1] for line in listed] == ["20 votes", "40 votes"]
    checked = polyarena("boards", "check", "text", env=env)
    assert checked.returncode == 0
    assert "2 of 2 snapshot(s)" in checked.stdout
    unknown = polyarena("boards", "check", "none", env=env)
    assert unknown.returncode == 1
    assert "There is no arena" in unknown.stderr
