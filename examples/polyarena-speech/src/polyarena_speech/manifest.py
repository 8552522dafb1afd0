"""What the arena says of itself."""

from __future__ import annotations

from polyarena import ArenaManifest, Ballot, Column, PromptField, Reason, Starter

MANIFEST = ArenaManifest(
    id="speech",
    title="Speech",
    summary="Two voices read the same words to you.",
    icon="♪",
    order=60,
    accepts=frozenset({"text", "input"}),
    produces=frozenset({"audio"}),
    capability="speech",
    fields=(
        PromptField(
            "manner",
            "Manner",
            "choice",
            options=(("plain", "Plain"), ("lively", "Lively"), ("slow", "Slow")),
        ),
    ),
    gate="listen",
    ballot=Ballot(
        reasons=(
            Reason("natural", "Sounds natural"),
            Reason("clear", "Every word is clear"),
            Reason("manner", "Keeps the manner"),
        )
    ),
    columns=(Column("pace", "Pace", "median", " words/min"),),
    starters=(
        Starter("A station announcement", "The train to the coast leaves from platform four."),
        Starter(
            "A bedtime story",
            "Once there was a lamp that was afraid of the dark.",
            {"manner": "slow"},
        ),
    ),
    placeholder="Words to be read aloud",
    prompt_limit=500,
    max_turns=1,
    together=True,
)
