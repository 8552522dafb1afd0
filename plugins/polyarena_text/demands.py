"""What a prompt demands: something to be made up, rules to be kept, hard work."""

from __future__ import annotations

import re
from collections.abc import Iterator

HARD = 4
_CREATIVE = re.compile(
    r"""(?<!\w)(?:
        (?:write|compose|make\ up|invent|tell|continue|create|pen|give)\ (?:\w{1,20}\ ){0,6}
          (?:poems?|stor(?:y|ies)|haikus?|sonnets?|limericks?|songs?|lyrics|tales?|verses?|rap|ballad
            |monologues?|dialogues?|screenplays?|scenes?|fables?|skit|novel|eulogy|parody|riddles?)
      | (?:short|bedtime|ghost|love)\ story | fan\ ?fiction | worldbuilding | creative\ writing
      | (?:slogans?|taglines?|name\ ideas|plot\ ideas?)\ (?:for|about)
      | (?:schreib|erfinde?|dichte|erzähl)\w*\ (?:\w{1,20}\ ){0,4}
          (?:gedicht\w*|geschichte\w*|märchen|lied|reim\w*|fabel|kurzgeschichte\w*|haiku)
      | (?:écris|invente|raconte|compose|rédige)\w*\ (?:\w{1,20}\ ){0,4}
          (?:poème|histoire|conte|chanson|haïku|fable|nouvelle|sonnet)
      | (?:escrib|invent|cuéntame|crea|compon)\w*\ (?:\w{1,20}\ ){0,4}
          (?:poema|cuento|historia|canción|relato|microrrelato|fábula|haiku)
      | (?:scriv|invent|raccont|compon)\w*\ (?:\w{1,20}\ ){0,4}
          (?:poesia|racconto|storia|canzone|favola|fiaba|filastrocca|leggenda)
      | (?:escrev|invent|crie|conte)\w*\ (?:\w{1,20}\ ){0,4}
          (?:poema|conto|história|canção|fábula|lenda)
      | (?:напиши|придумай|сочини|расскажи)\ (?:\w{1,20}\ ){0,3}
          (?:стих\w*|рассказ|сказку|историю|песню|поэму)
    )(?!\w) | 写[^。\n]{0,20}(?:诗|故事|小说|童话|歌词) | (?:物語|詩|小説|俳句)を[^。\n]{0,6}書""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
_UNIT = r"(?:words?|sentences?|lines?|paragraphs?|bullet\ ?points?|bullets|characters|steps|items)"
_RULES = re.compile(
    rf"""(?<!\w)(?:
        (?:exactly|at\ most|at\ least|no\ more\ than|not\ more\ than|less\ than|fewer\ than
          |under|up\ to|within|not\ longer\ than|maximum(?:\ of)?|max)
          [ ]{_NUMBER}\ (?:\w{{1,12}}\ )?{_UNIT}
      | in\ (?:just\ |only\ )?{_NUMBER}\ (?:short\ )?{_UNIT} | {_NUMBER}[ -]word
      | (?:do\ not|don['’]t|never|without)\ (?:use|using|mention\w*|includ\w*|repeat\w*|writ\w*)
      | (?:must|should)\ (?:not\ )?(?:contain|include|begin|start|end|rhyme|be\ written|use|have)
      | (?:each|every)\ (?:sentence|line|word|paragraph|item|answer|bullet)
      | (?:answer|respond|reply|output|return)\ (?:only|just|with\ only|in\ json|in\ yaml|as\ json)
      | (?:only|nothing)\ (?:the\ )?(?:answer|code|json|number|name)\b | nothing\ else
      | (?:as|in|into)\ (?:a\ )?(?:json|yaml|csv|xml|markdown|bulleted\ list|numbered\ list|table)
      | (?:begin|start|end)\ (?:every|each|your|the|with) | step\ by\ step | in\ alphabetical\ order
      | (?:genau|höchstens|mindestens|maximal|nicht\ mehr\ als)\ \w{{1,12}}[ ]
          (?:wörter\w*|sätze\w*|zeilen|absätze\w*|stichpunkte\w*)
      | (?:exactement|au\ plus|au\ moins|maximum|pas\ plus\ de)\ \w{{1,12}}\ (?:mots|phrases|lignes)
      | (?:exactamente|como\ máximo|al\ menos|no\ más\ de)\ \w{{1,12}}\ (?:palabras|frases|líneas)
      | (?:esattamente|al\ massimo|almeno|non\ più\ di)\ \w{{1,12}}\ (?:parole|frasi|righe)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_STRICT = re.compile(
    r"""(?<!\w)(?:exactly|must|never|only|at\ most|at\ least|nothing\ else|no\ more\ than
      |genau|höchstens|mindestens|exactement|au\ plus|au\ moins|exactamente|como\ máximo|al\ menos
      |esattamente|al\ massimo|almeno)(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REASONING = re.compile(
    r"""(?<!\w)(?:prove|derive|optimi[sz]e|design|architect|implement|debug|refactor|analy[sz]e
      |compare|evaluate|trade-?offs?|justify|diagnose|estimate|calculate|root\ cause|why\ does|plan
      |beweise?|entwirf|vergleich\w*|berechne\w*|démontr\w*|conçois|compar\w+|calcul\w+
      |demuestra|diseña|analiza|dimostra|progetta|analizza|докажи|спроектируй|证明|设计|比较)(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_QUANTITY = re.compile(r"(?<![\d.,])\d[\d.,]{0,15}\s?(?:%|°|[a-zA-Zµ€$£]{1,4}\b)|[€$£]\s?\d")
_WORD = re.compile(r"[^\W\d_]+")


def creative(text: str) -> tuple[str, ...]:
    """Where the text asks for something to be made up."""
    return _told(_CREATIVE, text, 3)


def rules(text: str) -> tuple[str, ...]:
    """Rules the answer is to keep, if there are two, or one that is strict."""
    found = _told(_RULES, text, 6)
    return found if len(found) > 1 or any(_STRICT.search(one) for one in found) else ()


def hard(text: str, technical: bool, occupations: int) -> tuple[str, ...]:
    """What makes the prompt hard, if `HARD` things do.

    `technical`: it holds code or mathematics; `occupations` is how many groups it belongs to.
    """
    found = tuple(_hardness(text, technical, occupations))
    return found if len(found) >= HARD else ()


def _hardness(text: str, technical: bool, occupations: int) -> Iterator[str]:
    words = len(_WORD.findall(text[:20_000]))
    if technical:
        yield "code or mathematics"
    if occupations:
        yield "a field of work"
    if words >= 40:
        yield "details given"
    if words >= 120:
        yield "many details given"
    if _REASONING.search(text):
        yield "reasoning asked for"
    if len(_QUANTITY.findall(text[:20_000])) >= 2:
        yield "quantities given"
    if rules(text):
        yield "rules to keep"


def _told(pattern: re.Pattern[str], text: str, most: int) -> tuple[str, ...]:
    found = dict.fromkeys(match[0].strip() for match in pattern.finditer(text[:20_000]))
    return tuple(found)[:most]
