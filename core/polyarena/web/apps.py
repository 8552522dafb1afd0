"""Apps with a server, started by whoever is shown their battle."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from ..content import ARTIFACT
from ..services import Services
from ..services.live import LiveBattle
from .context import HeldBattle, ServicesDep, Visitor

router = APIRouter(prefix="/api/v1")


class AppToRun(BaseModel):
    """An app with a server of one side's answer to a turn, by its bundle."""

    model_config = ConfigDict(extra="forbid")

    turn: int = Field(default=0, ge=0)
    side: Literal["a", "b"]
    bundle: Annotated[str, Field(pattern=ARTIFACT)]


@router.post("/battles/{battle_id}/apps")
async def run(services: ServicesDep, live: HeldBattle, body: AppToRun) -> dict[str, str]:
    """Start an app that has a server, unless it runs; it is then to be had at the `host`.

    It is stopped some time after it was last used, and after the vote.
    """
    return await _started(services, live, body, live.battle.visitor)


@router.post("/shared/{token}/apps")
async def run_shared(
    services: ServicesDep, visitor: Visitor, token: str, body: AppToRun
) -> dict[str, str]:
    """Start an app of a shared battle."""
    live = await services.battles.shared(token)
    return await _started(services, live, body, visitor)


async def _started(
    services: Services, live: LiveBattle, body: AppToRun, visitor: str
) -> dict[str, str]:
    label = await services.servers.start(live, body.turn, body.side, body.bundle, visitor)
    return {"host": f"s-{label}.{services.settings.preview_host}"}
