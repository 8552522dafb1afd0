"""Numbers that a word before them says to be of a record, an insurance, a document, an account."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .finding import Span

_NUMBER = r"(?:no\.?|number|num\.?|nr\.?|\#|id)"
_OF_FR = r"(?:num[ée]ro|n[°º])\s(?:de\s|du\s|d')?"
_OF_ES = r"(?:n[úu]mero|n\.?[°º])\s(?:de\s(?:la\s)?|del\s)?"
_OF_IT = r"(?:numero|n\.?[°º]?)\s(?:di\s|della\s|del\s)?"
_OF_PT = r"(?:n[úu]mero|n\.?[°º])\s(?:de\s|do\s|da\s)?"

_RECORDS = (
    r"MRN",
    rf"(?:medical\s)?record\s{_NUMBER}",
    rf"(?:patient|chart|hospital|member|beneficiary|medicare|medicaid|policy|case)\s{_NUMBER}",
    rf"(?:health\s)?insurance\s(?:card\s|policy\s)?{_NUMBER}",
    r"Patienten-?(?:nummer|nr\.?|id)",
    r"Fall-?(?:nummer|nr\.?)",
    r"(?:Kranken)?[Vv]ersicher(?:ten|ungs)-?(?:nummer|nr\.?)",
    r"KVNR",
    rf"{_OF_FR}(?:dossier|patient|s[ée]curit[ée]\ssociale|mutuelle|contrat)",
    r"IPP",
    rf"{_OF_ES}(?:historia(?:\scl[íi]nica)?|paciente|p[óo]liza|afiliaci[óo]n|seguridad\ssocial)",
    r"historia\scl[íi]nica",
    r"NHC",
    rf"{_OF_IT}(?:cartella(?:\sclinica)?|paziente|polizza|tessera(?:\ssanitaria)?)",
    r"cartella\sclinica",
    r"tessera\ssanitaria",
    rf"{_OF_PT}(?:processo(?:\scl[íi]nico)?|utente|paciente|ap[óo]lice|prontu[áa]rio|benefici[áa]rio)",
    r"prontu[áa]rio",
    r"processo\scl[íi]nico",
)
_DOCUMENTS = (
    rf"passport(?:\s{_NUMBER})?",
    rf"driv(?:er|ing)(?:'?s)?\slicen[cs]e(?:\s{_NUMBER})?",
    rf"(?:licen[cs]e|number)\splate(?:\s{_NUMBER})?",
    r"(?:Reisepass|Personalausweis|Führerschein)-?(?:nummer|nr\.?)?",
    r"(?:amtliches\s)?Kennzeichen",
    r"passeport",
    r"permis\sde\sconduire",
    r"plaque\sd'immatriculation",
    r"pasaporte",
    r"permiso\sde\sconducir",
    r"matr[íi]cula",
    r"passaporto",
    r"patente\sdi\sguida",
    r"passaporte",
    r"carta\sde\scondução",
)
_ACCOUNTS = (
    rf"(?:bank\s)?account\s{_NUMBER}",
    rf"(?:customer|client)\s{_NUMBER}",
    r"(?:Konto|Kunden|Depot)-?(?:nummer|nr\.?)",
    rf"{_OF_FR}(?:compte|client)",
    rf"{_OF_ES}(?:cuenta|cliente)",
    rf"{_OF_IT}(?:conto|cliente)",
    rf"{_OF_PT}(?:conta|cliente)",
)
_BETWEEN = (
    r"(?:[\s:#=(,.-]{1,4}(?:no\.?|number|num\.?|nr\.?|n\.?[°º]|n\.|núm\.?|número|numéro|numero|"
    r"nummer|is|ist|lautet|est|es|è|é|:))?[\s:#=(.-]{1,4}|[:#=]"
)
_VALUE = r"((?=[A-Z/-]{0,6}\d)[A-Z0-9][A-Z0-9/-]{3,19}(?:[ -][A-Z0-9]*\d[A-Z0-9]*){0,4})"
_YEAR = re.compile(r"(?:19|20)\d\d")


def _search(words: tuple[str, ...]) -> Callable[[str], Iterator[Span]]:
    pattern = re.compile(rf"(?<!\w)(?:(?i:{'|'.join(words)}))(?!\w)(?i:{_BETWEEN}){_VALUE}(?!\w)")

    def search(text: str) -> Iterator[Span]:
        for match in pattern.finditer(text):
            value = match[1]
            if sum(map(str.isdigit, value)) >= 4 and not _YEAR.fullmatch(value):
                yield match.span(1)

    return search


records = _search(_RECORDS)
documents = _search(_DOCUMENTS)
accounts = _search(_ACCOUNTS)
