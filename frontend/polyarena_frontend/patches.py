"""An answer's HTML while it is being written, as small changes to its blocks."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from polyarena_frontend.holdback import visible_end
from polyarena_frontend.listwindow import ListWindow
from polyarena_frontend.markdown import MAX_SOURCE, Block, parse_blocks, render_blocks
from polyarena_frontend.openblock import OpenBlock, open_block, utf16_length
from polyarena_frontend.plaintext import TextCleaner, escape
from polyarena_frontend.renderer import plain_block

MAX_BLOCK: Final = 20_000
MAX_REFERENCES: Final = 200

_SMALL: Final = 1_024
_PARAGRAPH_GAP: Final = re.compile(r"\n[ \t]*\n(?=\S)")
_NEVER: Final = re.compile(r"(?!)")


class Patch(NamedTuple):
    """`html[block] = html[block][:keep] + html`; `keep` counts UTF-16 code units."""

    block: int
    keep: int
    html: str


class StreamRenderer:
    """Renders a growing answer; its reader keeps a list of blocks' HTML and applies patches to it.

    Only the last top-level block is rendered again as text comes in, and text without markup is
    just inserted into it. With `append=False` every change parses the block anew, which gives the
    same patches at a higher price. At every moment every block is sanitised HTML.
    """

    def __init__(self, *, append: bool = True) -> None:
        self._append = append
        self._cleaner = TextCleaner()
        self._pieces: list[str] = []
        self._text = ""  # from where the open block starts
        self._base = 0  # length of the text before that
        self._shown = 0  # how much of _text is in the open block's HTML
        self._parsed = 0  # _shown when the block was last parsed
        self._html: list[str] = []  # the blocks before the open one
        self._open = OpenBlock()
        self._list = ListWindow()
        self._plain_until: re.Pattern[str] | None = None  # set: the open block is plain text
        self._references: dict[str, Any] = {}
        self._new_references: dict[str, Any] = {}
        self._count = 0  # how many blocks the reader has
        self._final: list[Patch] | None = None

    def feed(self, text: str) -> None:
        """Add the next piece of the answer. Raises RuntimeError after `finish`."""
        if self._final is not None:
            raise RuntimeError("the answer is finished")
        if cleaned := self._cleaner.feed(text):
            self._pieces.append(cleaned)
            self._text += cleaned

    def patches(self) -> list[Patch]:
        """The changes since the last call; after `finish`, those to the final rendering."""
        if self._final is not None:
            changes, self._final = self._final, []
            return changes
        opened = self._open
        if self._append and opened.inert and self._shown <= MAX_BLOCK:
            pending = self._text[self._shown :].rstrip()
            if opened.inert.fullmatch(pending):
                keep = opened.units
                self._insert(self._shown + len(pending))
                return [Patch(len(self._html), keep, pending + opened.tail)]
        first, before = len(self._html), opened.html
        while self._step():
            pass
        return self._changes(first, before)

    def snapshot(self) -> list[str]:
        """The blocks as a reader has them who applied all patches so far."""
        blocks = [*self._html, self._open.html][: self._count]
        return blocks + [""] * (self._count - len(blocks))

    def finish(self) -> list[str]:
        """The whole answer rendered at once, as blocks; joined they equal `render_markdown`."""
        if self._final is None:
            self._pieces.append(self._cleaner.flush())
        before = self.snapshot()
        blocks = render_blocks("".join(self._pieces))
        self._final = [
            _patch(index, old, new)
            for index, (old, new) in enumerate(_aligned(before, blocks))
            if old != new
        ]
        self._html, self._open = blocks, OpenBlock()
        self._count = max(self._count, len(blocks))
        return list(blocks)

    def _changes(self, first: int, before: str) -> list[Patch]:
        changes: list[Patch] = []
        for index, html in enumerate([*self._html[first:], self._open.html], first):
            if html != before:
                changes.append(_patch(index, before, html))
                self._count = max(self._count, index + 1)
            before = ""
        return changes

    def _step(self) -> bool:
        """Show a bit more; whether there may be yet more to show."""
        if self._plain_until is not None:
            return self._step_plain(self._plain_until)
        if self._open.fence is not None:
            return self._step_fence(self._open.fence)
        end = self._open.end
        if end is not None and end.match(self._text, self._shown):
            self._settle(self._shown)
            return True
        return self._step_markdown()

    def _step_markdown(self) -> bool:
        eager = not (self._html or self._shown)
        end = min(visible_end(self._text, self._shown, eager=eager), MAX_SOURCE - self._base)
        if self._shown > MAX_BLOCK or self._list.full:
            return self._start_plain(_PARAGRAPH_GAP)
        if end <= self._shown:
            return self._base + len(self._text) > MAX_SOURCE and self._start_plain(_NEVER)
        inert = self._open.inert
        if self._append and inert and inert.fullmatch(self._text, self._shown, end):
            self._insert(end)
            return False
        # Parsing again costs the block's length: a long block waits for more text.
        if end > _SMALL and self._shown and end - self._parsed < end // 32:
            return False
        self._parse(end)
        return True

    def _step_fence(self, closing: re.Pattern[str]) -> bool:
        found = closing.search(self._text, self._line_start())
        if found and found.end() < len(self._text):
            self._parse(found.end())
            return True
        end = self._code_end(closing)
        if end <= self._shown:
            return False
        if self._append:
            self._insert(end)
        else:
            self._parse(end)
        return self._shown > MAX_BLOCK and self._start_plain(closing)

    def _step_plain(self, until: re.Pattern[str]) -> bool:
        found = until.search(self._text, self._line_start())
        if found and found.end() < len(self._text):
            self._insert(max(self._shown, len(self._text[: found.start()].rstrip())))
            self._settle(found.end())
            self._plain_until = None
            return True
        end = min(self._code_end(until), MAX_BLOCK)
        if end > self._shown:
            self._insert(end)
        return self._shown >= MAX_BLOCK and self._start_plain(until)

    def _line_start(self) -> int:
        return self._text.rfind("\n", 0, self._shown) + 1

    def _code_end(self, closing: re.Pattern[str]) -> int:
        """Where the text ends that cannot be the start of a closing line."""
        end = len(self._text.rstrip())
        line_start = self._text.rfind("\n", 0, end) + 1
        last_line = self._text[line_start:end].strip(" ")
        if closing.search(self._text, line_start) or not last_line.strip("`~"):
            end = len(self._text[:line_start].rstrip())
        return max(end, self._shown)

    def _start_plain(self, until: re.Pattern[str]) -> bool:
        self._settle(self._shown)
        self._plain_until = until
        head, _, tail = plain_block("\0").partition("\0")
        self._open = OpenBlock(head, tail)
        return True

    def _insert(self, end: int) -> None:
        self._open.insert(escape(self._text[self._shown : end]))
        self._shown = end

    def _settle(self, end: int) -> None:
        """The open block is as it stays; the next one starts at or after `end`."""
        self._html.append(self._open.html)
        self._keep_references(self._new_references)
        self._new_references = {}
        self._drop(end)
        self._shown = self._parsed = 0
        self._open = OpenBlock()
        self._list = ListWindow()

    def _drop(self, length: int) -> None:
        self._text = self._text[length:]
        self._base += length

    def _parse(self, end: int) -> None:
        text = self._text[:end] + "\n"
        lines = text.count("\n")
        env: dict[str, Any] = {
            "streaming": True,
            "lines": lines,
            "references": dict(self._references),
        }
        settled, blocks = self._list.complete(parse_blocks(text, env))
        self._html += settled
        self._shown = self._parsed = end
        self._open = OpenBlock()
        if not blocks:
            return
        if len(blocks) > 1:
            self._html += [block.html for block in blocks[:-1]]
            self._list = ListWindow()
        self._enter(blocks[-1], text, env)

    def _enter(self, block: Block, text: str, env: dict[str, Any]) -> None:
        line = self._list.advance(block, env)
        start = sum(len(each) + 1 for each in text.split("\n", line)[:line])
        found = env["references"].items()
        self._keep_references({name: entry for name, entry in found if entry["map"][1] <= line})
        self._new_references = env["references"]
        self._drop(start)
        self._open = open_block(block, text[start:-1], env)
        self._shown -= start
        first_line = self._text.find("\n") + 1
        if self._open.fence is not None and first_line:
            self._shown = max(self._shown, first_line)
        else:
            self._open.fence = None
        self._parsed = self._shown

    def _keep_references(self, references: dict[str, Any]) -> None:
        for name, entry in references.items():
            if len(self._references) < MAX_REFERENCES:
                self._references.setdefault(name, entry)


def _aligned(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    length = max(len(before), len(after))
    pad = [""] * length
    return list(zip((before + pad)[:length], (after + pad)[:length], strict=True))


def _patch(block: int, old: str, new: str) -> Patch:
    keep = _common_prefix(old, new)
    return Patch(block, utf16_length(new[:keep]), new[keep:])


def _common_prefix(old: str, new: str) -> int:
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
