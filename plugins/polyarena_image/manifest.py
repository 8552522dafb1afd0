"""What the core knows of the image arena before it is used."""

from __future__ import annotations

from polyarena import ArenaManifest, Aspect, Ballot, Column, PromptField, Reason, Uploads

from .asking import PAINT
from .categories import CATEGORIES
from .shapes import AUTOMATIC, FIELD, SHAPES
from .starters import STARTERS

MANIFEST = ArenaManifest(
    id="image",
    title="Image",
    summary="Describe a picture; two models paint it.",
    icon="▣",
    order=30,
    accepts=frozenset({"text", "input", "image"}),
    produces=frozenset({"image", "text", "custom"}),
    capability=PAINT,
    fields=(
        PromptField(
            FIELD,
            "Shape",
            "choice",
            options=(
                (AUTOMATIC, "Automatic"),
                *((shape.id, shape.title) for shape in SHAPES.values()),
            ),
            hint="Both models are asked for the same. To edit, add a picture and say what to "
            "change; a second picture is its mask, white or transparent where it may change.",
        ),
    ),
    uploads=Uploads(count=2, total_bytes=20_000_000),
    columns=(
        Column("megapixels", "Picture size", "median", "MP", hint="Millions of pixels a picture"),
    ),
    ballot=Ballot(
        aspects=(
            Aspect("follows", "Follows the prompt"),
            Aspect("looks", "Looks"),
            Aspect("lettering", "Text in the image", "Where there is any"),
            Aspect("anatomy", "Hands and faces", "Where there are any"),
        ),
        reasons=(
            Reason("light", "Light and colour"),
            Reason("composition", "Composition"),
            Reason("detail", "Detail"),
            Reason("original", "Original"),
            Reason("faithful", "Keeps what was not to change"),
            Reason("flaws", "Fewer flaws"),
        ),
    ),
    refusals="exclude",
    together=True,
    categories=CATEGORIES,
    starters=STARTERS,
    notice="Pictures are stored anew, without the metadata that could name their maker; a maker's "
    "mark painted into the picture itself cannot be taken out. Where a model declines to paint, "
    "the vote is kept and not rated. Send no pictures of people who would not want that.",
    placeholder="Describe a picture, or add one and say what to change",
    prompt_limit=4000,
    max_turns=1,
)
