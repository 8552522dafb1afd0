"""The bytes of a file, unpacked, with how far they have been read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from .errors import VoteFileError


@dataclass(frozen=True, slots=True)
class Source:
    """An open file; `plain` gives its contents, whether it is packed by gzip or not."""

    plain: BinaryIO
    raw: BinaryIO
    size: int

    @property
    def done(self) -> float:
        """The part of the file that has been read, from 0 to 1."""
        return min(self.raw.tell() / max(self.size, 1), 1.0)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open a file for reading.

    Raises:
        VoteFileError: it cannot be opened or read, or is not UTF-8.
    """
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            if path.suffix.lower() != ".gz":
                yield Source(raw, raw, size)
                return
            with gzip.open(raw) as plain:
                yield Source(cast(BinaryIO, plain), raw, size)
    except UnicodeDecodeError as error:
        wrong = error.object[error.start]
        raise VoteFileError(f"{path} is not UTF-8: it holds the byte 0x{wrong:02x}") from None
    except (OSError, EOFError) as error:
        raise VoteFileError(f"{path} cannot be read: {error}") from None
