"""What the core knows of the code arena before it is used."""

from __future__ import annotations

from polyarena import ArenaManifest, Ballot, Column, PromptField, Reason, Uploads

from .categories import CATEGORIES
from .languages import LANGUAGES
from .starters import STARTERS
from .task import AUTOMATIC

FIELDS = (
    PromptField(
        "language",
        "Language",
        "choice",
        options=(
            (AUTOMATIC, "Automatic"),
            *((tongue.id, tongue.title) for tongue in LANGUAGES.values()),
        ),
        hint="Both models are told which one to write.",
    ),
    PromptField(
        "stdin",
        "Standard input",
        "text",
        placeholder="What both programs read",
    ),
    PromptField(
        "tests",
        "Tests",
        "text",
        placeholder="3 4 -> 7\n10 -3 -> 7",
        hint="One a line: input -> output, with \\n for a new line. For longer ones put -> on a "
        "line of its own and --- between two tests. Or paste a file for pytest.",
    ),
)

MANIFEST = ArenaManifest(
    id="code",
    title="Code",
    summary="Ask for a program; both are run, and you see what they do.",
    icon="{}",
    order=20,
    accepts=frozenset({"text", "input", "file", "image"}),
    produces=frozenset({"text", "code", "execution", "table"}),
    sandboxed=True,
    fields=FIELDS,
    uploads=Uploads(count=5, total_bytes=5_000_000),
    columns=(
        Column("ran", "Ran", "share", hint="Programs that ended by themselves without a fault"),
        Column("passed", "Passed", "share", hint="Programs that passed all tests they were given"),
        Column("seconds", "Median time", "median", "s", hint="Wall time of programs that ran"),
    ),
    ballot=Ballot(
        reasons=(
            Reason("correct", "Correct"),
            Reason("efficient", "Efficient"),
            Reason("readable", "Readable"),
            Reason("robust", "Robust"),
            Reason("explained", "Well explained"),
        )
    ),
    categories=CATEGORIES,
    starters=STARTERS,
    notice="Programs run in a closed box without network, on the same input for both sides. "
    "Judge what they do, not only how they read.",
    placeholder="Describe a program: what it reads, what it should print or draw",
)
