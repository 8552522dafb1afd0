"""Prompts with personal data of each kind in several languages, and harmless ones that look alike.

All are made up; the numbers are drawn by a seed and get right check digits. Telephone numbers are
of ranges that are kept for fiction, where a country has one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stdnum import luhn
from stdnum.fr import nir
from stdnum.iso7064 import mod_97_10

SEED = 20
DRAWS = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """A prompt in a language, with personal data of a kind that is the text `secret`."""

    language: str
    kind: str
    text: str
    secret: str


NAMES = {
    "en": ("John Whitcombe", "Mary-Ann O'Neill", "Priya Raman", "Tom Baxter"),
    "de": ("Anna Weißmüller", "Jürgen von Trotha", "Ayşe Demir", "Klaus Petersen"),
    "fr": ("Jean Lefèvre", "Hélène de la Tour", "Mathieu Garnier", "Chloé Petit"),
    "es": ("María García López", "José Ortega", "Lucía Fernández", "Javier del Río"),
    "it": ("Mario Bellini", "Giulia De Santis", "Chiara Romano", "Luca Ferri"),
    "pt": ("João Pereira", "Ana dos Santos", "Tiago Carvalho", "Beatriz Nunes"),
}
PHONES = {
    "en": ("(212) 555-0142", "+44 20 7946 0018", "020 7946 0957", "415-555-0199"),
    "de": ("030 23125 417", "+49 30 23125014", "(030) 23125-99", "+49 (0)30 23125 222"),
    "fr": ("01 99 00 12 34", "+33 6 39 98 12 34", "06.39.98.45.67", "0639984567"),
    "es": ("+34 612 345 678", "612 345 678", "91 123 45 67", "612345678"),
    "it": ("+39 06 6982 1234", "347 123 4567", "06 69821234", "3471234567"),
    "pt": ("+351 912 345 678", "912 345 678", "21 123 4567", "(11) 91234-5678"),
}
ADDRESSES = {
    "en": (
        "14 Elm Street",
        "221 W. Ninth Avenue, Apt 4, Dayton, OH 45402",
        "7 Larch Close, Leeds LS6 2AB",
    ),
    "de": ("Lindenstraße 7, 50674 Köln", "Am Anger 12, 99084 Erfurt", "Münchner Str. 4a"),
    "fr": ("12, rue des Lilas, 75020 Paris", "3 bis avenue de la République", "8 quai Voltaire"),
    "es": ("Calle de Alcalá 45, 28014 Madrid", "Avda. de la Paz, 12", "Plaza Mayor 3"),
    "it": ("Via Garibaldi 12, 20121 Milano", "Corso Vittorio Emanuele 7", "Piazza Dante, 4"),
    "pt": (
        "Rua Augusta, 100, 1100-053 Lisboa",
        "Avenida da Paz 12",
        "Travessa do Sol, n.º 3",
    ),
}
DATES = {
    "en": ("3 May 1961", "05/03/1961", "May 3, 1961"),
    "de": ("3. Mai 1961", "03.05.1961", "3.5.61"),
    "fr": ("3 mai 1961", "03/05/1961", "1er février 1949"),
    "es": ("3 de mayo de 1961", "03/05/1961", "3-5-1961"),
    "it": ("3 maggio 1961", "03/05/1961", "3.5.1961"),
    "pt": ("3 de maio de 1961", "03/05/1961", "3-5-1961"),
}

LISTED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "name": NAMES,
    "phone": PHONES,
    "address": ADDRESSES,
    "birth": DATES,
    "date": DATES,
}

SAID = {
    ("en", "name"): (
        "Mrs {} has a cough since Monday, what now?",
        "Patient {}, 54, presents with chest pain.",
        "My client {} was dismissed without notice.",
        "What should Dr. {} have done?",
        "Draft a letter. Kind regards,\n{}",
        "My name is {} and my landlord wants me out.",
    ),
    ("de", "name"): (
        "Frau {} hustet seit Montag, was nun?",
        "Patientin {} (62) klagt über Schwindel.",
        "Mein Mandant {} wurde fristlos gekündigt.",
        "Herr Dr. {} hat operiert. War das richtig?",
        "Mein Name ist {}, mir wurde gekündigt.",
    ),
    ("fr", "name"): (
        "Mme {} tousse depuis lundi, que faire ?",
        "Le patient {}, 62 ans, se plaint de vertiges.",
        "Ma cliente {} a été licenciée.",
        "Je m'appelle {} et mon bailleur veut m'expulser.",
    ),
    ("es", "name"): (
        "La Sra. {} tiene tos desde el lunes, ¿qué hago?",
        "Paciente {}, de 62 años, con mareos.",
        "Me llamo {} y me han despedido.",
        "El Dr. {} operó ayer.",
    ),
    ("it", "name"): (
        "La signora {} ha la tosse da lunedì, che fare?",
        "Paziente {}, 62 anni, con vertigini.",
        "Mi chiamo {} e sono stato licenziato.",
        "Il Dott. {} ha operato ieri.",
    ),
    ("pt", "name"): (
        "A Sra. {} tem tosse desde segunda, o que fazer?",
        "Paciente {}, 62 anos, com tonturas.",
        "Chamo-me {} e fui despedido.",
        "O Dr. {} operou ontem.",
    ),
    ("en", "phone"): ("Call the patient on {}.", "Reach me at {} after six.", "Phone: {}"),
    ("de", "phone"): ("Bitte Rückruf unter {}.", "Tel.: {}", "Sie ist unter {} erreichbar."),
    ("fr", "phone"): ("Rappeler au {}.", "Tél. : {}", "Son téléphone est le {}."),
    ("es", "phone"): ("Llame al {}.", "Tel.: {}", "Su móvil es el {}."),
    ("it", "phone"): ("Chiami il {}.", "Tel. {}", "Il cellulare è {}."),
    ("pt", "phone"): ("Ligue para {}.", "Tel.: {}", "O telemóvel é {}."),
    ("en", "address"): ("She lives at {}.", "Served at {} last week: is that valid?"),
    ("de", "address"): ("Sie wohnt in der {}.", "Zugestellt wurde an: {}"),
    ("fr", "address"): ("Elle habite {}.", "Signifié à l'adresse : {}"),
    ("es", "address"): ("Vive en {}.", "Notificado en: {}"),
    ("it", "address"): ("Abita in {}.", "Notificato in: {}"),
    ("pt", "address"): ("Mora na {}.", "Notificado em: {}"),
    ("en", "birth"): ("Born {}, never smoked.", "DOB: {}", "Her date of birth is {}."),
    ("de", "birth"): ("Geboren am {}, nie geraucht.", "geb. {}", "Geburtsdatum: {}"),
    ("fr", "birth"): ("Née le {}, non fumeuse.", "Date de naissance : {}"),
    ("es", "birth"): ("Nacida el {}, no fuma.", "Fecha de nacimiento: {}"),
    ("it", "birth"): ("Nata il {}, non fuma.", "Data di nascita: {}"),
    ("pt", "birth"): ("Nascida em {}, não fuma.", "Data de nascimento: {}"),
    ("en", "date"): ("Admitted on {} with sepsis.", "Date of surgery: {}"),
    ("de", "date"): ("Aufnahme am {} mit Sepsis.", "Entlassen am {}"),
    ("fr", "date"): ("Hospitalisée le {} pour sepsis.", "Sortie le {}"),
    ("es", "date"): ("Ingresó el {} con sepsis.", "Fecha de ingreso: {}"),
    ("it", "date"): ("Ricoverata il {} per sepsi.", "Dimesso il {}"),
    ("pt", "date"): ("Internada em {} com sépsis.", "Teve alta em {}"),
    ("en", "age"): (
        "A {}-year-old woman fell.",
        "He is {} years old and frail.",
        "Man, {} y/o, on warfarin.",
        "aged {}, lives alone",
    ),
    ("de", "age"): ("Eine {}-jährige Frau stürzt.", "Er ist {} Jahre alt."),
    ("fr", "age"): ("Une femme de {} ans est tombée.", "Patient âgé de {} ans."),
    ("es", "age"): ("Mujer de {} años con caída.", "Tiene {} años y vive sola."),
    ("it", "age"): ("Donna di {} anni caduta.", "Ha {} anni e vive sola."),
    ("pt", "age"): ("Mulher de {} anos com queda.", "Tem {} anos e vive só."),
    ("en", "email"): ("Write to {} please.", "cc: {}"),
    ("de", "email"): ("Bitte an {} schreiben.",),
    ("fr", "email"): ("Écrivez à {} svp.",),
    ("es", "email"): ("Escriba a {}.",),
    ("it", "email"): ("Scriva a {}.",),
    ("pt", "email"): ("Escreva para {}.",),
    ("en", "record"): ("MRN {}, please summarise.", "Medical record no. {}", "Policy number: {}"),
    ("de", "record"): ("Patientennummer {}.", "Versichertennummer: {}", "Fallnummer {}"),
    ("fr", "record"): ("Numéro de dossier {}.", "N° de sécurité sociale : {}"),
    ("es", "record"): ("Número de historia clínica: {}.", "NHC {}"),
    ("it", "record"): ("Numero di cartella clinica: {}.", "Tessera sanitaria {}"),
    ("pt", "record"): ("Número de utente: {}.", "Processo clínico n.º {}"),
    ("en", "passport"): ("Passport number {}.", "Driver's license no. {}"),
    ("de", "passport"): ("Reisepassnummer {}.", "Personalausweis Nr. {}"),
    ("fr", "passport"): ("Passeport n° {}.",),
    ("es", "passport"): ("Pasaporte {}.",),
    ("it", "passport"): ("Passaporto n. {}.",),
    ("pt", "passport"): ("Passaporte n.º {}.",),
    ("en", "account"): ("Account number {} was debited.", "Pay to {} by Friday."),
    ("de", "account"): ("Kontonummer {}.", "Bitte auf {} überweisen."),
    ("fr", "account"): ("Numéro de compte {}.", "Virer sur {}."),
    ("es", "account"): ("Número de cuenta {}.",),
    ("it", "account"): ("Numero di conto {}.",),
    ("pt", "account"): ("Número de conta {}.",),
    ("en", "card"): ("My card {} was charged twice.",),
    ("de", "card"): ("Meine Karte {} wurde belastet.",),
    ("en", "provider"): ("The NPI is {}.", "NPI: {}"),
    ("en", "ip"): ("The IP address {} sent it.",),
    ("en", "identity"): ("SSN {}.", "Her social security number is {}."),
    ("fr", "identity"): ("NIR : {}", "Assurée {}, que faire ?"),
}


def samples() -> Iterator[Sample]:
    """Every prompt, the same ones each time."""
    rng = random.Random(SEED)
    for (language, kind), templates in SAID.items():
        for template in templates:
            for _ in range(DRAWS):
                secret = _drawn(kind, language, rng)
                yield Sample(language, kind, template.replace("{}", secret), secret)


def _drawn(kind: str, language: str, rng: random.Random) -> str:
    listed = LISTED.get(kind)
    return rng.choice(listed[language]) if listed else _number(kind, language, rng)


def _number(kind: str, language: str, rng: random.Random) -> str:
    match kind:
        case "age":
            return str(rng.randint(90, 106))
        case "email":
            name = rng.choice(("j.whitcombe", "anna_w", "m+rx", "lefevre-jean"))
            return f"{name}@{rng.choice(('mail-provider.net', 'klinikum-nord.de', 'acme.co.uk'))}"
        case "record":
            parts = f"{_digits(4, rng)}-{_digits(4, rng)}"
            return rng.choice((_digits(8, rng), f"A{_digits(9, rng)}", parts))
        case "passport":
            return rng.choice((f"C{_digits(8, rng)}", f"XK{_digits(7, rng)}", _digits(9, rng)))
        case "account":
            return rng.choice((_iban(rng), _digits(10, rng)))
        case "card":
            number = (rng.choice(("4", "51")) + _digits(14, rng))[:15]
            number += luhn.calc_check_digit(number)
            return rng.choice((number, _fours(number)))
        case "provider":
            number = f"1{_digits(8, rng)}"
            return number + luhn.calc_check_digit(f"80840{number}")
        case "ip":
            return f"81.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
        case _ if language == "fr":
            born = f"{_digits(2, rng)}{rng.randint(1, 12):02}"
            number = f"{rng.choice('12')}{born}75{_digits(6, rng)}"
            return nir.format(number + nir.calc_check_digits(number))
        case _:
            return f"{rng.randint(500, 699)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"


def _digits(count: int, rng: random.Random) -> str:
    return str(rng.randint(1, 9)) + "".join(rng.choices("0123456789", k=count - 1))


def _iban(rng: random.Random) -> str:
    number = _digits(18, rng)
    check = mod_97_10.calc_check_digits(f"{number}DE")
    whole = f"DE{check}{number}"
    return rng.choice((whole, _fours(whole)))


def _fours(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


HARMLESS = {
    "en": """
