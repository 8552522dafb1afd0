"""A release: votes with a manifest, checked before they are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from ..electorate import stored_with
from .attached import EXPERT, NAMES
from .columns import Wanted
from .errors import VoteFileError
from .features import Feature, Measuring
from .folder import Folder, opened_folder
from .manifest import MANIFEST, FileDigest, Manifest, read_manifest
from .reading import Reading
from .winners import GIVEN

LONGEST_MANIFEST = 1 << 20
PIECE = 1 << 20
NO_EXPERTS = "the release does not say whose votes are an expert's"


@dataclass(frozen=True, slots=True)
class Release:
    """A release whose files are what its manifest says; `table` is where its votes lie now.

    `digest` is the SHA-256 of the manifest itself.
    """

    manifest: Manifest
    table: Path
    digest: str

    def reading(self, asked: Reading) -> Reading:
        """What is to be read: what was asked for, with the manifest's columns where none were.

        To keep the votes is to take all that the release has of them.

        Raises:
            VoteFileError: a feature or aspect that the release does not have, or none where one
                was asked for.
        """
        columns, wanted = self.manifest.columns, asked.columns
        keep = asked.measuring is Measuring.KEEP
        known = {name: Feature(name, *sides) for name, sides in columns.features.items()}
        if asked.features:
            found = tuple(self._named(known, name) for name in asked.features)
        else:
            found = tuple(known.values()) if asked.style else ()
        if asked.style and not found and not keep:
            raise VoteFileError("no vote of the release carries measures of style")
        named = Wanted(
            a=wanted.a or columns.a,
            b=wanted.b or columns.b,
            winner=wanted.winner or columns.winner,
            voter=columns.voter if wanted.voter is None else wanted.voter,
            propensity=columns.propensity if wanted.propensity == "" else wanted.propensity,
            strata=wanted.strata,
        )
        return replace(
            asked,
            columns=named,
            category=asked.category or (columns.categories if keep else None),
            features=found,
            # A model may be called what a choice is.
            labels={**GIVEN, **asked.labels},
            measuring=Measuring.KEEP if keep else Measuring.BOARD,
            aspects=self._kept_aspects(asked) if keep else self._aspects(asked.aspects),
            attached=self._attached() if keep else None,
        )

    def of_voters(self, asked: Reading, voters: str) -> Reading:
        """The same of the votes of one electorate alone, named as `electorate` names them.

        Raises:
            VoteFileError: there is no such electorate, or the release does not say who voted.
        """
        try:
            stored = stored_with(voters)
        except ValueError as error:
            raise VoteFileError(str(error)) from None
        where = dict(asked.where)
        for field, text in stored.items():
            column = getattr(self.manifest.columns, field)
            if column is None:
                raise VoteFileError(NO_EXPERTS)
            if column in where:
                raise VoteFileError(f"{column} is asked for twice: by --where and by --voters")
            where[column] = [text]
        return replace(asked, where=where)

    def with_experts(self, asked: Reading) -> Reading:
        """The same with who voted as an expert.

        Raises:
            VoteFileError: the release does not say.
        """
        column = self.manifest.columns.expert
        if column is None:
            raise VoteFileError(NO_EXPERTS)
        return replace(asked, attached={EXPERT: column})

    @property
    def notes(self) -> tuple[str, ...]:
        """What was released, and by what it is known."""
        from ..leaderboard import engine

        told, span = self.manifest, self.manifest.range
        when = "" if span is None else f" from {span.since} to {span.until}"
        said = (
            f"release: {told.votes:,} votes of the {told.arena} arena{when}; every file is what "
            f"the manifest says, which has SHA-256 {self.digest}",
        )
        if told.engine == engine():
            return said
        return (*said, f"engine: the release is from {told.engine}, and this is {engine()}")

    def _kept_aspects(self, asked: Reading) -> list[str]:
        known = self.manifest.columns.aspects
        return list(asked.aspects or ()) or [f"{name}={known[name]}" for name in known]

    def _attached(self) -> dict[str, str]:
        named = {name: getattr(self.manifest.columns, name) for name in NAMES}
        return {name: column for name, column in named.items() if column is not None}

    def _aspects(self, asked: Sequence[str] | None) -> list[str] | None:
        """Those asked for with their columns, those of the composite board if none is named."""
        if asked is None:
            return None
        columns = self.manifest.columns.aspects
        names = list(asked) or [name for name in self.manifest.composite if name in columns]
        for name in names:
            if name not in columns:
                listed = ", ".join(columns) or "none"
                raise VoteFileError(f"the release has no aspect {name!r}; there are {listed}")
        if not names:
            raise VoteFileError("the release has no aspects")
        return [f"{name}={columns[name]}" for name in names]

    def _named(self, known: dict[str, Feature], name: str | Feature) -> Feature:
        if isinstance(name, str) and name in known:
            return known[name]
        listed = ", ".join(known) or "none"
        raise VoteFileError(f"the release has no feature {name!r}; there are {listed}")


@contextmanager
def opened_release(path: Path) -> Iterator[Release]:
    """Open a folder, .zip or .tar that was released, and check its files.

    Raises:
        VoteFileError: it is no release, or its files are not those of its manifest; the message
            says which differ.
    """
    with opened_folder(path) as folder, TemporaryDirectory(prefix="polyarena-") as own:
        file = folder.open(MANIFEST)
        if file is None:
            raise VoteFileError(f"{path} holds no {MANIFEST}, so it is no release of votes")
        with file:
            text = file.read(LONGEST_MANIFEST)
        manifest = read_manifest(text)
        table = Path(own) / manifest.table
        wrong = [
            fault
            for name, told in manifest.files.items()
            if (fault := _fault(folder, name, told, table if name == manifest.table else None))
        ]
        if wrong:
            raise VoteFileError(f"{path} is not what its manifest says: {'; '.join(wrong)}")
        yield Release(manifest, table, hashlib.sha256(text).hexdigest())


def _fault(folder: Folder, name: str, told: FileDigest, copy: Path | None) -> str | None:
    """What is wrong with a file, if anything; it is copied to `copy` as it is read."""
    source = folder.open(name)
    if source is None:
        return f"{name} is missing"
    with source:
        if copy is None:
            size, digest = _copied(source, None, told.bytes)
        else:
            with copy.open("wb") as into:
                size, digest = _copied(source, into, told.bytes)
    if size > told.bytes:
        return f"{name} has more than its {told.bytes:,} bytes"
    if size < told.bytes:
        return f"{name} has {size:,} bytes, not {told.bytes:,}"
    if digest != told.sha256:
        return f"{name} has SHA-256 {digest}, not {told.sha256}"
    return None


def _copied(source: IO[bytes], into: IO[bytes] | None, most: int) -> tuple[int, str]:
    """Size and digest of what is read; reading ends once there is more than there should be."""
    digest = hashlib.sha256()
    size = 0
    while size <= most and (piece := source.read(min(PIECE, most + 1 - size))):
        size += len(piece)
        digest.update(piece)
        if into is not None:
            into.write(piece)
    return size, digest.hexdigest()
