"""Models that look things up on a small shelf, and cite each in a style of its own."""

from __future__ import annotations

import random
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from polyarena import Delta, Event, Finish, Model, ModelRequest, Provider


@dataclass(frozen=True, slots=True)
class Page:
    """A page on the shelf: what it says in a sentence, and the words it is found by."""

    title: str
    url: str
    says: str
    words: str


SHELF = (
    Page(
        "The tides in a bay",
        "https://sea.example.org/tides",
        "The moon pulls the near side of the sea more than the earth, and the far side less, so "
        "that there are two bulges and two tides a day",
        "tide tides moon sea water day",
    ),
    Page(
        "Sun, moon and spring tides",
        "https://sky.example.org/spring",
        "When sun and moon stand in a line, their pulls add up and the tides are higher",
        "tide tides sun moon sea high",
    ),
    Page(
        "What yeast does",
        "https://kitchen.example.org/yeast",
        "Yeast eats sugar and gives off a gas, which the dough holds in bubbles",
        "bread yeast dough rise baking flour",
    ),
    Page(
        "Gluten, the net in the dough",
        "https://kitchen.example.org/gluten",
        "Kneading makes a net of gluten that is strong enough to keep the gas in",
        "bread dough rise gluten kneading flour",
    ),
    Page(
        "How to look things up",
        "https://library.example.org/search",
        "What is not on the shelf has to be asked for at the desk",
        "",
    ),
)


def in_brackets(pages: Sequence[Page]) -> str:
    """Numbers in brackets, and a list below."""
    text = " ".join(f"{page.says} [{n}]." for n, page in enumerate(pages, 1))
    lines = "\n".join(f"[{n}] {page.title} - {page.url}" for n, page in enumerate(pages, 1))
    return f"{text}\n\n**Sources:**\n{lines}"


def as_links(pages: Sequence[Page]) -> str:
    """A link in the middle of every sentence."""
    return "\n\n".join(f"{page.says}, as [{page.title}]({page.url}) has it." for page in pages)


def in_passing(pages: Sequence[Page]) -> str:
    """Title and address in brackets; and a number that leads nowhere."""
    return (
        " ".join(f"{page.says} ({page.title}, {page.url})." for page in pages)
        + " The rest is in the books [9]."
    )


STYLES: dict[str, tuple[str, Callable[[Sequence[Page]], str]]] = {
    "brackets": ("Demo Librarian", in_brackets),
    "links": ("Demo Linker", as_links),
    "passing": ("Demo Mumbler", in_passing),
}


class ShelfProvider(Provider):
    """Answers from the shelf in the style of the model's `config["style"]`."""

    name = "search-demo"

    def models(self) -> Sequence[Model]:
        return [
            Model(
                name=name,
                provider=self.name,
                config={"style": key},
                capabilities=frozenset({"search"}),
                organization="Polyarena examples",
                license="Apache-2.0",
                fallback=True,
            )
            for key, (name, _) in STYLES.items()
        ]

    def check(self, model: Model) -> str | None:
        if model.config.get("style") in STYLES:
            return None
        return f"config.style must be one of {', '.join(STYLES)}"

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        _, cite = STYLES[model.config["style"]]
        for piece in re.findall(r"\S+\s*", cite(found(request.prompt_text))):
            yield Delta(piece)
        yield Finish()


def found(question: str) -> list[Page]:
    """The pages that share a word with a question, in an order of its own; at least one."""
    asked = set(re.findall(r"\w+", question.lower()))
    pages = [page for page in SHELF if asked & set(page.words.split())] or [SHELF[-1]]
    random.Random(question).shuffle(pages)
    return pages