What is the dose of metformin at an eGFR of 35 mL/min/1.73 m2?
A 54-year-old woman, 5 ft 6, 150/95 mmHg, HR 88, Na 128, K 5.1, presents with fatigue.
Compare NCT03036124 with doi:10.1056/NEJMoa1911303 on hospitalisation.
See N Engl J Med 2019;381:1995-2008 and PMID 31535829.
Is Brown v. Board of Education, 347 U.S. 483 (1954), still good law?
Section 1983 of Title 42, and 17 CFR 240.10b-5(b)(1), please explain.
What did the Court hold in Roe v. Wade and in Dobbs v. Jackson?
Explain Crohn's disease, Parkinson's disease and Hodgkin lymphoma to a student.
What would Mr. Market do, and why did Dr. Martens sell so many boots?
Who was Mrs. Dalloway, and is Dr. Strangelove a comedy?
Mr A sues Mrs B over a hedge; who wins?
Our 95-year-old company wants a new slogan, and a 120-year-old brand answers.
The law is 92 years old; the loan runs 95 years.
Revenue of 1,234,567 in 2019 and 2,345,678 in 2020: growth?
ISIN US0378331005 fell 3.5 % on 2024-03-05; volume 12 345 678.
Write to us at info@example.com or call 1-800-FLOWERS.
The order 4539-1488 was shipped; version 10.4.2.1 fails with error 0x80070005.
Discount the cash flows 100, 200, 300 at 7.25 % over 3 years.
Give HbA1c 7.2 %, LDL 3.4 mmol/l, CRP 120 mg/l: what next?
Compare 10 Downing Street with the White House as brands.
Wall Street 1929 and Main Street 2008: what was alike?
The patient was admitted in 2019 and discharged after three weeks.
The act was passed on 3 May 1961 and amended on 1 June 1998.
Case C-131/12 of 13 May 2014, and Regulation (EU) 2016/679.
A man in his nineties takes apixaban 2.5 mg twice daily for AF since 2015.
What is Bayes' theorem, and who was the Reverend?
Plot 03/04, 05/06, 07/08 as fiscal years.
Take 1-0-1 for 7 days, then 0-0-1.
Flight 370, room 1204, page 12-15, chapter 9.
My client, a company in Delaware, missed a filing of 10-K for fiscal 2022.
Patient, male, 71, BMI 31.2, EF 35 %, NYHA III.
Charles Bonnet syndrome and Alice in Wonderland syndrome: how common?
Warren Buffett's letters and Jane Austen's irony: compare the tone.
A policy number is needed for what, and how long is an account number?
What is an NPI, and how is 1234567890 checked?
SSN 000-12-3456 is invalid; why?
Passport rules for 2024: how long must it be valid?
Score 21-14, 3:2, odds 5/2, at 19:30 on Saturday.
Tel Aviv 2023 and Cell biology 101: unrelated.
""",
    "de": """
