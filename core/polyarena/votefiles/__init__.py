"""Anybody's votes: files of pairwise votes, read into comparisons."""

from .columns import Wanted
from .controls import Controls, find_controls
from .errors import VoteFileError
from .features import Measuring
from .reading import Reading, read_votes
from .votes import Votes

__all__ = [
    "Controls",
    "Measuring",
    "Reading",
    "VoteFileError",
    "Votes",
    "Wanted",
    "find_controls",
    "read_votes",
]
