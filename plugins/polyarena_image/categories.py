"""Which kinds of picture are asked for, told by the words of the prompt.

Each detector would rather miss than be wrong: a category's leaderboard with strangers in it says
less than a smaller one.
"""

from __future__ import annotations

import re

from polyarena import Category, FinishedBattle

from .asking import pictures_of

EDIT = Category("edit", "Edits")
CATEGORIES = (
    Category("photo", "Photos"),
    Category("illustration", "Illustration"),
    Category("lettering", "Text in the image"),
    Category("design", "Product and design"),
    Category("people", "People"),
    Category("abstract", "Abstract"),
    EDIT,
)

_WORDS = {
    "photo": r"""
        photos?|photographs?|photograph(?:y|ic)|photo-?\ ?realis(?:m|tic)|dslr|bokeh|long\ exposure
      | \d{2,3}\ ?mm(?:\ lens)?|f/\d(?:\.\d)?|shot\ (?:on|with)\ (?:film|an?\ \w+)|polaroid
      | macro\ shot
    """,
    "illustration": r"""
        illustrat(?:ion|ions|ed)|drawing|drawn|sketch(?:ed)?|cartoons?|comics?|manga|anime
      | (?:in\ )?watercolou?rs?|oil\ painting|(?:painted|done)\ in\ (?:oil|ink|gouache|acrylics?)
      | engraving|woodcut|linocut|pixel\ art|vector\ art|storybook|children's\ book|line\ art
    """,
    "lettering": r"""
        (?:with|and)\ the\ (?:words?|text|title|caption|slogan|letters?)|(?:that\ )?(?:says?|reads?)
      | saying|reading|labell?ed|lettering|typography|captioned|inscription|a\ sign\ (?:with|that)
      | spell(?:s|ed|ing)\ out
    """,
    "design": r"""
        logos?|packaging|product\ (?:shot|photo|design|render(?:ing)?)|mock-?ups?|brand(?:ing|ed)?
      | posters?|flyers?|book\ covers?|album\ covers?|icons?|user\ interface|ui|infographics?
      | business\ cards?|(?:sneaker|chair|lamp|bottle|watch|car|furniture|interior|fashion)\ design
      | blueprints?|banners?|t-?shirts?|stickers?|wallpaper\ pattern
    """,
    "people": r"""
        (?:wo)?m[ae]n|boys?|girls?|child(?:ren)?|kids?|person|people|portraits?|selfies?|crowds?
      | baby|babies|(?:grand)?(?:mother|father)s?|couples?|astronauts?|chefs?|dancers?|musicians?
      | doctors?|nurses?|teachers?|soldiers?|kings?|queens?|faces?|hands?|athletes?|farmers?
    """,
    "abstract": r"""
        abstract(?:ion)?|geometric|fractals?|patterns?|surreal(?:ist|ism)?|cubis[mt]|suprematis[mt]
      | minimalist\ composition|colou?r\ field|shapes?|circles?|triangles?|squares?|gradients?
    """,
}
_PATTERNS = {
    kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE | re.VERBOSE)
    for kind, words in _WORDS.items()
}
_QUOTED = re.compile(r"[\"“„«][^\"”“»\n]{1,80}[\"”“»]")


def categories(battle: FinishedBattle) -> frozenset[str]:
    """Ids of the categories that a battle falls in."""
    text = battle.text
    found = {kind for kind, pattern in _PATTERNS.items() if pattern.search(text)}
    if _QUOTED.search(text):
        found.add("lettering")
    if any(pictures_of(prompt) for prompt in battle.prompts):
        found.add(EDIT.id)
    return frozenset(found)