Welche Dosis Metformin bei einer GFR von 35 ml/min?
Eine 54-jährige Patientin mit 150/95 mmHg, Na 128, K 5,1.
Was sagt § 823 Abs. 1 BGB, und was BGH, Urteil vom 12.3.2020 – I ZR 126/18?
Die 95-jährige Firma feiert; das Gesetz ist 120 Jahre alt.
Eine Frau Mitte fünfzig und ein Herr Ende sechzig klagen.
Frau Holle und Herr Doktor: Märchen und Anrede.
Umsatz 1.234.567 Euro in 2019, 2.345.678 in 2020.
Der Patient nimmt 1-0-1 Ramipril 5 mg seit 2015.
Morbus Crohn und Morbus Bechterew: Unterschiede?
Art. 6 Abs. 1 lit. f DSGVO und Richtlinie 95/46/EG.
Die Straße 2030 und der Ring 3: Verkehrsplanung.
Das Konzert ist am 3.5.2025 um 19:30, Tor 4.
DIN 5008, ISO 9001:2015 und EN 12845.
Der Mandant, eine GmbH, hat 40 Mitarbeiter.
""",
    "fr": """
Quelle dose de metformine pour un DFG de 35 ml/min ?
Une femme de 54 ans, TA 150/95, Na 128.
Que dit l'article 1240 du Code civil depuis le 1er octobre 2016 ?
Madame Bovary et Monsieur Tout-le-monde.
Une entreprise de 95 ans cherche un slogan.
Chiffre d'affaires de 1 234 567 euros en 2019.
La maladie de Crohn et le syndrome de Marfan.
Prendre 2 comprimés par jour pendant 7 jours.
La place 3 et la route 66 : deux chansons.
Cass. 1re civ., 3 mai 2018, n° 17-12.345 : portée ?
""",
    "es": """
