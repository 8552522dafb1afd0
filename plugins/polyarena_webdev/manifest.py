"""What the core knows of the WebDev arena before it is used."""

from __future__ import annotations

from polyarena import ArenaManifest, Aspect, Ballot, Column, PromptField, Reason, Uploads

from .asking import AUTOMATIC
from .categories import CATEGORIES
from .makers import KINDS
from .starters import STARTERS

MANIFEST = ArenaManifest(
    id="webdev",
    title="WebDev",
    summary="Ask for an app; two are built, and you play with both.",
    icon="‹›",
    order=30,
    accepts=frozenset({"text", "input", "image"}),
    produces=frozenset({"text", "code", "app"}),
    sandboxed=True,
    gate="look",
    fields=(
        PromptField(
            "kind",
            "Made with",
            "choice",
            options=(
                (AUTOMATIC, "Automatic"),
                *((kind.id, kind.title) for kind in KINDS.values()),
            ),
            hint="Both models are told what to make it with.",
        ),
    ),
    uploads=Uploads(count=4, total_bytes=16_000_000, fitted=True),
    columns=(
        Column("built", "Built", "share", hint="Apps that could be built and shown"),
        Column("clean", "No errors", "share", hint="Built apps whose console showed no error"),
        Column(
            "accessibility",
            "Barriers",
            "mean",
            hint="Findings of the accessibility check in a built app, on average",
        ),
    ),
    ballot=Ballot(
        reasons=(
            Reason("design", "Good design"),
            Reason("complete", "Complete"),
            Reason("idea", "A good idea"),
            Reason("responsive", "Fits every screen"),
            Reason("broken", "Something broken"),
        ),
        aspects=(
            Aspect("looks", "Looks", "How it looks"),
            Aspect("works", "Works", "Whether everything does what it seems to"),
            Aspect("follows", "Follows the prompt", "Whether it is what was asked for"),
        ),
    ),
    categories=CATEGORIES,
    starters=STARTERS,
    notice="Both apps are built and run apart from this page, without network. Try each of them "
    "before you judge: click, type, make the window small.",
    placeholder="Describe an app: what it shows, what one can do with it",
    max_turns=10,
)
