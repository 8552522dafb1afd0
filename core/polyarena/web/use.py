"""How voters use apps: told by the pane around an app, or by a voter without scripts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from ..content import ARTIFACT
from ..services.live import LiveBattle
from ..use import LOOK_SECONDS, Kind, Use, gated
from .context import HeldBattle, OwnBattle, ServicesDep

router = APIRouter()

Count = Annotated[int, Field(ge=0, le=1000)]


class NewUse(BaseModel):
    """How an app or a sound of one side's last answer was used since this was last told.

    `bundle` is the app's, or the sound's artifact; `seconds` is how long it was in sight while it
    ran, or how long it played; `counts` are by kind, and say nothing of what was typed.
    """

    model_config = ConfigDict(extra="forbid")

    turn: int = Field(default=0, ge=0)
    side: Literal["a", "b"]
    bundle: str = Field(pattern=ARTIFACT)
    seconds: float = Field(default=0, ge=0, le=600, allow_inf_nan=False)
    counts: dict[Kind, Count] = Field(default_factory=dict)

    @property
    def use(self) -> Use:
        return Use(self.seconds, {str(kind): count for kind, count in self.counts.items()})


@router.post("/battles/{battle_id}/use", include_in_schema=False)
async def use(services: ServicesDep, live: OwnBattle, body: NewUse) -> dict[str, Any]:
    await services.uses.record(live, body.turn, body.side, body.bundle, body.use)
    return ballot_state(live)


@router.post("/api/v1/battles/{battle_id}/use")
async def use_by_script(services: ServicesDep, live: HeldBattle, body: NewUse) -> dict[str, Any]:
    """Tell how an app was used; in some arenas the ballot waits until both were looked at."""
    await services.uses.record(live, body.turn, body.side, body.bundle, body.use)
    return ballot_state(live)


@router.post("/battles/{battle_id}/looked", include_in_schema=False)
async def looked(services: ServicesDep, live: OwnBattle) -> Response:
    number = len(live.battle.turns) - 1
    gate = live.battle.gate or "look"
    for side in live.battle.unseen:
        (bundle, *_) = sorted(gated(live.battle.turn.answers[side], gate))
        await services.uses.record(live, number, side, bundle, Use(LOOK_SECONDS))
    return RedirectResponse(f"/battles/{live.battle.id}", 303)


def ballot_state(live: LiveBattle) -> dict[str, Any]:
    """Whether a vote or another turn would be taken now, and why not."""
    battle = live.battle
    return {
        "ballot_open": battle.ballot_open,
        "closed_because": battle.closed_because or "",
        "turn_allowed": battle.turn_allowed,
    }
