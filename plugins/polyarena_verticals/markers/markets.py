"""Accounting standards, securities, and forms of the markets' supervisors."""

from __future__ import annotations

import re

from stdnum import isin, lei

from ..marker import Marker

_LAST = {"IFRS": 19, "IAS": 41, "IFRIC": 23, "SIC": 32}


def _standard_form(match: re.Match[str]) -> str:
    family, number = match[1], int(match[2])
    if 1 <= number <= _LAST[family]:
        return ""
    return f"there is no {family} {number}: they end at {_LAST[family]}"


def _topic_form(match: re.Match[str]) -> str:
    return "" if 105 <= int(match[1]) <= 995 else "the topics of the ASC run from 105 to 995"


def _isin_form(match: re.Match[str]) -> str:
    return "" if isin.is_valid(match[1]) else "its check digit or its country is wrong"


def _lei_form(match: re.Match[str]) -> str:
    return "" if lei.is_valid(match[1]) else "its check digits are wrong"


IFRS = Marker(
    "ifrs",
    "Standard",
    re.compile(r"\b(IFRS|IAS|IFRIC|SIC)[\s-](\d{1,3})\b(?:\.[A-Z]?\d{1,3}[A-Z]?)?"),
    cites=True,
    check=_standard_form,
)
ASC = Marker(
    "asc",
    "Standard",
    re.compile(r"\bASC\s(?:Topic\s)?(\d{3})(?:-\d{2}){0,3}(?:-\d{1,3}[A-Z]?)?\b"),
    cites=True,
    check=_topic_form,
)
RULE = Marker(
    "rule",
    "Rule",
    re.compile(
        r"\b(?:Rule\s\d{1,3}[a-z]?(?:-\d{1,3})?(?:\(\w{1,4}\)){0,3}|Form\s(?:10-[KQ]|8-K|20-F|S-1|1099"
        r"|W-[289]|1040)|I\.?R\.?C\.?\s(?:§{1,2}|[Ss]ection)\s?\d{1,4}[A-Z]?(?:\(\w{1,4}\)){0,4}"
        r"|SFAS\s\d{1,3}|ISA\s\d{3}|MiFID\sI{1,2}|Basel\sI{1,3}|Solvency\sII)\b"
    ),
    cites=True,
)
ISIN = Marker(
    "isin",
    "ISIN",
    re.compile(r"\b(?:ISIN:?\s)?([A-Z]{2}[A-Z0-9]{3}\d[A-Z0-9]{5}\d)\b"),
    check=_isin_form,
)
LEI = Marker("lei", "LEI", re.compile(r"\bLEI:?\s([A-Z0-9]{18}\d\d)\b"), check=_lei_form)
TICKER = Marker(
    "ticker",
    "Security",
    re.compile(
        r"(?<![\w$])\$[A-Z]{1,5}(?:\.[A-Z]{1,2})?\b"
        r"|\b(?:NYSE|NASDAQ|Nasdaq|LSE|ETR|XETRA|EPA|BIT|TSX|ASX)\s?:\s?[A-Z0-9]{1,6}\b"
    ),
)
MEASURE = Marker.of_words(
    "measure",
    "Measure",
    "ebitda, ebit, net present value, npv, irr, internal rate of return, wacc, sharpe ratio, "
    "beta, alpha, value at risk, expected shortfall, free cash flow, roe, roic, roa, duration, "
    "convexity, price-to-earnings, p/e ratio, book value, enterprise value, yield to maturity, "
    "discount rate, debt-to-equity, current ratio, tier 1 capital, cet1, lcr, nsfr, loan-to-value",
)

MARKETS = (IFRS, ASC, RULE, ISIN, LEI, TICKER, MEASURE)
