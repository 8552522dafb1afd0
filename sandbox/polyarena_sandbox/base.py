"""The image that ours are built on: the one at hand, a pulled one, or one made from packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from polyarena import SandboxUnavailable

if TYPE_CHECKING:
    from docker import DockerClient

REPOSITORY, SUITE = "debian", "bookworm"
TAG = f"{SUITE}-slim"
BASE = f"{REPOSITORY}:{TAG}"

SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
CERTIFICATES = Path("/usr/local/share/ca-certificates")

_EMPTIED = (
    *("var/cache/apt", "var/lib/apt/lists", "var/log", "tmp"),
    *("usr/share/doc", "usr/share/info", "usr/share/locale", "usr/share/man"),
)
_DPKG = """\
force-unsafe-io
path-exclude /usr/share/doc/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
"""
_SOURCES = """\
Types: deb
URIs: {mirror}
Suites: {suite} {suite}-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: {mirror}-security
Suites: {suite}-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
"""

Report = Callable[[str], None]


def ensure_base(client: DockerClient, report: Report) -> None:
    """Have the base image on the engine: present, else pulled, else made from Debian's packages.

    Raises:
        SandboxUnavailable: it can be had in none of these ways; the message says the remedy.
    """
    from docker.errors import APIError, ImageNotFound

    try:
        client.images.get(BASE)
        return
    except ImageNotFound:
        report(f"base: pulling {BASE}")
    try:
        client.images.pull(REPOSITORY, tag=TAG)
    except APIError as error:
        report(f"base: no image registry answers; making {BASE} from Debian's packages")
        make(client, because=str(error))
    report(f"base: {BASE} is ready")


def make(client: DockerClient, because: str) -> None:
    """Make the base image from packages with debootstrap; takes about half a minute.

    Raises:
        SandboxUnavailable: not root, no debootstrap, or it failed.
    """
    if os.geteuid() or not shutil.which("debootstrap"):
        raise SandboxUnavailable(
            f"The image {BASE} could not be pulled ({because}). `docker load` it from a machine "
            "that has it, or install debootstrap and run `polyarena sandbox build` as root."
        )
    with tempfile.TemporaryDirectory(prefix="polyarena-", ignore_cleanup_errors=True) as folder:
        root = Path(folder, "root")
        _run("debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, str(root))
        dress(root)
        _run("chroot", str(root), "update-ca-certificates")
        slim(root)
        archive = Path(folder, "root.tar")
        _run("tar", "-C", str(root), "--numeric-owner", "-cf", str(archive), ".")
        client.api.import_image_from_file(
            str(archive), repository=REPOSITORY, tag=TAG, changes=['CMD ["bash"]']
        )


def dress(root: Path) -> None:
    """Give a new system the host's package sources and certificates, and have dpkg do less."""
    sources = root / "etc/apt/sources.list.d/debian.sources"
    one_line = root / "etc/apt/sources.list"
    if SOURCES.is_file() and f"{SUITE}-security" in (text := SOURCES.read_text()):
        sources.write_text(text)
    else:
        mirror = one_line.read_text().split()[1].rstrip("/")
        sources.write_text(_SOURCES.format(mirror=mirror, suite=SUITE))
    one_line.unlink(missing_ok=True)
    (root / "etc/dpkg/dpkg.cfg.d/slim").write_text(_DPKG)
    (root / "etc/apt/apt.conf.d/90slim").write_text('Acquire::Languages "none";\n')
    certificates = root / CERTIFICATES.relative_to("/")
    certificates.mkdir(parents=True, exist_ok=True)
    for certificate in sorted(CERTIFICATES.glob("*.crt")):
        shutil.copy(certificate, certificates)


def slim(root: Path) -> None:
    """Empty caches, logs, documentation, locales and devices; strip setuid and setgid bits."""
    for name in (*_EMPTIED, "dev"):
        for path in (root / name).glob("*"):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_mode & 0o6000:
            path.chmod(path.stat().st_mode & 0o1777)


def _run(*command: str) -> None:
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, umask=0o022
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
        raise SandboxUnavailable(f"{command[0]} failed while making {BASE}:\n{tail}")
