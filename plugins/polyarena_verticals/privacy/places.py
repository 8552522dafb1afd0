"""Postal addresses: a street with a number, or a place with its postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Span

_CAP = r"[A-ZÀ-ÖØ-ÞČŠŽŁŚŹŻ][\w'’.-]{1,24}"
_SMALL = (
    r"(?:de|du|des|la|le|les|l['’]|della|delle|dei|del|di|da|do|dos|das|los|las|el|y|e|van|von|der)"
)
_NAME = rf"(?:{_SMALL}\s?){{0,3}}{_CAP}(?:[\s-](?:{_SMALL}\s?){{0,3}}{_CAP}){{0,3}}"
_NR = r"\d{1,4}(?:\s?[a-zA-Z])?(?:\s?[-/]\s?\d{1,4})?"
_AFTER_NR = r"(?:[\s,]{1,2}(?:n[.°º]{0,2}|núm\.?|num\.?|nr\.?)\s?|[\s,]{1,2})"
_TOWN = rf"(?:,?\s(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:-\d{{3,4}})?\s{_CAP}(?:[\s-]{_CAP}){{0,2}})?"

_PATTERNS = (
    # 12 Elm Street, Apt 4, Springfield, IL 62704
    rf"\b\d{{1,5}}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:{_CAP}\s){{1,3}}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln"
    rf"|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Square|Sq|Terrace|Crescent|Close|Gardens|Parkway)"
    rf"\b\.?(?:,?\s(?:Apt|Apartment|Flat|Unit|Suite)\.?\s?\w{{1,5}})?(?:,\s{_CAP}(?:\s{_CAP}){{0,2}})?"
    r"(?:,?\s[A-Z]{2}\s\d{5}(?:-\d{4})?|,?\s[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})?\b",
    # Lindenstraße 7, 50674 Köln
    rf"\b[A-ZÄÖÜ][\wäöüß.-]{{1,30}}(?:straße|strasse|str\.|weg|gasse|platz|allee|damm|ufer|chaussee)"
    rf"\s{_NR}\b{_TOWN}",
    rf"\b(?!D[aei][ers]\s|Eine?\s){_CAP}\s(?:Straße|Strasse|Str\.|Weg|Gasse|Platz|Allee|Ring|Damm|Ufer)\s{_NR}\b{_TOWN}",
    rf"\bAm\s{_CAP}\s{_NR},\s\d{{5}}\s{_CAP}",
    # 12, rue de la Paix, 75002 Paris
    rf"\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|quai"
    rf"|route|cours)\s{_NAME}{_TOWN}",
    # Calle de Alcalá 45, 28014 Madrid
    rf"\b(?:[Cc]alle|C/|[Aa]venida|Avda\.?|[Pp]laza|[Pp]aseo|[Cc]arrer|[Rr]onda)\s?{_NAME}{_AFTER_NR}"
    rf"{_NR}\b{_TOWN}",
    # Via Garibaldi 12, 20121 Milano
    rf"\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Pp]iazzale|[Cc]orso|[Ll]argo|[Vv]icolo)\s{_NAME}{_AFTER_NR}{_NR}\b"
    rf"{_TOWN}",
    # Rua Augusta, 100, 1100-053 Lisboa
    rf"\b(?:[Rr]ua|[Aa]venida|Av\.|[Tt]ravessa|[Pp]raça|[Ll]argo|[Ee]strada|[Aa]lameda)\s{_NAME}{_AFTER_NR}"
    rf"{_NR}\b{_TOWN}",
    # P.O. Box 123
    r"\b(?:P\.?\s?O\.?\sBox|Postfach|Boîte\spostale|Apartado(?:\sde\s[Cc]orreos)?|Casella\spostale)\s\d{1,6}\b",
    # Springfield, IL 62704
    rf"\b{_CAP}(?:\s{_CAP}){{0,2}},\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]"
    r"|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\s\d{5}(?:-\d{4})?\b",
    # SW1A 2AA
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?)\s\d[ABD-HJLNP-UW-Z]{2}\b",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)
# Addresses that everybody knows and nobody lives at.
_PUBLIC = re.compile(r"(?i)10 Downing|1600 Pennsylvania|221B Baker|Wall Street|Abbey Road")


def addresses(text: str) -> Iterator[Span]:
    for pattern in _COMPILED:
        for match in pattern.finditer(text):
            if not _PUBLIC.search(match[0]):
                yield match.span()
