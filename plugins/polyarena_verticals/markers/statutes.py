"""Statutes and acts: of the United States, the European Union, Germany, and by their names."""

from __future__ import annotations

import re
from datetime import date

from ..marker import Marker

_CODES = (
    "BGB|StGB|ZPO|StPO|HGB|GG|AktG|GmbHG|InsO|UWG|UrhG|AO|EStG|UStG|KStG|VwGO|VwVfG|SGB|BDSG|KSchG"
    "|BetrVG|AGG|FamFG|GWB|MarkenG|PatG|AMG|HWG|WpHG|KWG|GWG|ABGB|OR|ZGB|StVG|OWiG|TDDDG|DDG"
)
_TREATIES = (
    "GDPR|DSGVO|DS-GVO|RGPD|TFEU|AEUV|TFUE|TEU|EUV|ECHR|EMRK|CEDH|GG|Charter|Constitution"
    r"|Code\s(?:civil|pénal|du\stravail|de\scommerce)|Código\s(?:Civil|Penal)|c\.c\.|c\.p\."
    r"|Codice\s(?:civile|penale)"
)
_SECTION = r"\d[\w.-]{0,14}(?:\(\w{1,5}\)){0,5}"


def _usc_form(match: re.Match[str]) -> str:
    title = int(match[1])
    return "" if 1 <= title <= 54 and title != 53 else f"the U.S. Code has no title {title}"


def _cfr_form(match: re.Match[str]) -> str:
    title = int(match[1])
    right = 1 <= title <= 50 and title != 35
    return "" if right else f"the Code of Federal Regulations has no title {title}"


def _usc_link(match: re.Match[str]) -> str:
    section = re.match(r"\d+[a-z]{0,2}(?:-\d+)?", match[2])
    return f"https://www.govinfo.gov/link/uscode/{match[1]}/{section[0]}" if section else ""


def _union_form(match: re.Match[str]) -> str:
    now = date.today().year % 100
    numbers = [int(number) for number in (match[1], match[2])]
    years = [n if n > 99 else 1900 + n if n > now else 2000 + n for n in numbers]
    if any(1958 <= year <= date.today().year for year in years):
        return ""
    return "neither of its numbers is a year since 1958"


USC = Marker(
    "usc",
    "Statute",
    re.compile(rf"\b(\d{{1,3}})\sU\.\s?S\.\s?C\.(?:\s?A\.)?\s(?:§{{1,2}}\s?)?({_SECTION})"),
    cites=True,
    check=_usc_form,
    link=_usc_link,
)
CFR = Marker(
    "cfr",
    "Regulation",
    re.compile(rf"\b(\d{{1,3}})\sC\.?\s?F\.?\s?R\.?\s(?:§{{1,2}}\s?|[Pp]art\s)?({_SECTION})"),
    cites=True,
    check=_cfr_form,
)
UNION = Marker(
    "eu-act",
    "EU act",
    re.compile(
        r"\b(?:Regulation|Directive|Decision|Verordnung|Richtlinie|Règlement|Reglamento|Regolamento"
        r"|Regulamento|Direct(?:ive|iva))\s(?:\((?:EU|EC|EEC|UE|CE|EG)\)\s)?(?:No\.?\s|Nr\.\s|n[.°º]\s)?"
        r"(\d{2,4})/(\d{1,4})(?:/(?:EC|EEC|EU|CE|UE|EG))?"
    ),
    cites=True,
    check=_union_form,
)
GERMAN = Marker(
    "paragraph",
    "Statute",
    re.compile(
        r"§{1,2}\s?\d{1,4}[a-z]?(?:\s(?:Abs\.|Absatz|Satz|S\.|Nr\.|Var\.|Alt\.)\s?\d{1,3}){0,4}"
        rf"\s(?:{_CODES})(?:\s[IVX]{{1,4}})?\b"
    ),
    cites=True,
)
ARTICLE_OF = Marker(
    "treaty",
    "Statute",
    re.compile(
        r"\b[Aa]rt(?:icle|ikel|ículo|icolo|igo|\.)\s\d{1,4}[a-z]?(?:\(\w{1,4}\)){0,4}"
        r"(?:\s(?:Abs\.|lit\.|para\.|n\.º)\s?\w{1,3}){0,3}"
        rf"(?:,?\s(?:of\sthe|du|del|do|der|des|of))?\s(?:{_TREATIES})"
    ),
    cites=True,
)
SECTION_OF = Marker(
    "section",
    "Statute",
    re.compile(
        rf"(?:\b[Ss](?:ections?|ec\.|s?\.?)\s{_SECTION}(?:\sof)?\s(?:the\s)?)?"
        r"\b(?:[A-Z][A-Za-z'’-]{1,24}\s(?:and\s|of\s|\([A-Z][A-Za-z ]{1,30}\)\s)?){1,6}Act"
        r"(?:\s(?:of\s)?(?:1[2-9]|20)\d\d)?\b"
    ),
    cites=True,
)

STATUTES = (USC, CFR, UNION, GERMAN, ARTICLE_OF, SECTION_OF)
