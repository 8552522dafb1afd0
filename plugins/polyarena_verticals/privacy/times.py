"""Dates of birth and of care, and ages over 89."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .finding import Span

_MONTHS = (
    "jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|f[ée]vrier|m[äa]r(?:ch|z|s)?|apr(?:il)?|avril|may|mai"
    "|june?i?|juin|jul[yi]?|juillet|aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|o[ck]t(?:ober|obre)?"
    "|nov(?:ember|embre)?|de[cz](?:ember)?|d[ée]cembre|enero|febrero|marzo|abril|mayo|junio|julio"
    "|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio"
    "|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro"
    "|dezembro"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = (
    rf"{_DAY}(?:st|nd|rd|th|er|\.|º|°)?\s?(?:de\s|of\s)?(?:{_MONTHS})\.?,?\s(?:de\s|del\s)?(?:\d{{4}})"
    rf"|(?:{_MONTHS})\.?\s{_DAY}(?:st|nd|rd|th)?,?\s\d{{4}}"
    r"|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
)
_BORN = (
    r"born(?:\son)?|date\sof\sbirth|birth\s?da(?:te|y)|d\.?\s?o\.?\s?b\.?|geb(?:\.|oren)(?:\sam)?"
    r"|geburts(?:datum|tag)|né(?:\(?e\)?)?(?:\sle)?|date\sde\snaissance|nacid[oa](?:\sel)?"
    r"|fecha\sde\snacimiento|f\.?\s?nac\.?|nat[oa](?:\sil)?|data\sdi\snascita|nascid[oa](?:\s(?:a|em))?"
    r"|data\sde\snascimento|\*"
)
_CARED = (
    r"admi(?:tted|ssion)(?:\sdate)?(?:\son)?|discharged?(?:\sdate)?(?:\son)?|died(?:\son)?"
    r"|date\sof\s(?:admission|discharge|death|surgery|service|visit)|operated(?:\son)?|seen\son"
    r"|aufnahme(?:datum)?(?:\sam)?|aufgenommen(?:\sam)?|entlass(?:en|ung|ungsdatum)(?:\sam)?"
    r"|verstorben(?:\sam)?|operiert(?:\sam)?|vorgestellt\sam|admise?(?:\sle)?|hospitalisée?(?:\sle)?"
    r"|sortie?(?:\sle)?|décédée?(?:\sle)?|opérée?(?:\sle)?|date\sd['’](?:admission|hospitalisation)"
    r"|ingres(?:ó|ad[oa]|o)(?:\sel)?|dad[oa]\sde\salta(?:\sel)?|falleci(?:ó|d[oa])(?:\sel)?"
    r"|operad[oa](?:\s(?:el|em|a))?|fecha\sde\singreso|ricoverat[oa](?:\sil)?|dimess[oa](?:\sil)?"
    r"|decedut[oa](?:\sil)?|operat[oa](?:\sil)?|internad[oa](?:\s(?:em|a))?|alta(?:\s(?:em|a|el))?"
    r"|faleci(?:d[oa]|u|eu)(?:\s(?:em|a))?|data\sd[ei]\s(?:admissão|internamento|ricovero)"
)
_OVER = r"(?:9\d|1[0-2]\d)"
_THINGS = (
    r"(?:company|companies|firm|law|statute|act|treaty|precedent|bank|brand|building|house|bridge|tree"
    r"|wine|contract|lease|tradition|institution|industry|business|loan|bond|bonds|mortgage"
    r"|firma|bank|marke|gesetz|haus|unternehmen|tradition|entreprise|marque|loi|banque|maison"
    r"|empresa|marca|ley|banco|casa|azienda|marchio|legge|banca|lei)"
)
_AGES = (
    rf"\b({_OVER}[\s-]?(?:years?|yrs?|y/o|yo)\b(?:[\s-]?(?:old|of\sage)\b)?)",
    rf"\b(?:aged?|age\sof)\s?:?\s({_OVER})\b(?!\s?(?:%|days?|months?|weeks?|hours?))",
    rf"\b({_OVER}[\s-]?jährige?[rnms]?)\b",
    rf"\b({_OVER}\sJahren?\salt)\b",
    rf"\bAlter\s?:?\s({_OVER})\b",
    rf"\b(?:âgée?\sde|de|a)\s({_OVER}\sans)\b",
    rf"\b(?:de|tiene|con)\s({_OVER}\saños)\b(?!\sde\s(?:historia|tradición|experiencia))",
    rf"\b(?:di|ha)\s({_OVER}\sanni)\b(?!\sdi\s(?:storia|tradizione|esperienza))",
    rf"\b(?:de|com|tem)\s({_OVER}\sanos)\b(?!\sde\s(?:história|tradição|experiência))",
)
# A number of years needs a person: “old”, or a person's word after it.
_PERSON = re.compile(r"(?i)(?:old|of\sage|y/?o)$|jähr|alt$|ans$|años$|anni$|anos$|^\d+$|-?year\b")
_BEFORE = re.compile(rf"(?i)\b{_THINGS}\s(?:\w{{1,8}}\s){{0,2}}$")
_AFTER = re.compile(rf"(?i)[\s-]{{1,2}}(?:\w{{1,14}}\s)?{_THINGS}\b")


def _dates(words: str) -> Callable[[str], Iterator[Span]]:
    pattern = re.compile(
        rf"(?i)(?<!\w)(?:{words})[\s:,()–-]{{0,4}}(?:(?:on|am|le|el|il|em|a|vom|den|the|was|is)\s)?"
        rf"({_DATE})(?!\w)"
    )
    return lambda text: (match.span(1) for match in pattern.finditer(text))


births = _dates(_BORN)
dates_of_care = _dates(_CARED)
_AGE_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _AGES)


def ages(text: str) -> Iterator[Span]:
    for pattern in _AGE_PATTERNS:
        for match in pattern.finditer(text):
            before = text[max(0, match.start(1) - 40) : match.start(1)]
            thing = _AFTER.match(text, match.end(1)) or _BEFORE.search(before)
            if _PERSON.search(match[1]) and not thing:
                yield match.span(1)
