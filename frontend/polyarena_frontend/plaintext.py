"""Making untrusted text fit to be shown: no terminal codes, no invisible reordering."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_MARKS: Final = 8

_ANSI: Final = re.compile(
    r"\x1b\[[0-?]{0,64}[ -/]{0,8}[@-~]"
    r"|\x1b\][^\x07\x1b\n]{0,512}(?:\x07|\x1b\\)"
    r"|\x1b[ -/]{1,4}[0-~]"
    r"|\x1b[@-Z\\^_]"
    r"|\x9b[0-?]{0,64}[ -/]{0,8}[@-~]"
)
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]{0,64}m")
_UNFINISHED: Final = re.compile(
    r"(?:\r"
    r"|\x1b(?:\[[0-?]{0,64}[ -/]{0,8}|\][^\x07\x1b\n]{0,512}\x1b?|[ -/]{0,4})"
    r"|\x9b[0-?]{0,64}[ -/]{0,8})\Z"
)
_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MAYBE_MARK: Final = re.compile(r"[^\w\x00-\u02ff]")


def escape(text: str) -> str:
    """`text` as HTML character data, written exactly as the sanitiser writes it."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\xa0", "&nbsp;")
    )


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


class TextCleaner:
    """Cleans a text that arrives in pieces; the pieces' borders do not change the result.

    Terminal escape sequences vanish; other control characters become control pictures; bidi
    embeddings, overrides and isolates and lone surrogates become U+FFFD; line ends become
    `\\n`. Of a run of combining marks the first `MAX_MARKS` stay, one U+FFFD stands for the rest.
    """

    def __init__(self) -> None:
        self._held = ""
        self._marks = 0

    def feed(self, text: str) -> str:
        """The cleaned text that `text` completes."""
        if self._held:
            text = self._held + text
            self._held = ""
        if not _UNSAFE.search(text):
            return self._cap_marks(text)
        if unfinished := _UNFINISHED.search(text):
            self._held = text[unfinished.start() :]
            text = text[: unfinished.start()]
        return self._clean(text)

    def flush(self) -> str:
        """What was held back because it could have been the start of a sequence."""
        text, self._held = self._held, ""
        return self._clean(text)

    def _clean(self, text: str) -> str:
        # Line ends first: a code between the two halves of one may come in another piece.
        text = _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
        return self._cap_marks(_UNSAFE.sub(_picture, text))

    def _cap_marks(self, text: str) -> str:
        if text.isascii() or not _MAYBE_MARK.search(text):
            if text:
                self._marks = 0
            return text
        kept: list[str] = []
        for char in text:
            category = unicodedata.category(char)
            if category in ("Mn", "Me"):
                self._marks += 1
                if self._marks == MAX_MARKS + 1:
                    kept.append("\ufffd")
                if self._marks > MAX_MARKS:
                    continue
            elif category != "Cf":
                self._marks = 0
            kept.append(char)
        return "".join(kept)


def only_colours(text: str) -> str:
    """`text` without terminal codes other than those of colour and weight."""
    return _ANSI.sub(lambda code: code[0] if _COLOUR.fullmatch(code[0]) else "", text)


def clean_text(text: str) -> str:
    """The whole of `text`, cleaned as `TextCleaner` does."""
    cleaner = TextCleaner()
    return cleaner.feed(text) + cleaner.flush()
