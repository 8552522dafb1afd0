"""Programs run in the sandbox's images with nothing but the engine's command line."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import docker
from docker import DockerClient

from polyarena.sandbox import Job, Outcome, SourceFile, Step, StepResult
from polyarena_sandbox.images import IMAGES, build, tag
from polyarena_sandbox.limits import Limits
from polyarena_sandbox.protocol import FileCame, Reader, StepEnded, encode
from polyarena_sandbox.recipes import commands, recipe_of

LIMITS = Limits(seconds=20)
BARE = (
    *("--rm", "-i", "--network", "none", "--read-only", "--user", "65534:65534"),
    *("--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit", "64"),
    *("--memory", "512m", "--memory-swap", "512m", "--cpus", "1"),
)
TMPFS = "exec,nosuid,nodev,mode=1777,size=64m,nr_inodes=4096"
CAREFUL = (*BARE, "--tmpfs", f"/work:{TMPFS}", "--tmpfs", f"/tmp:{TMPFS}")

Source = str | Mapping[str, str]
"""A program: its main file, or all files by name, the main file first."""


@contextmanager
def engine() -> Iterator[DockerClient]:
    """The engine, with all images built."""
    with closing(docker.from_env()) as client:
        for image in IMAGES:
            build(client, image, print)
        yield client


def in_image(image: str, script: str) -> str:
    """What a script prints in an image, its warden out of the way."""
    start = ("docker", "run", *BARE, "--entrypoint", "sh", tag(image), "-c", script)
    return subprocess.run(start, check=True, capture_output=True, text=True, timeout=60).stdout


def run(language: str, source: Source, *steps: Step) -> tuple[list[StepResult], dict[str, bytes]]:
    """The steps of a program and the files that it made."""
    recipe = recipe_of(language)
    sources = {recipe.language.main: source} if isinstance(source, str) else source
    files = tuple(SourceFile(name, text.encode()) for name, text in sources.items())
    job = Job(language, files, files[0].name, steps or (Step(),))
    told = encode(files, commands(recipe, job, LIMITS), LIMITS.bounds, recipe.environment)
    start = ("docker", "run", *CAREFUL, tag(recipe.image))
    done = subprocess.run(start, input=told, capture_output=True, timeout=120)
    assert done.stderr == b""
    reports = Reader(LIMITS.bounds).feed(done.stdout)
    results = [report.result for report in reports if isinstance(report, StepEnded)]
    return results, {r.file.name: r.file.data for r in reports if isinstance(r, FileCame)}


def printed(language: str, source: Source, *steps: Step) -> str:
    """What a program prints, which ends well, says nothing else and leaves no file."""
    results, files = run(language, source, *steps)
    assert [r for r in results if r.outcome is not Outcome.OK or r.stderr] == []
    assert files == {}
    return "".join(result.stdout.decode() for result in results)


def refused(language: str, source: Source) -> str:
    """What a compiler says against a program."""
    (result,), _ = run(language, source)
    assert (result.name, result.outcome) == ("compile", Outcome.FAILED)
    return result.stdout.decode() + result.stderr.decode()
