"""Anybody's votes: files of pairwise votes, read into comparisons."""

from .columns import Wanted
from .errors import VoteFileError
from .reading import Reading, read_votes
from .votes import Votes

__all__ = ["Reading", "VoteFileError", "Votes", "Wanted", "read_votes"]
