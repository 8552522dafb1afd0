"""Programs that hand back what is no ordinary file of an ordinary name."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kit.attacks import attack, attacked, besieged
from polyarena.sandbox import Outcome, Result, SourceFile
from polyarena_sandbox.docker_sandbox import DockerSandbox
from polyarena_sandbox.limits import Limits

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

GIVEN = SourceFile("given.txt", b"given")


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[DockerSandbox]:
    async with besieged() as sandbox:
        yield sandbox


async def left_by(sandbox: DockerSandbox, name: str) -> Result:
    """What comes of a program that goes well."""
    step, result = await attacked(sandbox, attack(name, files=[GIVEN]))
    assert step.outcome is Outcome.OK, step.stderr[-300:]
    return result


def reasons(result: Result) -> dict[str, str]:
    """Why files did not come back, by name."""
    return {file.name: file.reason for file in result.omitted}


def names(result: Result) -> list[str]:
    """The names of all files that came back or did not."""
    return [*(file.name for file in result.files), *(file.name for file in result.omitted)]


def is_safe(name: str) -> bool:
    """Whether a name is fit to be shown, stored below a folder, and put into a header."""
    parts = name.split("/")
    return (
        0 < len(name) <= 200
        and name.isprintable()
        and "\\" not in name
        and all(part not in {"", ".", ".."} for part in parts)
    )


async def test_links_do_not_come_back(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "links.py")
    assert [(file.name, file.data) for file in result.files] == [("honest.txt", b"honest")]
    assert reasons(result) == dict.fromkeys(
        (
            *("circle", "endless.bin", "environ.txt", "folder", "given.txt", "here"),
            *("inner/passwd.txt", "one.txt", "passwd.txt", "relative.txt", "two.txt"),
        ),
        "a link",
    )


async def test_names_are_made_fit_to_be_shown(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "names.py")
    assert len(names(result)) == len(set(names(result))) > 20
    assert [name for name in names(result) if not is_safe(name)] == []
    assert all(file.data == b"x" for file in result.files)


async def test_names_of_4000_characters_are_cut(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "long_names.py")
    assert [name for name in names(result) if not is_safe(name)] == []
    assert "in folders too deep" in reasons(result).values()


async def test_two_files_never_come_back_under_one_name(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "twins.py")
    assert len({file.name for file in result.files}) == len(result.files) == 2
    assert set(reasons(result).values()) == {"another file's name reads the same"}


async def test_pipes_sockets_and_devices_do_not_come_back(sandbox: DockerSandbox) -> None:
    step, result = await attacked(sandbox, attack("special.py", files=[GIVEN]))
    assert (step.outcome, step.stdout) == (Outcome.OK, b"")
    assert [file.name for file in result.files] == ["setuid.sh"]
    assert reasons(result) == dict.fromkeys(
        ("given.txt", "inner/pipe.csv", "pipe.txt", "socket.txt"), "not an ordinary file"
    )


async def test_what_cannot_be_read_does_not_come_back(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "unreadable.py")
    assert [file.name for file in result.files] == ["honest.txt"]
    assert reasons(result) == dict.fromkeys(("file.txt", "folder"), "not readable")


async def test_no_more_comes_back_than_may(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "too_large.py")
    assert len(result.files) == Limits().files
    assert sum(len(file.data) for file in result.files) <= Limits().files_total
    assert reasons(result)["a large.bin"] == "larger than a file may be"


async def test_files_do_not_change_while_they_are_read(sandbox: DockerSandbox) -> None:
    result = await left_by(sandbox, "swapped_files.sh")
    assert result.steps[0].stdout == b"end\n"
    assert set(names(result)) <= {"swapped.txt"}
    assert set(reasons(result).values()) <= {"a link"}
    assert [file for file in result.files if file.data.strip(b"\0") not in {b"", b"again\n"}] == []
