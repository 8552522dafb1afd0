"""Words before which a name stands, by language: English, German, French, Spanish, …"""

from __future__ import annotations

TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Doctor",
    "Herrn?|Frau|Fr\\.|Hr\\.|Doktor",
    "Monsieur|Madame|Mademoiselle|Mme|Mlle|Docteur|M\\.",
    "Sra|Sr|Srta|Dra|Don|Doña|Dña|Doctora|[Ss]eñora?|[Ss]eñorita",
    "Sig\\.ra|Sig|[Ss]ignora?|Signorina|Dott\\.ssa|Dott|Dottor|Dottoressa|Avv",
    "[Ss]enhora?|Dona|Dom",
)
PERSONS = (
    "[Pp]atient|[Cc]lient|[Cc]ustomer|[Tt]enant|[Ee]mployee|[Cc]olleague|[Nn]eighbou?r",
    "[Mm]an|[Ww]oman|[Bb]oy|[Gg]irl|[Ll]ady|[Gg]entleman|[Cc]hild",
    "Patientin|Mandantin?|Kundin|Kunde|Mieter(?:in)?|Klient(?:in)?",
    "[Pp]atiente|[Cc]liente|[Ll]ocataire",
    "[Pp]aciente|[Ii]nquilin[oa]",
    "[Pp]aziente|[Uu]tente",
)
# After one of `PERSONS`.
CALLED = (
    "named|called|is called",
    "namens|heißt",
    "nommée?|appelée?|prénommée?|s['’]appelle",
    "llamad[oa]|se llama",
    "di nome|chiamat[oa]|si chiama",
    "chamad[oa]|chama-se",
)
SAID = (
    "[Mm]y name is|[Nn]ame:|(?:[Pp]atient|[Cc]lient|[Cc]ustomer)(?:'s)? [Nn]ame(?: is)?:?",
    "[Nn]ame of (?:the |my )?(?:patient|client|customer)(?: is)?:?",
    "[Mm]ein Name ist|[Ii]ch heiße|Patientenname:?",
    "Name (?:des|der) (?:Patienten|Patientin|Mandanten|Mandantin|Kunden|Kundin)(?: ist)?:?",
    "[Jj]e m['’]appelle|[Nn]om ?:|[Nn]om (?:du|de la) (?:patiente?|cliente?)(?: est)?:?",
    "[Mm]e llamo|[Mm]i nombre es|[Nn]ombre:|[Nn]ombre d(?:el|e la) (?:paciente|cliente)(?: es)?:?",
    "[Mm]i chiamo|[Nn]ome:|[Nn]ome d(?:el|ella) (?:paziente|cliente)(?: è)?:?",
    "[Cc]hamo-me|[Mm]e chamo|[Mm]eu nome é|[Nn]ome d[oa] (?:paciente|utente|cliente)(?: é)?:?",
)
KIN = (
    "[Mm]y (?:late )?(?:husband|wife|mother|father|son|daughter|brother|sister|aunt|uncle|partner)",
    "[Mm]y (?:boss|neighbou?r|friend|client|patient|colleague|landlord)",
    "(?:[Mm]ein|[Uu]nser)e?[nmrs]? (?:Mann|Frau|Mutter|Vater|Sohn|Tochter|Bruder|Schwester)",
    "(?:[Mm]ein|[Uu]nser)e?[nmrs]? (?:Oma|Opa|Chefin?|Nachbarin?|Freundin?|Kollegin|Kollege)",
    "(?:[Mm]ein|[Uu]nser)e?[nmrs]? (?:Patientin|Patient|Mandantin|Mandant)",
    "[Mm](?:on|a) (?:mari|femme|mère|père|fils|fille|frère|sœur|voisine?|amie?|cliente?|patiente?)",
    "[Mm]i (?:marido|mujer|esposa|madre|padre|hijo|hija|herman[oa]|vecin[oa]|amig[oa])",
    "[Mm]i (?:paciente|cliente)",
    "[Mm]i[oa] (?:marito|moglie|madre|padre|figlio|figlia|fratello|sorella|amic[oa]|paziente)",
    "[Mm](?:eu|inha) (?:marido|mulher|esposa|mãe|pai|filho|filha|irmão|irmã|amig[oa]|paciente)",
)
CLOSINGS = ("[Rr]egards|[Ss]incerely|Grüßen?|[Cc]ordialement|[Ss]aludos|[Ss]aluti|[Cc]umprimentos",)
AGE_AFTER = (
    r"\d{1,3}[,;)]|\d{1,3}\s?(?:years|yo|y/o|Jahre|ans|años|anni|anos)",
    r"(?:aged?|de|di|com)\s\d{1,3}\b",
    r"(?:born|geb\.|geboren|née?\b|nacid|nat[oa]\b|nascid|DOB|\*)",
)

# What follows a title and is nobody: brands, figures, roles, turns of speech.
_NOBODY = """
holle flor tout google martens oetker pepper who bean clean market monopoly quijote quixote juan
giovanni corleone watson holmes frankenstein jekyll strangelove dre seuss house phil oz universe
world america potato muscle wonderful bovary butterfly tussauds dalloway doubtfire robinson mitte
anfang ende doktor doctor professor präsident präsidentin president chairman chair speaker justice
judge right wrong robot t perfect average nobody anybody minister chancellor ambassador secretary
médico médica presidente ministro ministra juez jueza giudice juge bond burns freeze incredible
fox darcy rogers scholl brown kollege kollegin nachbar nachbarin dupont-durand tout-le-monde
director directora direttore diretor degree phd md sc no yes null
"""
NOBODY = frozenset(_NOBODY.split())
