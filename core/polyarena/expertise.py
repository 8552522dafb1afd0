"""Whose votes are an expert's, and how well it is known that they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How well a voter's occupation is known, weakest first; none says more than its name.

    `registry`: a number that a public register has; that a licence exists, not who typed it.
    """

    DECLARED = "declared"
    EMAIL_DOMAIN = "email-domain"
    INSTITUTION = "institution"
    REGISTRY = "registry"
    OPERATOR = "operator"

    @property
    def label(self) -> str:
        """What it is called."""
        return LABELS[self]

    def reaches(self, least: Tier) -> bool:
        """Whether it is known at least that well."""
        order = list(Tier)
        return order.index(self) >= order.index(least)


LABELS = {
    Tier.DECLARED: "Declared",
    Tier.EMAIL_DOMAIN: "E-mail domain",
    Tier.INSTITUTION: "Institution",
    Tier.REGISTRY: "Registry checked",
    Tier.OPERATOR: "Confirmed",
}


@dataclass(frozen=True, slots=True)
class Qualification:
    """What is known of a voter's occupation: stored with a vote, and never who they are.

    `specialty` is empty where none is known.
    """

    occupation: str
    specialty: str
    tier: Tier


@dataclass(frozen=True, slots=True)
class Expertise:
    """Whose votes an arena counts as an expert's: people of an occupation, known to a tier.

    `occupation` is an id that several arenas may share, `title` what it is called; `specialties`
    are what its people may declare, as (id, title). `tier` is the least that makes an expert.
    `required`: nobody else may vote.
    """

    occupation: str
    title: str
    specialties: tuple[tuple[str, str], ...] = ()
    tier: Tier = Tier.EMAIL_DOMAIN
    required: bool = False

    def expert(self, held: Qualification | None) -> bool:
        """Whether a voter of this qualification is an expert here."""
        if held is None or held.occupation != self.occupation:
            return False
        return held.tier.reaches(self.tier)
