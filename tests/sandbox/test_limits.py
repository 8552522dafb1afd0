"""The sandbox's options."""

from __future__ import annotations

import pytest

from polyarena import ConfigError
from polyarena_sandbox.limits import Limits, warm_bytes


def test_nothing_need_be_set() -> None:
    limits = Limits.read({})
    assert (limits.seconds, limits.compile_seconds) == (10, 60)
    assert limits.memory == 512_000_000
    assert limits.running >= 1
    assert limits.warm_memory > sum(n * warm_bytes(image) for image, n in limits.warm.items())


@pytest.mark.parametrize("text", ["64MB", "64_000_000", 64_000_000, "64000KB"])
def test_sizes_may_be_written_with_units(text: object) -> None:
    assert Limits.read({"disk": text}).disk == 64_000_000


def test_what_a_container_is_told_follows_from_the_options() -> None:
    bounds = Limits.read({"output": "2MB", "files": 3, "file": "1MB", "disk": "8MB"}).bounds
    assert (bounds.output_bytes, bounds.files, bounds.file_bytes) == (2_000_000, 3, 1_000_000)
    assert bounds.file_size == 8_000_000


def test_images_that_build_and_show_apps_have_limits_of_their_own() -> None:
    limits = Limits.read({"seconds": 5, "images": {"web": {"memory": "2GB"}, "go": {"cpus": 2}}})
    assert limits.of("python") == limits
    assert (limits.of("web").memory, limits.of("browser").memory) == (2_000_000_000, 1_000_000_000)
    assert (limits.of("web").seconds, limits.of("go").seconds) == (30, 5)
    assert (limits.of("go").cpus, limits.of("rust").cpus) == (2, 1)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"second": 3}, "plugins.sandbox.second"),
        ({"seconds": 0}, "plugins.sandbox.seconds"),
        ({"seconds": float("nan")}, "plugins.sandbox.seconds"),
        ({"memory": "a lot"}, "plugins.sandbox.memory"),
        ({"memory": "1MB"}, "plugins.sandbox.memory"),
        ({"processes": 1}, "plugins.sandbox.processes"),
        ({"file": "17MB"}, "plugins.sandbox.file"),
        ({"warm": {"cobol": 1}}, "plugins.sandbox.warm.*'cobol'.*python"),
        ({"warm": {"python": -1}}, "plugins.sandbox.warm"),
        ({"warm": 3}, "plugins.sandbox.warm"),
        ({"images": {"cobol": {}}}, "plugins.sandbox.images.*'cobol'.*python"),
        ({"images": {"web": {"memory": 1}}}, "plugins.sandbox.images.web.memory"),
        ({"images": {"web": {"running": 1}}}, "plugins.sandbox.images.web.running"),
        ({"running": 0}, "plugins.sandbox.running"),
        ({"host": 5}, "plugins.sandbox.host"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        Limits.read(options)
