"""What the page of credentials is given: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from ..expertise import Expertise, Tier
from ..services import Services
from ..services.credentials import DECLARED, EMAIL, NOTE_LIMIT
from ..services.emails import MINUTES
from ..store.credentials import CredentialState, HeldCredential
from .fields import field_views
from .views import FieldView
from .words import TIERS

DOMAINS = 12
BY = {DECLARED: "", EMAIL: "a code sent by mail"}


@dataclass(frozen=True, slots=True)
class HeldView:
    """A credential that the visitor holds; `state` is `held`, `lapsed` or `revoked`."""

    id: str
    tier: str
    words: str
    specialty: str
    by: str
    since: str
    lapses: str
    state: str
    asked: bool
    why: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """A credential that can be checked, with its form."""

    name: str
    title: str
    summary: str
    tier: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class MailView:
    """Showing it by mail: some of the listed domains, and how many more there are.

    `waiting` is the domain to which a code was sent that can still be given, or empty.
    """

    domains: tuple[str, ...]
    more: int
    tier: str
    waiting: str


@dataclass(frozen=True, slots=True)
class OccupationView:
    """An occupation: what is held of it, and how more can be shown.

    `arenas` are those that ask for it, as title and address, with the tier that makes an expert;
    `institutions` are those where one can sign in, as id and title.
    """

    id: str
    title: str
    specialties: tuple[tuple[str, str], ...]
    arenas: tuple[tuple[str, str, str], ...]
    held: tuple[HeldView, ...]
    ways: tuple[WayView, ...]
    mail: MailView | None
    institutions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CredentialsView:
    """The page of credentials."""

    occupations: tuple[OccupationView, ...]
    note_limit: int = NOTE_LIMIT
    minutes: int = MINUTES
    institution_tier: str = Tier.INSTITUTION.label


async def credentials_view(services: Services, visitor: str) -> CredentialsView:
    """What a visitor holds, by occupation, and what they may show."""
    held = await services.credentials.of(visitor)
    waiting = await services.emails.waiting(visitor)
    found = services.credentials.occupations.values()
    return CredentialsView(
        tuple(
            _occupation(services, asked, held, waiting.get(asked.occupation, "")) for asked in found
        )
    )


def _occupation(
    services: Services, asked: Expertise, held: list[HeldCredential], waiting: str
) -> OccupationView:
    arenas = [one.manifest for one in services.registry.arenas.values()]
    mine = [one for one in held if one.qualification.occupation == asked.occupation]
    return OccupationView(
        id=asked.occupation,
        title=asked.title,
        specialties=asked.specialties,
        arenas=tuple(
            (one.title, f"/arenas/{one.id}", one.expertise.tier.label)
            for one in arenas
            if one.expertise is not None and one.expertise.occupation == asked.occupation
        ),
        held=tuple(_held(services, asked, one) for one in mine),
        ways=tuple(
            WayView(one.name, one.title, one.summary, one.tier.label, field_views(one.fields, {}))
            for one in services.credentials.ways(asked.occupation)
        ),
        institutions=tuple(services.institutions.of(asked.occupation)),
        mail=_mail(services.emails.domains_of(asked.occupation), waiting),
    )


def _mail(domains: list[str], waiting: str) -> MailView | None:
    if not domains:
        return None
    some = tuple(domains[:DOMAINS])
    return MailView(some, len(domains) - len(some), Tier.EMAIL_DOMAIN.label, waiting)


def _held(services: Services, asked: Expertise, one: HeldCredential) -> HeldView:
    state = one.state.value
    if one.state is CredentialState.HELD and not services.credentials.counts(one):
        state = "lapsed"
    checked = services.registry.credentials.get(one.kind)
    known = services.institutions.title(one.kind) or (checked.title if checked else one.kind)
    return HeldView(
        id=one.id,
        tier=one.qualification.tier.label,
        words=TIERS[one.qualification.tier],
        specialty=dict(asked.specialties).get(one.qualification.specialty, ""),
        by=BY.get(one.kind, known),
        since=_day(one.created),
        lapses=_day(one.lapses) if one.lapses is not None else "",
        state=state,
        asked=one.asked,
        why=one.why,
        evidence=one.evidence,
    )


def _day(when: float) -> str:
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d")
