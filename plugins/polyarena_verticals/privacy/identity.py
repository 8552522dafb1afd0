"""Identity numbers of persons: those with check digits or a form of their own, by country."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum import luhn
from stdnum.at import vnr
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.it import codicefiscale
from stdnum.mx import curp
from stdnum.nl import bsn
from stdnum.pl import pesel
from stdnum.pt import nif
from stdnum.se import personnummer
from stdnum.us import itin, ssn

from .finding import Span

Check = Callable[[str], bool]

# Those whose form is their own: found wherever they stand.
_ALONE: tuple[tuple[str, Check], ...] = (
    (r"\d{3}-\d{2}-\d{4}", lambda n: ssn.is_valid(n) or itin.is_valid(n)),
    (r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf.is_valid),
    (r"756\.\d{4}\.\d{4}\.\d{2}", ahv.is_valid),
    (r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", nn.is_valid),
    (
        r"[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}"
        r"[ .]?\d{2}",
        nir.is_valid,
    ),
    (r"\d{8}-?[A-HJ-NP-TV-Z]", dni.is_valid),
    (r"[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]", nie.is_valid),
    (r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    (r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d", curp.is_valid),
    (r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),
    (r"\d{6}[-+A]\d{3}[0-9A-Y]", hetu.is_valid),
    (
        r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
        lambda n: True,
    ),
)
# Those that look like any number: found where a word before them says what they are.
_NAMED: tuple[tuple[str, str, Check], ...] = (
    (r"SSN|[Ss]ocial [Ss]ecurity", r"\d{3}[ -]?\d{2}[ -]?\d{4}", ssn.is_valid),
    (r"NHS", r"\d{3}[ -]?\d{3}[ -]?\d{4}", nhs.is_valid),
    (
        r"[Ss]teuer-?(?:ID|[Ii]dentifikationsnummer|[Ii]d)|IdNr",
        r"\d{2} ?\d{3} ?\d{3} ?\d{3}",
        idnr.is_valid,
    ),
    (r"SVNR|SV-Nr|[Ss]ozialversicherungsnummer", r"\d{4}[ -]?\d{6}", vnr.is_valid),
    (r"NIF|[Cc]ontribuinte", r"\d{3} ?\d{3} ?\d{3}", nif.is_valid),
    (r"CPF", r"\d{11}", cpf.is_valid),
    (r"BSN|[Bb]urgerservicenummer", r"\d{9}", bsn.is_valid),
    (r"PESEL", r"\d{11}", pesel.is_valid),
)
_NPI = re.compile(r"\bNPI\b\D{0,16}([12]\d{9})(?!\d)")


def _compiled() -> Iterator[tuple[re.Pattern[str], Check]]:
    for form, check in _ALONE:
        yield re.compile(rf"(?<![\w.-])({form})(?![\w-])"), check
    for word, form, check in _NAMED:
        yield re.compile(rf"(?:{word})\b[^\d\n]{{0,24}}(?<![\d.,])({form})(?![\w-])"), check


_PATTERNS = tuple(_compiled())


def identities(text: str) -> Iterator[Span]:
    for pattern, check in _PATTERNS:
        for match in pattern.finditer(text):
            if check(match[1]):
                yield match.span(1)


def is_npi(number: str) -> bool:
    """Whether ten digits are a National Provider Identifier by their check digit.

    It is Luhn's, over the number with 80840 before it (45 CFR 162.406).
    """
    return bool(re.fullmatch(r"[12]\d{9}", number)) and luhn.is_valid(f"80840{number}")


def providers(text: str) -> Iterator[Span]:
    for match in _NPI.finditer(text):
        if is_npi(match[1]):
            yield match.span(1)
