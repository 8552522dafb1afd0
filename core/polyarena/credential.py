"""Credentials: ways of showing that one has an occupation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from .expertise import Tier
from .manifest import PromptField

OWN_NAMES = frozenset({"declared", "email"})
"""What the core itself calls credentials; no plugin's may be called so."""
CHECKED_TIERS = (Tier.EMAIL_DOMAIN, Tier.INSTITUTION, Tier.REGISTRY)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a visitor claims: an occupation, one of its specialties or none, a form's values."""

    occupation: str
    specialty: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    `holds`: the credential is given; `message` says why, or why not, in words for the visitor.
    `specialty` is one that the check itself knows of, and stands in place of the claimed one.
    `evidence` is kept apart from votes, and deleted with the credential or before it. After
    `days` the credential lapses; None is never.
    """

    holds: bool
    message: str = ""
    specialty: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    days: float | None = None


class Credential(ABC):
    """A way of showing that one has an occupation.

    `name` is its id. `occupation` is the one that arenas name in their `Expertise`. `tier` is what
    it comes to: `email-domain`, `institution` or `registry`; the others are the core's own.
    `summary` says what it proves and what it does not, `fields` are what the visitor is asked for.
    """

    name: str
    title: str
    summary: str
    occupation: str
    tier: Tier
    fields: tuple[PromptField, ...] = ()

    @abstractmethod
    async def check(self, claim: Claim) -> Checked:
        """Check a claim; its values are those of `fields`, by id, within their limits.

        Called on the event loop, bounded in time. What it raises is the plugin's fault, and
        nothing is given.
        """
