"""The files of an answer as a tree of folders, each file with its code in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from ..content import Code
from .writing import folded

_Tree = Mapping[str, "Code | _Tree"]

DEEPEST: Final = 8
"""Folders within folders that are drawn as such; those further down stand in one line."""


def file_tree(files: Sequence[Code]) -> Markup:
    """Files by their names, folders open and first, files closed, each with its code."""
    return Markup('<div class="file-tree">{}</div>').format(_branch(_tree(files)))


def _tree(files: Sequence[Code]) -> _Tree:
    root: dict[str, Code | _Tree] = {}
    for file in files:
        *folders, name = file.filename.split("/", DEEPEST)
        branch = root
        for folder in folders:
            below = branch.setdefault(f"{folder}/", {})
            assert isinstance(below, dict)
            branch = below
        branch[name] = file.model_copy(update={"filename": name})
    return root


def _branch(tree: _Tree) -> Markup:
    folders = [
        Markup('<details class="folder" open><summary>{}</summary>{}</details>').format(
            name, _branch(below)
        )
        for name, below in tree.items()
        if not isinstance(below, Code)
    ]
    files = [folded(below) for below in tree.values() if isinstance(below, Code)]
    return Markup("").join([*folders, *files])
