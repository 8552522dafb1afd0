"""Which kinds of question about pictures can be told apart by their words and their number.

What is on a picture is not looked at: a category is what is asked. Each detector would rather
miss than be wrong.
"""

from __future__ import annotations

import re

from polyarena import Category, FinishedBattle, Image

CATEGORIES = (
    Category("document", "Documents and text"),
    Category("chart", "Charts and diagrams"),
    Category("homework", "Homework"),
    Category("photo", "Photos"),
    Category("captioning", "Captioning"),
    Category("humour", "Humour"),
    Category("spatial", "Spatial and counting"),
    Category("multi-image", "Several pictures"),
    Category("multi-turn", "Multi-turn"),
    Category("non-english", "Other languages"),
)

_WORDS = {
    "document": r"""
        transcri(?:be|bes|bed|ption)|ocr|receipts?|invoices?|documents?|contracts?|hand-?writ\w+
      | scann?(?:ed)?|pdf|screenshots?|letters?|labels?|signs?|menus?|business\ cards?|paragraphs?
      | what\ does\ (?:it|this|the\ \w+)\ say|read\ (?:the|this|out)|the\ text|extract\ the
      | translate\ (?:the|this)
    """,
    "chart": r"""
        charts?|graphs?|plots?|diagrams?|histograms?|axis|axes|bars?|trend\ ?lines?|flow-?charts?
      | pie|legend|heat-?maps?|scatter|maps?|schematics?|circuits?|infographics?|blueprints?
    """,
    "homework": r"""
        homework|exercises?|solve|worksheets?|equations?|geometry|triangles?|theorem|proof|prove
      | exam|quiz|textbooks?|physics|chemistry|question\ \d+|problem\ \d+|step\ by\ step
      | find\ (?:x|the\ (?:angle|area|value|length|volume|perimeter))
    """,
    "photo": r"""
        photos?|photographs?|selfies?|portraits?|landscapes?|camera|snapshots?|taken
      | (?:which|what)\ (?:plant|flower|bird|animal|breed|insect|tree|mushroom|building|place|city
      | landmark|car|dish|food|painting)|where\ was\ (?:this|it)|is\ this\ (?:edible|poisonous)
    """,
    "captioning": r"""
        captions?|describe|description|alt(?:ernative)?\ texts?
      | what(?:'s|\ is)\ (?:in|on)\ th(?:is|e)|what\ do\ you\ see|what\ is\ (?:happening|going\ on)
      | tell\ me\ about\ this
    """,
    "humour": r"""
        funny|jokes?|humou?r\w*|memes?|punch-?\ ?lines?|comics?|cartoons?|silly|witty|sarcas\w+
      | pun|puns|roast|laugh\w*
    """,
    "spatial": r"""
        how\ many|count(?:s|ing)?|number\ of|left\ of|right\ of|to\ the\ (?:left|right)|above|below
      | behind|in\ front\ of|next\ to|between|nearest|closest|farthest|furthest|distance|position\w*
      | which\ (?:side|corner)|where\ is|where\ are|clockwise|rotat\w+|(?:tall|larg|bigg|small)est
    """,
}
_PATTERNS = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE | re.VERBOSE)
    for kind, words in _WORDS.items()
}
_LETTER = re.compile(r"[^\W\d_]")
_ENGLISH = re.compile(
    r"(?<!\w)(?:the|what|this|that|how|which|are|and|with|does|you|there|these|why|where|from)(?!\w)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"""(?<!\w)(?:
        der|die|das|ist|und|nicht|wie|auf|diese[rms]?|welche[rs]?|bitte|ein|eine|mit|dem|zu
      | le|la|les|est|et|que|quel|quelle|dans|cette|sur|une|des|combien|pourquoi|avec
      | el|los|las|es|qué|cuántos|cuántas|cuál|esta|este|imagen|una|por|con|hay|del
      | il|che|quanti|quante|questa|questo|cosa|sono|nella|immagine|della|perché
      | não|uma|são|quantos|quantas|isto|está|imagem|você|het|een|niet|hoeveel|deze|wat|op
      | jest|ile|na|tym|co|nie|bu|kaç|ne|için|var|och|hur|många|det|är|att
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def categories(battle: FinishedBattle) -> frozenset[str]:
    """Ids of the categories that a battle falls in."""
    if not battle.prompts:
        return frozenset()
    text = battle.text
    found = {kind for kind, pattern in _PATTERNS.items() if pattern.search(text)}
    pictures = sum(isinstance(part, Image) for prompt in battle.prompts for part in prompt.parts)
    if pictures > 1:
        found.add("multi-image")
    if len(battle.prompts) > 1:
        found.add("multi-turn")
    if _is_foreign(text):
        found.add("non-english")
    return frozenset(found)


def _is_foreign(text: str) -> bool:
    letters = _LETTER.findall(text)
    beyond = sum(not letter.isascii() for letter in letters)
    if beyond * 2 > len(letters) > 1:
        return True
    others, english = len(_OTHERS.findall(text)), len(_ENGLISH.findall(text))
    return others >= 2 and others > 2 * english
