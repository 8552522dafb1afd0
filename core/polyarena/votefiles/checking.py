"""Which rows are votes, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .attached import CHECKED, OBJECTS, holds
from .cells import Codebook
from .faults import SHOWN_EXAMPLES, Faults
from .features import Feature, Measuring
from .gathering import Gathered, aspect_key, attached_key
from .winners import AMBIGUOUS, MISSING, UNKNOWN, Outcomes

NOT_CLEAR = {
    MISSING: "no winner",
    UNKNOWN: "an unknown winner",
    AMBIGUOUS: "an ambiguous winner",
}
NO_SHARE = -1


class Checking:
    """Judges rows; a bad one goes to `faults`, under its first fault.

    `fine` (n,) says which rows are votes, and `outcome` (n,) what they say; `stratum` (n,) is
    the place of the voter's among the shares, `judged` by aspect (n,) what they say of it.
    `unmeasured` counts the votes that a board leaves out for want of a number, which is no fault.
    """

    def __init__(self, gathered: Gathered, outcome: Outcomes, faults: Faults) -> None:
        self._gathered = gathered
        self.outcome = outcome
        self.faults = faults
        self.stratum: NDArray[np.int32] | None = None
        self.fine = np.ones(len(gathered.row), dtype=np.bool_)
        self.judged: Mapping[str, Outcomes] = {}
        self.unmeasured = 0

    def votes(self) -> None:
        """Refuse rows without two models or without a clear winner."""
        gathered = self._gathered
        first, second = gathered.codes["a"], gathered.codes["b"]
        empty = gathered.models.empty()
        self._refuse("no model", empty[first] | empty[second])
        self._refuse("a model against itself", first == second)
        labelled = gathered.winner[0] if len(gathered.winner) == 1 else None
        for code, kind in NOT_CLEAR.items():
            said = None if code == MISSING else labelled
            self._refuse(kind, self.outcome == code, said, gathered.codes.get("winner0"))

    def features(self, features: Sequence[Feature], measuring: Measuring) -> None:
        """Refuse rows without a number for a feature; or, as a board does, leave them out."""
        for place, feature in enumerate(features):
            sides = self._gathered.features[:, 2 * place : 2 * place + 2]
            told = np.isfinite(sides).all(axis=1)
            if measuring is Measuring.STRICT:
                self._refuse(f"no number for {feature.name}", ~told)
            elif measuring is Measuring.BOARD:
                self.unmeasured += int((self.fine & ~told).sum())
                self.fine &= told

    def aspects(self, judged: Mapping[str, Outcomes]) -> None:
        """Refuse rows that say something unclear of an aspect; they may say nothing."""
        self.judged = judged
        for name, outcome in judged.items():
            book, codes = self._gathered.aspects[name], self._gathered.codes[aspect_key(name)]
            for code in (UNKNOWN, AMBIGUOUS):
                kind = f"{NOT_CLEAR[code]} by {name}"
                self._refuse(kind, outcome == code, book, codes)

    def attached(self) -> None:
        """Refuse rows with something beside the vote that cannot be read."""
        for name, (kind, read) in CHECKED.items():
            book = self._gathered.attached.get(name)
            if book is None:
                continue
            codes = self._gathered.codes[attached_key(name)]
            said = None if name in OBJECTS else book
            good = book.where(lambda text, read=read: holds(read, text))
            self._refuse(kind, ~good[codes], said, codes)

    def propensities(self) -> None:
        """Refuse rows whose propensity is no probability, or 0."""
        given = self._gathered.propensity
        if given is None:
            return
        self._refuse("no number for the propensity", np.isnan(given))
        outside = self.fine & ~((given > 0) & (given <= 1))
        examples = [f"{value:g}" for value in dict.fromkeys(given[outside].tolist())]
        self._add("a propensity outside (0, 1]", outside, examples)

    def strata(self, shares: Mapping[str, float]) -> None:
        """Find the voters' strata among `shares`; refuse rows that have none there."""
        book = self._gathered.strata
        if book is None:
            return
        place = {name.casefold(): number for number, name in enumerate(shares)}
        codes = self._gathered.codes["strata"]
        self._refuse("no stratum", book.empty()[codes])
        known = [place.get(text.casefold(), NO_SHARE) for text in book.texts]
        self.stratum = found = np.array(known, dtype=np.int32)[codes]
        self._refuse("a stratum without a share", found == NO_SHARE, book, codes)

    def _refuse(
        self,
        kind: str,
        bad: Any,
        said: Codebook | None = None,
        codes: NDArray[np.int32] | None = None,
    ) -> None:
        found = self.fine & bad
        examples: list[str] = []
        if said is not None and codes is not None:
            examples = [said.texts[code] for code in dict.fromkeys(codes[found].tolist())]
        self._add(kind, found, examples)

    def _add(self, kind: str, found: NDArray[np.bool_], examples: Sequence[str]) -> None:
        rows = self._gathered.row[found].tolist()
        self.faults.add(kind, rows, examples[:SHOWN_EXAMPLES])
        self.fine &= ~found
