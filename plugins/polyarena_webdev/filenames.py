"""What files are called that an answer gives no name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import dirname, join, normpath

from .guessing import is_react
from .sources import Sources, language_of_file

_WHOLE = re.compile(r"<!doctype html|<html\b", re.IGNORECASE)
_COMPONENT = re.compile(
    r"\bexport\s+default\s+(?:async\s+)?(?:function|class)?\s*([A-Z]\w{0,60})"
    r"|\bexport\s*\{\s*([A-Z]\w{0,60})\s+as\s+default"
)
_WANTED = re.compile(
    r"\b(?:src|href)\s*=\s*[\"']([^\"'>]{1,200})[\"']"
    r"|\b(?:from|import)\s*\(?\s*[\"'](\.{1,2}/[^\"']{1,200})[\"']"
)
_USUAL = {
    "html": "index.html",
    "css": "style.css",
    "javascript": "script.js",
    "jsx": "src/App.jsx",
    "typescript": "main.ts",
    "tsx": "src/App.tsx",
    "vue": "src/App.vue",
    "svelte": "src/App.svelte",
    "python": "app.py",
}
_TOGETHER = frozenset({"css", "javascript", "typescript", "python"})
"""Languages of which several blocks follow one another in one file."""
_NEARLY = 0.75


def named_files(
    unnamed: Sequence[tuple[str, str]], named: Sources, before: Sources
) -> dict[str, str]:
    """The named files, and those without a name under one that fits; unnamed are (language, text).

    A name is the one of a component, or one that the other files ask for, or the one that the only
    file of that language had before, or the usual one.
    """
    files = dict(named)
    for language, texts in _by_language(unnamed).items():
        for text in _chosen(language, texts):
            every = [*files.values(), *(other for _, other in unnamed if other is not text)]
            name = _name(language, text, files, before, every)
            if name and name not in files:
                files[name] = text
    return files


def _by_language(unnamed: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, text in unnamed:
        react = language == "javascript" and is_react(text)
        found.setdefault("jsx" if react else language, []).append(text)
    return dict(sorted(found.items(), key=lambda item: item[0] != "html"))


def _chosen(language: str, texts: list[str]) -> list[str]:
    """The texts that make up files, versions and excerpts of others left out."""
    if language in _TOGETHER:
        return ["\n\n".join(dict.fromkeys(texts))]
    if language in ("html", "vue", "svelte"):
        whole = [text for text in texts if _WHOLE.search(text)] or texts
        longest = max(map(len, whole))
        return [[text for text in whole if len(text) >= longest * _NEARLY][-1]]
    by_component = {_component(text): text for text in texts}
    return list(by_component.values())


def _name(language: str, text: str, files: Sources, before: Sources, others: Sequence[str]) -> str:
    if language not in _USUAL:
        return ""
    usual = _USUAL[language]
    if language == "javascript" and "createCanvas(" in text:
        usual = "sketch.js"
    component = _component(text)
    wanted = [name for name in _wanted(files, others) if _fits(name, language)]
    if component:
        asked = [name for name in wanted if _stem(name) == component]
        if asked or component != "App":
            own = asked[0] if asked else f"src/{component}"
            return _ended(own, usual)
        return usual
    missing = [name for name in wanted if name not in files and language_of_file(name)]
    if missing:
        return missing[0]
    earlier = [name for name in before if language_of_file(name) == language]
    return earlier[0] if len(earlier) == 1 else usual


def _wanted(files: Sources, others: Sequence[str]) -> Iterator[str]:
    """Names that pages and modules ask for, of files that may be beside them."""
    places = [(name, text) for name, text in files.items()]
    known = set(files.values())
    places += [("src/App.tsx", text) for text in others if text not in known]
    for place, text in places:
        for address, module in _WANTED.findall(text):
            asked = address or module
            if re.match(r"[a-z][a-z\d+.-]*:|//|#", asked, re.IGNORECASE):
                continue
            folder = dirname(place) if module or language_of_file(place) != "html" else ""
            path = normpath(join(folder, asked.partition("?")[0].lstrip("/")))
            if not path.startswith(".."):
                yield path


def _fits(name: str, language: str) -> bool:
    found = language_of_file(name)
    same = {"jsx", "tsx", "javascript", "typescript"}
    return found in ("", language) or (found in same and language in same)


def _component(text: str) -> str:
    found = _COMPONENT.search(text)
    return (found[1] or found[2]) if found else ""


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def _ended(name: str, usual: str) -> str:
    return name if language_of_file(name) else f"{name}.{usual.rpartition('.')[2]}"
