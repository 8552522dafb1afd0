"""The command line, run as a person runs it."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.pictures import drawing, encoded
from kit.process import polyarena, server_process


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"POLYARENA_DATA": str(tmp_path / "data"), "NO_COLOR": "1", "COLUMNS": "200"}


def add(env: dict[str, str], name: str, *more: str) -> subprocess.CompletedProcess[str]:
    where = ("--base-url", "http://127.0.0.1:9/v1", "--model", "tiny")
    return polyarena("models", "add", name, *where, *more, env=env)


def roster(env: dict[str, str]) -> dict[str, dict[str, Any]]:
    listed = polyarena("models", "list", "--json", env=env)
    assert listed.returncode == 0, listed.stderr
    models = [json.loads(line) for line in listed.stdout.splitlines()]
    return {model["name"]: model for model in models}


def test_a_model_is_added_listed_changed_and_removed(env: dict[str, str]) -> None:
    takes = ("--capability", "image", "--picture", "side=800", "--picture", "types=image/jpeg")
    added = add(env, "Tiny", "--organization", "Us", "--parameter", "temperature=0.5", *takes)
    assert added.returncode == 0, added.stderr
    tiny = roster(env)["Tiny"]
    assert {"side": 800, "types": ["image/jpeg"]}.items() <= tiny["pictures"].items()
    assert tiny["organization"] == "Us"
    assert tiny["parameters"] == {"temperature": 0.5}
    assert polyarena("models", "set-state", "Tiny", "private", env=env).returncode == 0
    assert roster(env)["Tiny"]["state"] == "private"
    assert polyarena("models", "remove", "Tiny", env=env).returncode == 0
    assert "Tiny" not in roster(env)
    assert "Tiny" not in polyarena("models", "list", env=env).stdout


def test_every_command_takes_the_data_directory_of_a_server(
    env: dict[str, str], tmp_path: Path
) -> None:
    there = ("--data", str(tmp_path / "elsewhere"))
    where = ("--base-url", "http://127.0.0.1:9/v1", "--model", "tiny")
    assert polyarena(*there, "models", "add", "Tiny", *where, env=env).returncode == 0
    assert "Tiny" not in roster(env)
    listed = polyarena(*there, "models", "list", env=env)
    assert "Tiny" in listed.stdout, listed.stderr
    with server_process(tmp_path / "elsewhere") as served:
        assert "Tiny" in httpx.get(f"{served.url}/api/v1/models").text
    assert "sandbox" in polyarena(*there, "sandbox", "--help", env=env).stdout


def test_the_roster_survives_other_commands(env: dict[str, str]) -> None:
    add(env, "Tiny")
    polyarena("models", "set-state", "Demo Poet", "withdrawn", env=env)
    add(env, "Other")
    states = {name: model["state"] for name, model in roster(env).items()}
    assert states["Tiny"] == states["Other"] == "listed"
    assert states["Demo Poet"] == "withdrawn"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("models", "remove", "Nobody"), "no model named 'Nobody'"),
        (("models", "set-state", "Nobody", "listed"), "no model named 'Nobody'"),
        (("models", "test", "Nobody"), "no model named 'Nobody'"),
        (("plugins", "show", "nothing"), "nothing"),
        (("tokens", "revoke", "nothing"), "no valid token"),
        (("models", "discover", "http://127.0.0.1:9"), "unreachable"),
    ],
)
def test_what_is_wrong_is_one_line(
    env: dict[str, str], arguments: tuple[str, ...], says: str
) -> None:
    done = polyarena(*arguments, env=env)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_is_asked_about_a_picture(env: dict[str, str], tmp_path: Path) -> None:
    env["POLYARENA_PLUGINS"] = '{"demo": {"pace": 0}}'
    picture = tmp_path / "picture.png"
    picture.write_bytes(encoded(drawing(2000, 1000), "PNG"))
    asked = ("models", "test", "Demo Terse", "--prompt", "How large is it?", "--image")
    done = polyarena(*asked, str(picture), env=env)
    assert done.stdout == "It is 1600 pixels wide and 800 high.\n", done.stderr
    assert polyarena(*asked, str(tmp_path / "none.png"), env=env).returncode == 2
    picture.write_bytes(b"no picture")
    assert "no picture of a kind" in polyarena(*asked, str(picture), env=env).stderr


def test_painters_are_added_and_tried(env: dict[str, str], tmp_path: Path) -> None:
    env["POLYARENA_PLUGINS"] = '{"demo": {"pace": 0}}'
    api = 'base_url="http://127.0.0.1:9"\nsubmit={path="/j"}\njob="/id"\npoll={path="/j/{job}"}\n'
    table = (
        "[plugins.providers.jobs.apis.ours]\n" + api + 'status="/s"\ndone=["ok"]\npicture="/p"\n'
    )
    (tmp_path / "polyarena.toml").write_text(table)
    env["POLYARENA_CONFIG"] = str(tmp_path / "polyarena.toml")
    can = ("--capability", "text-to-image")
    assert add(env, "Easel", "--provider", "openai-images", *can).returncode == 0
    job = ("models", "add", "Job", "--provider", "jobs", *can, "--config")
    assert polyarena(*job, "api=ours", env=env).returncode == 0
    assert "there are: ours" in polyarena(*job, "api=theirs", env=env).stderr
    assert roster(env)["Job"]["config"] == {"api": "ours"}
    tried = polyarena("models", "test", "Demo Ink", "--prompt", "A red square", env=env)
    assert re.match(r"A picture of [\d,]+ bytes\.", tried.stdout), tried.stderr


def test_bad_values_are_named(env: dict[str, str]) -> None:
    for given, says in (
        (("--link", "javascript:x"), "link"),
        (("--parameter", "hot"), "NAME=VALUE"),
        (("--picture", "side=8"), "pictures.side"),
        (("--picture", "types=image/png"), "pictures.types"),
        (("--provider", "nope"), "no provider named 'nope'"),
        (("--state", "asleep"), "asleep"),
    ):
        done = add(env, "Tiny", *given)
        assert done.returncode != 0
        assert says in done.stderr
    assert add(env, "a/b").returncode != 0


def test_a_key_is_named_and_never_kept(env: dict[str, str], tmp_path: Path) -> None:
    secret = "sk-very-secret"
    done = add({**env, "TINY_KEY": secret}, "Tiny", "--key-env", "TINY_KEY")
    assert done.returncode == 0, done.stderr
    tried = polyarena("models", "test", "Tiny", env={**env, "TINY_KEY": secret})
    assert tried.returncode == 1
    assert "unreachable" in tried.stderr
    assert secret not in done.stdout + done.stderr + tried.stdout + tried.stderr
    for path in (tmp_path / "data").iterdir():
        assert secret.encode() not in path.read_bytes()


def test_a_bad_setting_is_named(env: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "bad.toml"
    config.write_text('prot = 8000\n[[models]]\nname = "x"\nweight = -1\n')
    done = polyarena("models", "list", env={**env, "POLYARENA_CONFIG": str(config)})
    assert done.returncode == 1
    for name in ("prot", "models.0.weight"):
        assert name in done.stderr


def test_a_running_server_sees_changes_and_takes_tokens(
    env: dict[str, str], tmp_path: Path
) -> None:
    env["POLYARENA_PLUGINS"] = '{"demo": {"pace": 0}}'
    data = tmp_path / "data"
    config = tmp_path / "polyarena.toml"
    env["POLYARENA_CONFIG"] = str(config)
    with server_process(data, env) as served:
        polyarena("models", "set-state", "Demo Poet", "withdrawn", env=env)
        config.write_text(
            '[[models]]\nname = "From TOML"\nweight = 0\n'
            'config = {base_url = "http://127.0.0.1:9/v1", model = "m"}\n'
        )
        token = polyarena("tokens", "create", "a script", env=env).stdout.strip()
        headers = {"authorization": f"Bearer {token}"}
        with httpx.Client(base_url=served.url, headers=headers) as client:
            # The server rereads the roster when what it holds is a second old.
            def names() -> set[str]:
                return {model["model"] for model in client.get("/api/v1/models").json()}

            deadline = time.monotonic() + 10
            while "From TOML" not in names() or "Demo Poet" in names():
                assert time.monotonic() < deadline, names()
                time.sleep(0.1)
            battle = begin(client)
            finish(client, battle["id"])
            assert vote(client, battle["id"]).status_code == 200
            listed = polyarena("tokens", "list", env=env).stdout
            assert token not in listed
            polyarena("tokens", "revoke", listed.split()[0], env=env)
            refused = client.get(f"/api/v1/battles/{battle['id']}")
            assert refused.status_code == 403
            assert token not in refused.text


def test_the_ledger_holds_the_roster_from_the_first_day(
    env: dict[str, str], tmp_path: Path
) -> None:
    add(env, "Tiny")
    add(env, "Tiny", "--system", "Be brief.")
    polyarena("models", "remove", "Tiny", env=env)
    with sqlite3.connect(tmp_path / "data" / "polyarena.db") as database:
        rows = database.execute("SELECT kind FROM events WHERE subject LIKE 'Tiny@%' ORDER BY seq")
        kinds = [row[0] for row in rows]
    assert kinds == ["model.added", "model.retired", "model.added", "model.removed"]


def test_a_taken_port_is_said_plainly(env: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = polyarena("serve", "--port", str(taken.getsockname()[1]), env=env)
    assert done.returncode == 1
    assert "cannot listen on 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr
