"""The images that programs run in: which there are, their names, and building them."""

from __future__ import annotations

from .build import build, is_built
from .contents import IMAGES, tag

__all__ = ["IMAGES", "build", "is_built", "tag"]
