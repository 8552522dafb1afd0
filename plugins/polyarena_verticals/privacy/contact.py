"""E-mail addresses, telephone numbers, IP addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

import phonenumbers

from .finding import Span

REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "PT", "BR", "CH", "AT", "NL", "BE", "MX")
CHECKED = 300

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@|\s?[\[(]\s?(?:at|AT)\s?[\])]\s?)"
    r"(?:[\w-]{1,63}(?:\.|\s?[\[(]\s?(?:dot|punkt|point|punto)\s?[\])]\s?)){1,6}[^\W\d_]{2,24}(?!\w)"
)
# Names that no mail can be sent to (RFC 2606).
_RESERVED = re.compile(
    r"(?i)(?:[@.])(?:example\.(?:com|org|net)|(?:\w+\.)?(?:example|test|invalid))$"
)

_NUMBER = re.compile(r"(?<![\w.,:/#§-])(?:\+|\()?\d[\d ()./\u00a0-]{5,22}\d(?![\w§%€$])")
_CALLED = re.compile(
    r"(?i)(?:\b(?:tel|phone|telephone|mobile|cell|call(?:\sme)?|fax|ring|text|whatsapp|reach\w*|telefon\w*"
    r"|handy\w*|mobil\w*|anruf\w*|rückruf|erreichbar|ruf|t[ée]l[ée]phone\w*|t[ée]l|portable|r?appel\w*"
    r"|joindre|tel[ée]fono|m[óo]vil|llam\w*|cellulare|chiam\w*|telefone|telem[óo]vel|celular|lig\w{2,4})"
    r"\b)[^\d\n]{0,24}$"
)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d")
_PLAIN = re.compile(
    r"\+[\d ()./\u00a0-]+|00[1-9][\d ()./\u00a0-]+|\(0?\d{2,5}\)[ /-]?[\d -]+"
    r"|\d{3}[-.]\d{3}[-.]\d{4}|0[1-9]\d{1,4}[ /-][\d ()/-]+|0[1-9](?:[ .]\d\d){4}"
)
_IP = re.compile(r"(?i)\bIP(?:v[46])?\b[^\d\n]{0,24}?(?<![\d.])((?:\d{1,3}\.){3}\d{1,3})(?![\d.])")


def emails(text: str) -> Iterator[Span]:
    for match in _EMAIL.finditer(text):
        if not _RESERVED.search(match[0]):
            yield match.span()


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers: international ones, and national ones by their form or by a word before.

    Of a text with very many candidates those beyond `CHECKED` are taken for numbers unchecked.
    """
    checked = 0
    for match in _NUMBER.finditer(text):
        # A parenthesis that is not closed is the sentence's.
        found = match[0] if match[0].count("(") == match[0].count(")") else match[0][1:]
        if not 7 <= sum(map(str.isdigit, found)) <= 15 or _DATE.fullmatch(found):
            continue
        called = bool(_CALLED.search(text[max(0, match.start() - 48) : match.start()]))
        if not called and not _PLAIN.fullmatch(found):
            continue
        checked += 1
        if checked > CHECKED or _is_phone(found, called):
            yield match.end() - len(found), match.end()


def _is_phone(found: str, called: bool) -> bool:
    if found.startswith("00"):
        found = "+" + found[2:]
    for region in (None,) if found.startswith("+") else REGIONS:
        try:
            number = phonenumbers.parse(found, region)
        except phonenumbers.NumberParseException:
            continue
        possible = phonenumbers.is_possible_number(number)
        if phonenumbers.is_valid_number(number) or (called and possible):
            return True
    return False


def ips(text: str) -> Iterator[Span]:
    for match in _IP.finditer(text):
        try:
            public = ipaddress.ip_address(match[1]).is_global
        except ValueError:
            continue
        if public:
            yield match.span(1)
