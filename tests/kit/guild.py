"""An arena for dentists, and a roll of theirs that a plugin looks numbers up in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import httpx

from polyarena import Checked, Claim, Credential, Expertise, PromptField, Tier, hookimpl

from .judging import Careful, careful

EXPERTISE = Expertise(
    "dentistry",
    "Dentistry",
    (("surgery", "Oral surgery"), ("orthodontics", "Orthodontics")),
    tier=Tier.REGISTRY,
)


class Roll(Credential):
    """Has the numbers that begin with D; X breaks it."""

    name = "roll"
    title = "Number in the roll"
    summary = "The roll has this number; it does not show that it is yours."
    occupation = "dentistry"
    tier = Tier.REGISTRY
    fields = (PromptField("number", "Number", limit=8),)

    async def check(self, claim: Claim) -> Checked:
        number = claim.values["number"]
        if number == "X":
            raise RuntimeError("the roll is away")
        if not number.startswith("D"):
            return Checked(False, "The roll has no such number.")
        specialty = "orthodontics" if number == "D-ortho" else ""
        return Checked(True, specialty=specialty, evidence={"number": number}, days=30)


class RollPlugin:
    """A plugin that brings the roll."""

    @hookimpl
    def polyarena_register_credentials(self) -> Sequence[Credential]:
        return [Roll()]


class Dentists(Careful):
    """The careful arena, for dentists."""

    manifest = replace(Careful.manifest, id="dentists", title="Dentists", expertise=EXPERTISE)


class OnlyDentists(Careful):
    """The same, where nobody else may vote."""

    manifest = replace(
        Careful.manifest, id="only", title="Only", expertise=replace(EXPERTISE, required=True)
    )


def dentists() -> dict[str, object]:
    """Those arenas, their roll, and two models that answer."""
    return {**careful(Dentists(), OnlyDentists()), "roll": RollPlugin()}


@contextmanager
def visitor(url: str) -> Iterator[httpx.Client]:
    """Somebody who has looked at the page of credentials, and so has a cookie."""
    with httpx.Client(base_url=url, timeout=30) as client:
        client.get("/credentials")
        yield client
