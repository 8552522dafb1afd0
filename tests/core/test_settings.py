"""Settings from file and environment, and errors that name the setting."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from polyarena import ConfigError, ModelState
from polyarena.settings import Settings

Write = Callable[[str], Path]


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Write:
    path = tmp_path / "arena.toml"
    monkeypatch.setenv("POLYARENA_CONFIG", str(path))

    def write(text: str) -> Path:
        path.write_text(text)
        return path

    return write


def test_defaults_need_no_file(config: Write) -> None:
    settings = Settings.load()
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, True)
    assert settings.options("text") == {}
    assert settings.database.endswith("/data/polyarena.db")


def test_the_file_is_read(config: Write) -> None:
    config(
        """
        title = "Owls"
        disabled_plugins = ["demo"]
        [limits]
        hook = 0.5
        [leaderboards]
        minimum_votes = 12
        snapshot_every_votes = 1000
        snapshot_every_seconds = 600
        [plugins.guard]
        words = ["spam"]
        [[models]]
        name = "kestrel"
        config = { base_url = "http://localhost:1", model = "kestrel-7b" }
        state = "private"
        arenas = { text = 2.0 }
        [[models]]
        name = "merlin"
        provider = "replay"
        """
    )
    settings = Settings.load()
    assert (settings.title, settings.limits.hook, settings.limits.total) == ("Owls", 0.5, 600)
    boards = settings.leaderboards
    assert (boards.minimum_votes, boards.snapshot_every_votes) == (12, 1000)
    assert (boards.snapshot_every_seconds, boards.snapshot_pause_seconds) == (600, 60)
    assert settings.disabled_plugins == {"demo"}
    assert settings.options("guard") == {"words": ["spam"]}
    kestrel, merlin = settings.models
    assert (kestrel.provider, merlin.provider) == ("openai", "replay")
    assert (kestrel.state, kestrel.weight_in("text")) == (ModelState.PRIVATE, 2.0)


def test_what_is_given_wins_over_the_environment_and_that_over_the_file(
    config: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    config('title = "File"\nport = 1\nhost = "file"\n[limits]\nhook = 1\ntotal = 7')
    monkeypatch.setenv("POLYARENA_PORT", "2")
    monkeypatch.setenv("POLYARENA_HOST", "environment")
    monkeypatch.setenv("POLYARENA_LIMITS__HOOK", "2.5")
    monkeypatch.setenv("POLYARENA_PLUGINS__GUARD__LEVEL", "high")
    settings = Settings.load(host="given")
    assert (settings.title, settings.port, settings.host) == ("File", 2, "given")
    assert (settings.limits.hook, settings.limits.total) == (2.5, 7)
    assert dict(settings.options("guard")) == {"level": "high"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("port = 70000", "port: "),
        ('port = "many"', "port: "),
        ("prot = 1", "prot: "),
        ("[limits]\nhook = 0", r"limits\.hook: "),
        ("[limits]\nhok = 1", r"limits\.hok: "),
        ("[leaderboards]\nminimum_votes = 0", r"leaderboards\.minimum_votes: "),
        ("[leaderboards]\nminimum_vote = 9", r"leaderboards\.minimum_vote: "),
        ("[leaderboards]\nlive_votes = -1", r"leaderboards\.live_votes: "),
        ("[leaderboards]\nbackground_share = 5", r"leaderboards\.background_share: "),
        ("[leaderboards]\ncheck_every_seconds = 0", r"leaderboards\.check_every_seconds: "),
        ("[leaderboards]\nsnapshot_every_votes = 1.5", r"leaderboards\.snapshot_every_votes: "),
        ("[leaderboards]\nsnapshot_every_share = nan", r"leaderboards\.snapshot_every_share: "),
        ("[leaderboards]\nsnapshot_every_seconds = inf", r"leaderboards\.snapshot_every_seconds"),
        ("[leaderboards]\nsnapshot_every_seconds = 9", r"leaderboards: .*pause_seconds \(60\)"),
        ("[images]\nworkers = 0", r"images\.workers: "),
        ("[images]\nmemory = 5", r"images\.memory: "),
        ("[images]\nwidth = 5", r"images\.width: "),
        ('[[models]]\nname = "a"\nweight = -1', r"models\.0\.weight: "),
        ('[[models]]\nname = "a/b"', r"models\.0\.name: "),
        ('[[models]]\nname = "a"\napi_key = "sk-1"', r"models\.0\.api_key: "),
        ("plugins = 3", "plugins: "),
        ("models = 3", "models: "),
        ("port =", "is not valid TOML"),
    ],
)
def test_an_error_in_the_file_names_the_setting(config: Write, text: str, names: str) -> None:
    path = config(text)
    with pytest.raises(ConfigError, match=names) as error:
        Settings.load()
    assert str(path) in str(error.value)
    assert "sk-1" not in str(error.value)


@pytest.mark.parametrize(
    ("variable", "value", "names"),
    [
        ("POLYARENA_PORT", "many", "port: "),
        ("POLYARENA_DISABLED_PLUGINS", "demo", "disabled_plugins"),
        ("POLYARENA_LIMITS__HOOK", "-1", r"limits\.hook: "),
        ("POLYARENA_LEADERBOARDS__MINIMUM_VOTES", "few", r"leaderboards\.minimum_votes: "),
        ("POLYARENA_MODELS", "[{", "models"),
    ],
)
def test_an_error_in_the_environment_names_the_setting(
    config: Write, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, names: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=names):
        Settings.load()


def test_a_file_that_is_no_text_is_named(config: Write) -> None:
    path = config("")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"arena\.toml cannot be read"):
        Settings.load()


def test_the_secret_is_made_once_and_only_the_owner_may_read_it(
    config: Write, tmp_path: Path
) -> None:
    settings = Settings.load(data=tmp_path / "data")
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(settings.secret())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found[0]) == 64
    [path] = settings.data.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Settings.load(data=tmp_path / "data").secret() == found[0]


def test_an_empty_secret_is_not_used(config: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n")
    with pytest.raises(ConfigError, match="holds no key"):
        Settings.load(data=tmp_path).secret()
