"""Sources in the literature: DOIs, PubMed, trials, preprints, books, articles, addresses."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote, urlsplit

from stdnum import isbn, issn

from ..marker import Marker, trimmed

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/\S+")
_PAGES = re.compile(r"([A-Za-z]?)(\d{1,7})[-–]([A-Za-z]?)(\d{1,7})")


def _doi(match: re.Match[str]) -> str:
    return trimmed(match["doi"] or match["bare"])


def _doi_form(match: re.Match[str]) -> str:
    if _DOI.fullmatch(_doi(match)):
        return ""
    return "a DOI is 10. and a number of at least four digits, a slash, and a name"


def _pmid_form(match: re.Match[str]) -> str:
    right = re.fullmatch(r"[1-9]\d{0,7}", match[1])
    return "" if right else "a PMID has at most eight digits and no zero in front"


def _pmc_form(match: re.Match[str]) -> str:
    right = re.fullmatch(r"[1-9]\d{4,7}", match[1])
    return "" if right else "a PMC number has five to eight digits"


def _nct_form(match: re.Match[str]) -> str:
    return "" if len(match[1]) == 8 else "an NCT number has eight digits"


def _arxiv_form(match: re.Match[str]) -> str:
    year, month, number = match[1][:2], int(match[1][2:4]), match[1][5:]
    digits = 4 if year < "15" else 5
    if 1 <= month <= 12 and "07" <= year <= f"{date.today():%y}" and len(number) == digits:
        return ""
    return "an arXiv number is a year and a month, a point, and five digits (four before 2015)"


def _isbn_form(match: re.Match[str]) -> str:
    return "" if isbn.is_valid(match[1]) else "its check digit is wrong"


def _issn_form(match: re.Match[str]) -> str:
    return "" if issn.is_valid(match[1]) else "its check digit is wrong"


def _article_form(match: re.Match[str]) -> str:
    if int(match["year"]) > date.today().year:
        return "its year is still to come"
    pages = _PAGES.fullmatch(match["pages"])
    if pages is None or len(pages[4]) < len(pages[2]):
        return ""
    return "" if int(pages[4]) >= int(pages[2]) else "its last page comes before its first"


def _url_form(match: re.Match[str]) -> str:
    try:
        host = urlsplit(trimmed(match[0])).hostname or ""
    except ValueError:
        host = ""
    right = re.fullmatch(r"[^\W_](?:[\w-]{0,62}\.){1,8}[^\W\d_]{2,24}", host)
    return "" if right else "there is no host in this address"


DOI = Marker(
    "doi",
    "DOI",
    re.compile(
        r"(?<![\w./])(?:(?:https?://)?(?:dx\.)?doi(?:\.org/|:\s?|\s(?=1[0o]\.))(?P<doi>\S{3,200})"
        r"|(?P<bare>10\.\d{4,9}(?:\.\d{1,9}){0,3}/\S{1,200}))",
        re.IGNORECASE,
    ),
    cites=True,
    check=_doi_form,
    link=lambda match: f"https://doi.org/{quote(_doi(match), safe='/')}",
)
PMID = Marker(
    "pmid",
    "PubMed",
    re.compile(r"\bPMID:?\s?(\d{1,12})\b"),
    cites=True,
    check=_pmid_form,
    link=lambda match: f"https://pubmed.ncbi.nlm.nih.gov/{match[1]}/",
)
PMC = Marker(
    "pmc",
    "PubMed Central",
    re.compile(r"\bPMC\s?(\d{1,12})\b"),
    cites=True,
    check=_pmc_form,
    link=lambda match: f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{match[1]}/",
)
NCT = Marker(
    "nct",
    "Trial",
    re.compile(r"\bNCT\s?(\d{2,12})\b"),
    cites=True,
    check=_nct_form,
    link=lambda match: f"https://clinicaltrials.gov/study/NCT{match[1]}",
)
ARXIV = Marker(
    "arxiv",
    "arXiv",
    re.compile(r"\barXiv:\s?(\d{4}\.\d{3,6})(?:v\d{1,2})?\b", re.IGNORECASE),
    cites=True,
    check=_arxiv_form,
    link=lambda match: f"https://arxiv.org/abs/{match[1]}",
)
ISBN = Marker(
    "isbn",
    "ISBN",
    re.compile(r"\bISBN(?:-1[03])?:?\s?(\d[\d -]{7,15}[\dXx])\b"),
    cites=True,
    check=_isbn_form,
)
ISSN = Marker(
    "issn",
    "ISSN",
    re.compile(r"\bISSN:?\s?(\d{4}-?\d{3}[\dXx])\b"),
    cites=True,
    check=_issn_form,
)
ARTICLE = Marker(
    "article",
    "Article",
    re.compile(
        r"(?:[A-Z][\w.&]{0,20}\s){1,6}(?P<year>(?:19|20)\d\d)\s?;\s?\d{1,4}(?:\([\w -]{1,12}\))?:"
        r"\s?(?P<pages>[A-Za-z]?\d{1,7}(?:[-–][A-Za-z]?\d{1,7})?)\b"
    ),
    cites=True,
    check=_article_form,
)
ADDRESS = Marker(
    "address",
    "Link",
    re.compile(r"\bhttps?://[^\s<>\"]{1,300}", re.IGNORECASE),
    cites=True,
    check=_url_form,
    link=lambda match: trimmed(match[0]) if match[0][:8].lower() == "https://" else "",
)

SCHOLARLY = (DOI, PMID, PMC, NCT, ARXIV, ISBN, ISSN, ARTICLE)
