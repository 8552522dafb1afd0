"""The 23 occupational groups, and which of them a prompt belongs to.

The groups are those that public arena data tag prompts with; they follow the major groups of the
US Standard Occupational Classification, with some split and some joined.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from polyarena import Category

from .vocabulary import Vocabulary, parse

GROUP = "Occupation"
# By id here, the name of the same tag in public arena data.
TAGS = {
    "business": "business_and_management_and_financial_operations",
    "community": "community_and_social_service",
    "construction": "construction_and_extraction",
    "education": "education",
    "engineering": "engineering_and_architecture",
    "entertainment": "entertainment_and_sports_and_media",
    "farming": "farming_and_fishing_and_forestry",
    "food": "food_preparation_and_serving",
    "legal": "legal_and_government",
    "science": "life_and_physical_and_social_science",
    "mathematical": "mathematical",
    "medicine": "medicine_and_healthcare",
    "office": "office_and_administrative_support",
    "personal-care": "personal_care_and_service",
    "philosophy": "philosophy_and_religion_and_theology",
    "production": "production_and_industrial",
    "real-estate": "real_estate",
    "sales": "sales_and_retail",
    "software": "software_and_it_services",
    "hardware": "technology_hardware_and_equipment",
    "travel": "travel",
    "visual-arts": "visual_arts_and_design",
    "writing": "writing_and_literature_and_language",
}
TITLES = {
    "business": "Business and finance",
    "community": "Community and social service",
    "construction": "Construction and extraction",
    "education": "Education",
    "engineering": "Engineering and architecture",
    "entertainment": "Entertainment, sports, media",
    "farming": "Farming, fishing, forestry",
    "food": "Food and serving",
    "legal": "Legal and government",
    "science": "Life, physical, social science",
    "mathematical": "Mathematical",
    "medicine": "Medicine and healthcare",
    "office": "Office and administration",
    "personal-care": "Personal care and service",
    "philosophy": "Philosophy and religion",
    "production": "Production and industry",
    "real-estate": "Real estate",
    "sales": "Sales and retail",
    "software": "Software and IT",
    "hardware": "Technology hardware",
    "travel": "Travel",
    "visual-arts": "Visual arts and design",
    "writing": "Writing and language",
}
CATEGORIES = tuple(Category(name, title, GROUP) for name, title in TITLES.items())

DECIDES = 3.0
SHARE_OF_BEST = 0.7
SHORT_WORDS = 60
REASONS = 6


@dataclass(frozen=True, slots=True)
class Scope:
    """What a group is called, and what it is about."""

    title: str
    about: str


@cache
def _read() -> tuple[Vocabulary, Mapping[str, Scope]]:
    folder = files(__package__) / "occupations"
    weights, scopes = {}, {}
    for name in TAGS:
        title, about, terms = parse((folder / f"{name}.txt").read_text(encoding="utf-8"))
        weights[name], scopes[name] = terms, Scope(title, about)
    return Vocabulary(weights), scopes


def scopes() -> Mapping[str, Scope]:
    """What each group is about, by id."""
    return _read()[1]


def occupations(text: str, hints: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The groups a text belongs to, each with the terms that decided, the weightiest first.

    A term counts once, its weight divided by the root of the number of groups it speaks for. A
    group needs `DECIDES`, more in a text of over `SHORT_WORDS` words, and `SHARE_OF_BEST` of what
    the best group has. `hints` are groups that something else decides for, and what it is.
    """
    count, found = _read()[0].find(text)
    terms = {group: dict(weights) for group, weights in found.items()}
    for group, hint in hints.items():
        terms.setdefault(group, {})[hint] = 3
    shared: dict[str, int] = {}
    for weights in terms.values():
        for term in weights:
            shared[term] = shared.get(term, 0) + 1
    scores = {
        group: sum(weight / math.sqrt(shared[term]) for term, weight in weights.items())
        for group, weights in terms.items()
    }
    due = DECIDES * (1 + max(0.0, math.log2(max(count, 1) / SHORT_WORDS)))
    due = max(due, SHARE_OF_BEST * max(scores.values(), default=0.0))
    return {
        group: tuple(sorted(terms[group], key=lambda term: -terms[group][term])[:REASONS])
        for group, score in scores.items()
        if score >= due or group in hints
    }
