"""What reading votes from a file raises on purpose."""

from __future__ import annotations

from ..errors import BadRequest


class VoteFileError(BadRequest):
    """The file does not hold the votes that were asked for; the message says where and why."""

    code = "vote_file"
