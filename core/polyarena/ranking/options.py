"""How a file of votes is to be ranked, and which rating system that makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from ..ballot import COMPOSITE

if TYPE_CHECKING:
    from ..rating import Contextual, RatingSystem, Scale


class Ties(StrEnum):
    """What ties are: half a win for both sides, nothing, or a signal of their own."""

    HALF = "half"
    DROP = "drop"
    DAVIDSON = "davidson"
    RAO_KUPPER = "rao-kupper"


class System(StrEnum):
    """The rating systems."""

    BRADLEY_TERRY = "bradley-terry"
    CONTEXTUAL = "contextual"
    DAVIDSON = "davidson"
    RAO_KUPPER = "rao-kupper"
    ELO = "elo"


class Table(StrEnum):
    """The tables: every pair's record, predicted against observed, who agrees with whom."""

    PAIRS = "pairs"
    CALIBRATION = "calibration"
    AGREEMENT = "agreement"


TIE_SYSTEMS = (System.DAVIDSON, System.RAO_KUPPER)


class OptionClash(ValueError):
    """Options that do not go together; the message names them."""


@dataclass(frozen=True, slots=True)
class RankOptions:
    """What a person asked for; None is the default.

    `style` and `position` say whether effects of features and of the side are held constant;
    `prior` is in ties a model, by default 0; `bootstrap` in draws, 0 for none; models with fewer
    votes than `min_votes`, by default 0, are shown apart. `weighted`: votes carry weights, and
    those above `weight_cap` times the mean are cut to it. `board`: where nothing else is asked
    for, choose as the board of an arena does in which models with fewer votes have no rank.
    `aspect`: rate by this one instead of the main choice, or by all, with these `weights`, where
    it is `composite`.

    Raises:
        OptionClash: options that do not go together.
    """

    system: System | None = None
    ties: Ties | None = None
    style: bool = False
    position: bool = False
    anchor: str | None = None
    prior: float | None = None
    level: float = 0.95
    bootstrap: int = 0
    min_votes: int | None = None
    weighted: bool = False
    weight_cap: float | None = None
    board: int | None = None
    aspect: str = ""
    weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        system = self.chosen
        self._check_system(system)
        if self.bootstrap and system in (System.CONTEXTUAL, System.ELO):
            raise OptionClash(f"--bootstrap does not go with the {system.value} system")
        if self.prior and system is not System.BRADLEY_TERRY:
            raise OptionClash("--prior goes with the bradley-terry system alone")
        if not 0 < self.level < 1:
            raise OptionClash(f"--level lies between 0 and 1, not at {self.level:g}")
        if self.bootstrap and (self.bootstrap + 1) * (1 - self.level) / 2 < 1 - 1e-9:
            raise OptionClash(f"--bootstrap {self.bootstrap} is too few for --level {self.level:g}")
        if self.aspect == COMPOSITE and system is System.ELO:
            raise OptionClash("--aspect composite does not go with the elo system")
        if self.weighted and system is System.ELO:
            raise OptionClash("weights do not go with the elo system")
        if self.weight_cap is not None and not self.weight_cap > 1:
            raise OptionClash(f"--weight-cap lies above 1, not at {self.weight_cap:g}")

    def of_board(self, minimum_votes: int, weights: Mapping[str, float]) -> RankOptions:
        """The same for votes of an arena whose board asks for so many votes before a rank.

        `weights` are those of the aspects in its composite board.
        """
        position = self.position or self.style
        return replace(self, board=minimum_votes, position=position, weights=weights)

    @property
    def fewest(self) -> int:
        """How many votes a model must have to be ranked."""
        return (self.board or 0) if self.min_votes is None else self.min_votes

    @property
    def chosen(self) -> System:
        """The rating system that the options name or imply."""
        if self.system is not None:
            return self.system
        if self.ties in (Ties.DAVIDSON, Ties.RAO_KUPPER):
            return System(self.ties.value)
        return System.CONTEXTUAL if self.style or self.position else System.BRADLEY_TERRY

    def build(self, scale: Scale) -> RatingSystem:
        """The rating system, with ratings on a scale."""
        from ..rating import Bootstrap, BradleyTerry, Davidson, Elo, RaoKupper

        ties = self._ties
        match self.chosen:
            case System.ELO:
                return Elo()
            case System.CONTEXTUAL:
                return self._contextual(scale)
            case System.DAVIDSON:
                estimator: Davidson | RaoKupper | BradleyTerry = Davidson(scale=scale)
            case System.RAO_KUPPER:
                estimator = RaoKupper(scale=scale)
            case _:
                estimator = BradleyTerry(
                    ties=ties, both_bad=ties, prior_votes=self.prior or 0.0, scale=scale
                )
        return Bootstrap(estimator, draws=self.bootstrap) if self.bootstrap else estimator

    def _contextual(self, scale: Scale) -> Contextual:
        from ..rating import Contextual

        ties = self._ties
        return Contextual(position=self.position, ties=ties, both_bad=ties, scale=scale)

    @property
    def _ties(self) -> Literal["half", "drop"]:
        return "drop" if self.ties is Ties.DROP else "half"

    def _check_system(self, system: System) -> None:
        covariates = self.style or self.position
        if covariates and system is not System.CONTEXTUAL:
            raise OptionClash(f"--style and --position do not go with the {system.value} system")
        if system is System.CONTEXTUAL and not covariates:
            raise OptionClash("the contextual system needs --style, --feature or --position")
        if system is System.ELO and self.anchor is not None:
            raise OptionClash("--anchor does not go with the elo system")
        if self.ties is None:
            return
        own = self.ties in (Ties.DAVIDSON, Ties.RAO_KUPPER)
        if own and system.value != self.ties.value:
            raise OptionClash(f"--ties {self.ties.value} is a system, and not {system.value}")
        if not own and system in (*TIE_SYSTEMS, System.ELO):
            raise OptionClash(f"--ties {self.ties.value} does not go with {system.value}")
