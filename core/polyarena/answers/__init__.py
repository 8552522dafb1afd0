"""Answers as models write them: blocks of code, what their files are called, and text quoted."""

from __future__ import annotations

from .fences import Block, BlockReader, Known, fenced, indented, lines_of
from .naming import name_of, safe_name
from .quoting import quoted
from .tree import file_tree
from .writing import folded, written

__all__ = [
    "Block",
    "BlockReader",
    "Known",
    "fenced",
    "file_tree",
    "folded",
    "indented",
    "lines_of",
    "name_of",
    "quoted",
    "safe_name",
    "written",
]
