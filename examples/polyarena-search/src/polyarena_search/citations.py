"""Citations of every style made one: a number in brackets, and a list of sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_URL = r"https?://[^\s<>()\[\]\"']{3,500}"
_LISTED = re.compile(
    rf"^\s*(?:[-*]\s+)?(?:\[(?P<a>\d{{1,2}})\]|(?P<b>\d{{1,2}})[.)])[:\s]\s*(?P<title>.*?)\W*"
    rf"(?P<url>{_URL})\W*$"
)
_HEADING = re.compile(r"^\W*(?:sources|references|citations|bibliography)\W*$", re.IGNORECASE)
_LINK = re.compile(rf"\[(?P<title>[^\]\n]{{1,200}})\]\((?P<url>{_URL})\)")
_NAMED = re.compile(rf"\((?P<title>[^()\n]{{1,200}}?)[,:]?\s+(?P<url>{_URL})\)")
_BARE = re.compile(rf"\(?(?P<url>{_URL})\)?")
_NUMBERS = re.compile(
    r"[\[【](?P<numbers>\d{1,2}(?:\s*[,;]\s*\d{1,2})*)(?:†[^】\]]*)?[\]】]|\^(?P<one>\d{1,2})\^"
)
_END = ".,;:!?"
GONE = "\x01"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer has something from."""

    title: str
    url: str

    @property
    def host(self) -> str:
        """The host's name, as a reader knows it."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Cited:
    """A text that cites by `[1]`, its sources in order, and how many citations lead nowhere."""

    text: str
    sources: tuple[Source, ...] = ()
    loose: int = 0


def normalised(answer: str) -> Cited:
    """An answer with one style of citation: numbered as they come in the text."""
    lines, listed = _split(answer)
    made = _Numbering(listed)
    text = "\n".join(lines)
    for pattern, replace in (
        (_LINK, made.by_link),
        (_NAMED, made.by_name),
        (_BARE, made.by_address),
        (_NUMBERS, made.by_number),
    ):
        text = pattern.sub(replace, text)
    return Cited(made.in_order(text).strip(), made.sources, made.loose)


def _split(answer: str) -> tuple[list[str], dict[int, Source]]:
    """The lines of the text, and the sources that stand in a list, by their numbers."""
    lines: list[str] = []
    listed: dict[int, Source] = {}
    for line in re.sub("[\x00\x01]", "", answer).splitlines():
        if found := _LISTED.match(line):
            url = found["url"].rstrip(_END)
            listed[int(found["a"] or found["b"])] = Source(_title(found["title"], url), url)
        elif not _HEADING.match(line):
            lines.append(line)
    return lines, listed


def _title(title: str, url: str) -> str:
    return title.strip(" *_\"'“”.,:-\u2013\u2014") or urlsplit(url).hostname or url


@dataclass(slots=True)
class _Numbering:
    """Gives every source a mark as it is met, and a number by its place in the text."""

    listed: dict[int, Source]
    loose: int = 0
    sources: tuple[Source, ...] = ()
    _met: list[Source] = field(default_factory=list)

    def by_link(self, found: re.Match[str]) -> str:
        title, url = found["title"], found["url"]
        if title.isdigit():
            return self._mark(self.listed.get(int(title)) or Source(_title("", url), url))
        return f"{title} {self._mark(Source(_title(title, url), url))}"

    def by_name(self, found: re.Match[str]) -> str:
        url = found["url"].rstrip(_END)
        return self._mark(Source(_title(found["title"], url), url))

    def by_address(self, found: re.Match[str]) -> str:
        url = found["url"].rstrip(_END)
        return self._mark(Source(_title("", url), url)) + found["url"][len(url) :]

    def by_number(self, found: re.Match[str]) -> str:
        numbers = [int(n) for n in re.findall(r"\d+", found["numbers"] or found["one"])]
        self.loose += sum(number not in self.listed for number in numbers)
        known = [self._mark(self.listed[n]) for n in numbers if n in self.listed]
        return "".join(known) or GONE

    def in_order(self, text: str) -> str:
        """The text with numbers in place of marks; what was never cited is left out."""
        places: dict[int, int] = {}

        def number(found: re.Match[str]) -> str:
            return f"[{places.setdefault(int(found[1]), len(places) + 1)}]"

        text = re.sub("\x00(\\d+)\x00", number, text)
        self.sources = tuple(self._met[mark] for mark in places)
        return re.sub(f" ?{GONE}", "", text)

    def _mark(self, source: Source) -> str:
        known = next((n for n, each in enumerate(self._met) if each.url == source.url), None)
        if known is None:
            known = len(self._met)
            self._met.append(source)
        return f"\x00{known}\x00"