¿Qué dosis de metformina con un FG de 35 ml/min?
Mujer de 54 años, TA 150/95, Na 128.
¿Qué dice el artículo 1101 del Código Civil?
Don Quijote y Don Juan: dos mitos.
Una empresa de 95 años de historia busca eslogan.
Ventas de 1.234.567 euros en 2019.
La enfermedad de Chagas y el signo de Babinski.
Ley 39/2015, de 1 de octubre, y Real Decreto 1720/2007.
""",
    "it": """
Quale dose di metformina con GFR 35 ml/min?
Donna di 54 anni, PA 150/95, Na 128.
Cosa dice l'art. 2043 c.c.?
Un'azienda di 95 anni cerca uno slogan.
Don Giovanni e la signora in giallo.
Vendite di 1.234.567 euro nel 2019.
Somministrare per via orale 2 volte, via venosa 3 volte.
Legge 7 agosto 1990, n. 241: sintesi.
""",
    "pt": """
Qual a dose de metformina com TFG de 35 ml/min?
Mulher de 54 anos, PA 150/95, Na 128.
O que diz o artigo 483 do Código Civil?
Uma empresa de 95 anos de história procura slogan.
Vendas de 1.234.567 euros em 2019.
Dona Flor e seus dois maridos: resumo.
Lei n.º 67/2007, de 31 de dezembro.
A doença de Chagas e o sinal de Babinski.
""",
}


HELD = Path(__file__).with_name("personal_held.txt")


def held() -> Iterator[Sample]:
    """Prompts in free words that the screen was not written with; harmless ones have no secret."""
    for line in HELD.read_text("utf-8").splitlines():
        language, kind, secret, text = line.split("|", 3)
        yield Sample(language, kind, text, secret)


def harmless() -> Iterator[tuple[str, str]]:
    """Prompts without personal data, with their languages."""
    for language, lines in HARMLESS.items():
        for line in lines.strip().splitlines():
            yield language, line
