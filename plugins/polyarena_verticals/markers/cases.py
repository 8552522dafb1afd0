"""Decisions of courts: by reporter, neutral citation, ECLI, or date and docket."""

from __future__ import annotations

import re
from datetime import date

from ..marker import Marker

# The years in which a series was printed.
_SERIES = {
    "U.S.": (1754, None),
    "S.Ct.": (1882, None),
    "L.Ed.": (1754, 1956),
    "L.Ed.2d": (1956, None),
    "F.": (1880, 1924),
    "F.2d": (1924, 1993),
    "F.3d": (1993, 2021),
    "F.4th": (2021, None),
    "F.Supp.": (1932, 1998),
    "F.Supp.2d": (1998, 2014),
    "F.Supp.3d": (2014, None),
}
# The years since which, or until which, a court has numbered its judgments so.
_NEUTRAL = {
    "UKSC": (2009, None),
    "UKHL": (2001, 2009),
    "UKPC": (2001, None),
    "EWCA": (2001, None),
    "EWHC": (2001, None),
    "CSIH": (2005, None),
    "CSOH": (2005, None),
    "SCC": (2000, None),
    "HCA": (1998, None),
    "FCA": (1999, None),
    "NZSC": (2005, None),
    "IESC": (1999, None),
    "ZACC": (1995, None),
    "SGCA": (1999, None),
}

_SIGNAL = r"(?!(?:See|Cf|But|In|Also|Under|The|And|Compare|Accord|Per|Cases?|From|Following)\b)"
_WORD = r"[A-Z][\w.'’&-]{0,30}"
_LINKS = r"(?:&|of|the|and|for|de|la|ex\srel\.)\s"
_PARTY = rf"{_WORD}(?:\s(?:{_LINKS}){{0,2}}{_WORD}){{0,5}}(?:,\s(?:Inc|Ltd|LLC|LLP|Corp|Co)\b\.?)?"
_NAMES = rf"{_SIGNAL}{_PARTY}\sv(?:s?\.)?\s{_PARTY}"
_REPORTER = r"U\.\s?S\.|S\.\s?Ct\.|L\.\s?Ed\.(?:\s?2d)?|F\.(?:\s?Supp\.)?(?:\s?[23]d|\s?4th)?"
_ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z][A-Z0-9]{0,6}:\d{4}:[A-Z0-9.]{1,25}")


def _within(year: int, years: tuple[int, int | None], series: str) -> str:
    first, last = years
    if year > date.today().year:
        return "its year is still to come"
    if first <= year <= (last or year):
        return ""
    until = f"to {last}" if last else "on"
    return f"{series} runs from {first} {until}, not in {year}"


def _report_form(match: re.Match[str]) -> str:
    series = match["series"].replace(" ", "")
    if match["year"] is None or series not in _SERIES:
        return ""
    return _within(int(match["year"]), _SERIES[series], series)


def _neutral_form(match: re.Match[str]) -> str:
    court = match["court"].split()[0]
    return _within(int(match["year"]), _NEUTRAL[court], court)


def _ecli_form(match: re.Match[str]) -> str:
    if _ECLI.fullmatch(match[0].rstrip(".")):
        return ""
    return "an ECLI is five parts: ECLI, country, court, year, number"


def _dated_form(match: re.Match[str]) -> str:
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    try:
        return "its date is still to come" if date(year, month, day) > date.today() else ""
    except ValueError:
        return "there is no such date"


REPORT = Marker(
    "case",
    "Case",
    re.compile(
        rf"(?:{_NAMES},\s)?(?<![\w.])\d{{1,4}}\s(?P<series>{_REPORTER})\s\d{{1,5}}"
        r"(?:,\s\d{1,5}(?:[-–]\d{1,5})?)?(?:\s\([\w. ]{0,30}?(?P<year>\d{4})\))?"
    ),
    cites=True,
    check=_report_form,
)
NEUTRAL = Marker(
    "neutral",
    "Case",
    re.compile(
        rf"(?:{_NAMES},?\s)?(?:\[(?P<year>\d{{4}})\])\s"
        rf"(?P<court>(?:{'|'.join(_NEUTRAL)})(?:\s(?:Civ|Crim))?)\s\d{{1,5}}"
    ),
    cites=True,
    check=_neutral_form,
)
ECLI = Marker(
    "ecli",
    "ECLI",
    re.compile(r"\bECLI(?::[^\s,;:)\]]{0,40}){1,6}"),
    cites=True,
    check=_ecli_form,
    link=lambda match: f"https://e-justice.europa.eu/ecli/{match[0].rstrip('.')}",
)
DATED = Marker(
    "decision",
    "Case",
    re.compile(
        r"\b(?:BGH|BVerfG|BVerwG|BAG|BFH|BSG|EuGH|EuG|(?:OLG|LG|KG|AG|VG|OVG|FG)\s[A-Z]\w{2,20}),?\s"
        r"(?:Urteil|Urt\.|Beschluss|Beschl\.)\s(?:vom|v\.)\s"
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"
        r"(?:,?\s[-–]?\s?[\w ]{1,12}\s\d{1,5}/\d{2})?"
    ),
    cites=True,
    check=_dated_form,
)
NAMED = Marker("parties", "Case by its parties alone", re.compile(_NAMES))

CASES = (REPORT, NEUTRAL, ECLI, DATED)
