"""The manifest that an occupation's arena has."""

from __future__ import annotations

from polyarena import ArenaManifest, Ballot, Category, Column, Expertise, PromptField

from .occupation import Occupation

SPECIALTY = "specialty"
MULTI_TURN = Category("multi-turn", "Multi-turn")
COLUMNS = (
    Column("cited", "Cites", "share", hint="Answers that name a source which can be looked up"),
    Column("citations", "Citations", "mean", hint="Sources named in an answer"),
    Column(
        "well-formed",
        "Well-formed",
        "share",
        hint="Answers with citations all of which have the form they should; whether they exist "
        "is not checked",
    ),
)


def manifest_of(occupation: Occupation) -> ArenaManifest:
    """What the core must know of an occupation's arena."""
    return ArenaManifest(
        id=occupation.id,
        title=occupation.title,
        summary=occupation.summary,
        icon=occupation.icon,
        order=occupation.order,
        accepts=frozenset({"text", "input"}),
        fields=(*_specialties(occupation), *occupation.fields),
        columns=COLUMNS,
        ballot=Ballot(
            reasons=occupation.reasons,
            aspects=occupation.criteria,
            flags=(occupation.harm,),
            explain="reason",
        ),
        categories=(
            *(Category(each.id, each.title) for each in occupation.specialties),
            MULTI_TURN,
        ),
        expertise=Expertise(
            occupation=occupation.id,
            title=occupation.title,
            specialties=tuple((each.id, each.title) for each in occupation.specialties),
        ),
        starters=occupation.starters,
        notice=occupation.notice,
        placeholder=occupation.placeholder,
        prompt_limit=30_000,
    )


def _specialties(occupation: Occupation) -> tuple[PromptField, ...]:
    if not occupation.specialties:
        return ()
    options = (("", "Not said"), *((each.id, each.title) for each in occupation.specialties))
    return (PromptField(SPECIALTY, occupation.specialty_title, "choice", options=options),)
