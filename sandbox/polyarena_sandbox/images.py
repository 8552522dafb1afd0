"""The images that programs run in: which there are, whether one is built, and building it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .build import build
from .contents import IMAGES, tag

if TYPE_CHECKING:
    from docker import DockerClient

__all__ = ["IMAGES", "build", "is_built", "tag"]


def is_built(client: DockerClient, image: str) -> bool:
    """Whether the engine has an image as it is to be now.

    Raises:
        docker.errors.DockerException, OSError: the engine does not answer.
    """
    return bool(client.api.images(name=tag(image), quiet=True))
