"""The images themselves: their names, and what is in them and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docker import DockerClient

import polyarena_sandbox
from kit.in_images import engine, in_image
from polyarena_sandbox.images import IMAGES, build, is_built, tag
from polyarena_sandbox.recipes import RECIPES

FOLDER = Path(polyarena_sandbox.__file__).parent / "images"

real = pytest.mark.docker


@pytest.fixture(scope="module")
def client() -> Iterator[DockerClient]:
    with engine() as made:
        yield made


def test_the_warden_is_built_in_the_same_first_stages_and_added_last() -> None:
    """So it is built once for all, and a change of it leaves what is large as it is."""
    texts = [(FOLDER / image / "Dockerfile").read_text() for image in IMAGES]
    assert len({tuple(text.split("\n\n")[:2]) for text in texts}) == 1
    assert len({text[text.index("COPY --from=warden") :] for text in texts}) == 1


def test_no_image_names_where_its_packages_are_to_be_had() -> None:
    for path in filter(Path.is_file, FOLDER.rglob("*")):
        assert not re.search(r"\bhttps?:|\bregistry\.|index-url", path.read_text()), path


def test_a_tag_is_the_images_name_and_a_hash() -> None:
    tags = [tag(image) for image in IMAGES]
    assert all(re.fullmatch(r"polyarena-sandbox-[a-z]+:[0-9a-f]{12}", each) for each in tags)
    assert len({each.partition(":")[2] for each in tags}) == len(IMAGES)


@real
@pytest.mark.parametrize("image", IMAGES)
def test_an_image_gives_nobody_any_privilege(client: DockerClient, image: str) -> None:
    assert is_built(client, image)
    config = client.api.inspect_image(tag(image))["Config"]
    assert config["Entrypoint"] == ["/usr/local/bin/warden"]
    assert (config["User"], config["WorkingDir"]) == ("65534:65534", "/work")
    script = "find / -xdev -type f -perm /6000 2>/dev/null; stat -c '%a %U' /work; ls -A /work"
    assert in_image(image, f"({script}) || true") == "1777 root\n"


@real
@pytest.mark.parametrize("image", IMAGES)
def test_an_image_holds_no_caches_and_nothing_that_installs_for_python(
    client: DockerClient, image: str
) -> None:
    script = "ls -A /var/lib/apt/lists /var/cache/apt; which pip pip3 npm || true"
    assert in_image(image, script).split() == ["/var/cache/apt:", "/var/lib/apt/lists:"]


@real
@pytest.mark.parametrize(
    ("language", "script", "pattern"),
    [
        ("python", "python -V", r"Python {}\."),
        ("javascript", "echo Node.js $(node -v | tr -d v)", r"{}\."),
        ("typescript", "tsc -v", r"Version {}\."),
        ("go", "go version", r"go version go{}\."),
        ("java", "javac -version; java -version 2>&1", r'javac {0}\.[^"]*"{0}\.'),
        ("bash", "bash --version", r"GNU bash, version {}\."),
        ("sql", "sqlite3 --version", r"{}\."),
    ],
)
def test_a_languages_version_is_what_its_image_has(
    client: DockerClient, language: str, script: str, pattern: str
) -> None:
    recipe = RECIPES[language]
    version = re.escape(recipe.language.version)
    assert re.match(pattern.format(version), in_image(recipe.image, script))


@real
def test_rust_is_at_least_of_its_version(client: DockerClient) -> None:
    """Debian moves it within a release."""
    has = in_image("rust", "rustc --version").split()[1].split(".")
    assert [int(n) for n in has[:2]] >= [
        int(n) for n in RECIPES["rust"].language.version.split(".")
    ]


@real
def test_an_older_version_of_an_image_goes_when_the_new_one_is_there(client: DockerClient) -> None:
    older, other = "polyarena-sandbox-shell:000000000000", "polyarena-sandbox-shells:1"
    for name in (older, other):
        client.images.get(tag("shell")).tag(*name.split(":"))
    try:
        lines: list[str] = []
        build(client, "shell", lines.append)
        left = {name for image in client.images.list() for name in image.tags}
        assert {older, other, tag("shell"), tag("python")} & left == {
            other,
            tag("shell"),
            tag("python"),
        }
        assert re.fullmatch(r"shell: .*, \d+ MB", lines[-1])
    finally:
        client.images.remove(other)
