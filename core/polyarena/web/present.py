"""Battles from services to views: nothing that names a model leaves here before the reveal."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from markupsafe import escape

from ..arena import Mode
from ..errors import Failure
from ..model import Model
from ..services import Services
from ..services.live import LiveBattle
from ..side import Answer, Side, SideStatus
from ..store.battles import BattleSummary
from . import battle_views, views
from .acting import action_views, actions_url, compare_url, compared, shows_apps
from .arena_page import mode_url
from .ballots import aspect_views, flag_views, vote_view, voting_as
from .fields import attached, field_views, inputs_of, kept_fields, kept_views, prompt_pieces
from .marks import marked
from .prompt_form import FIELD
from .rendering import answer_blocks, view_of
from .words import CHOICES, FAILURES, FINISHES, MODES

AGAIN_LIMIT = 7500


async def battle_view(
    services: Services, live: LiveBattle, *, read_only: bool = False, base: int | None = None
) -> battle_views.BattleView:
    """A battle as its page shows it; blind while the battle is.

    `base` is the turn that the composer's prompt would go on from, None for the last.
    """
    battle = live.battle
    manifest = live.arena.manifest
    url = f"/battles/{battle.id}"
    return battle_views.BattleView(
        id=battle.id,
        arena=battle.arena,
        mode=battle.mode.value,
        title=" ".join(battle.turns[0].prompt.text.split())[:80] if battle.turns else "",
        url=url,
        events_url=f"{url}/events",
        live=live.answering and not read_only,
        sides=battle.sides,
        turns=tuple([await _turn(services, live, i, read_only) for i in range(len(battle.turns))]),
        choices=tuple(
            battle_views.ChoiceView(choice.value, *CHOICES[choice])
            for choice in CHOICES
            if choice in manifest.ballot.choices
        ),
        reasons=manifest.ballot.reasons,
        aspects=aspect_views(manifest.ballot),
        flags=flag_views(manifest.ballot),
        explain=manifest.ballot.explain,
        voting_as=None if read_only else await voting_as(services, live),
        ballot_open=battle.ballot_open and not read_only,
        closed_because=battle.closed_because or "",
        turn_allowed=battle.turn_allowed and not read_only,
        prompt_limit=manifest.prompt_limit,
        fields=field_views(manifest.fields, {}),
        uploads=manifest.uploads.count if manifest.uploads else 0,
        upload_bytes=manifest.uploads.total_bytes if manifest.uploads else 0,
        of_pictures=manifest.of_pictures,
        vote=vote_view(battle, manifest.ballot),
        names=_names(live),
        again_url=_again_url(live),
        share_url=f"/shared/{live.share}" if live.share else "",
        read_only=read_only,
        commitment=live.commitment,
        salt=battle.salt if battle.revealed else "",
        preview_host=services.settings.preview_host if shows_apps(live.arena) else "",
        apps_url=_apps_url(live, read_only) if shows_apps(live.arena) else "",
        follow_ups=battle.max_turns > 1,
        looked_url=f"{url}/looked" if battle.unseen and not read_only else "",
        gate=battle.gate or "",
        base=base if base in battle.bases and not read_only else None,
    )


def _apps_url(live: LiveBattle, read_only: bool) -> str:
    """Where the battle's apps with a server are started, by whoever is shown it."""
    shown = f"shared/{live.share}" if read_only else f"battles/{live.battle.id}"
    return f"/api/v1/{shown}/apps"


def _again_url(live: LiveBattle) -> str:
    battle = live.battle
    page = mode_url(battle.arena, battle.mode)
    if not battle.turns:
        return page
    prompt = battle.turns[0].prompt
    given = [("prompt", marked(prompt))]
    fields = field_views(live.arena.manifest.fields, inputs_of(prompt))
    given += [(FIELD + field.id, field.value) for field in fields if field.given]
    given += kept_fields(kept_views(prompt.parts))
    query = urlencode(given)
    return f"{page}?{query}" if len(query) < AGAIN_LIMIT else page


async def _turn(
    services: Services, live: LiveBattle, number: int, read_only: bool
) -> battle_views.TurnView:
    turn = live.battle.turns[number]
    last = number == len(live.battle.turns) - 1
    answers = {}
    for side in turn.answers:
        answer = live.answer(side, number)
        # What a running side said so far comes with the stream's snapshot.
        view = view_of(live, number, side)
        blocks = (
            await answer_blocks(services.dispatcher, live.arena, answer, view)
            if answer.over
            else ()
        )
        answers[side] = battle_views.AnswerView(
            status=answer.status.value,
            blocks=blocks,
            text=answer.text,
            note=note(answer.status.value, answer.failure, answer.finish),
            can_retry=last and answer.status is SideStatus.FAILED and not read_only,
            attempt=answer.attempt,
            stats=_stats(answer) if live.battle.revealed else None,
            actions=() if read_only else await action_views(services, live, number, side),
            actions_url="" if read_only else actions_url(live, number, side),
            waiting=None if answer.over else await _waiting(services, live, number, side),
        )
    text, fields = turn.prompt.text, live.arena.manifest.fields
    return battle_views.TurnView(
        index=number,
        prompt_html=escape(text),
        prompt_text=marked(turn.prompt),
        answers=answers,
        last=last,
        attached=attached(fields, turn.prompt),
        pieces=prompt_pieces(fields, turn.prompt),
        fields=field_views(fields, inputs_of(turn.prompt)),
        kept=kept_views(turn.prompt.parts),
        compare_url="" if read_only else compare_url(live, number),
        compared=compared(live.arena),
        base=turn.base,
        set_aside=number not in live.battle.chain,
        continue_url=_continue_url(live, number) if not read_only else "",
    )


def _continue_url(live: LiveBattle, number: int) -> str:
    if number not in live.battle.bases:
        return ""
    return f"/battles/{live.battle.id}?base={number}#turn-prompt"


async def _waiting(
    services: Services, live: LiveBattle, number: int, side: Side
) -> battle_views.WaitingView | None:
    html = await services.dispatcher.waiting(live.arena, live.turn_of(side, number))
    return battle_views.WaitingView(html, int(live.waited)) if html is not None else None


def note(status: str, failure: str | None, finish: str | None = None) -> str:
    """A side's state in words for the voter; says nothing of who it is."""
    if failure:
        return FAILURES[Failure(failure)]
    if status == SideStatus.STOPPED:
        return FINISHES["stopped"]
    return FINISHES.get(finish or "", "")


def _stats(answer: Answer) -> battle_views.StatsView:
    rate = None
    if answer.tokens and answer.seconds and answer.first_token is not None:
        spent = answer.seconds - answer.first_token
        rate = answer.tokens / spent if spent > 0 else None
    whole = answer.first_token == answer.seconds
    return battle_views.StatsView(None if whole else answer.first_token, answer.seconds, rate)


def _names(live: LiveBattle) -> dict[Side, views.NameView]:
    if not live.battle.revealed:
        return {}
    return {side: name_view(model) for side, model in live.models.items()}


def name_view(model: Model) -> views.NameView:
    """Who a side was, to whoever may know."""
    return views.NameView(model.name, model.organization, model.license, model.link)


async def history_view(
    services: Services, rows: list[BattleSummary], total: int, query: str, limit: int
) -> views.HistoryView:
    """Somebody's battles; a blind battle without a vote shows no names."""
    known = await services.models.by_entry()
    shown = []
    for row in rows:
        open_names = row.mode is not Mode.BATTLE or row.choice is not None
        names = tuple(known[entry].name for entry in row.entries) if open_names else ()
        shown.append(
            views.HistoryRow(
                id=row.id,
                url=f"/battles/{row.id}",
                title=row.title,
                arena=row.arena,
                mode=MODES[row.mode],
                when=datetime.fromtimestamp(row.created, UTC).strftime("%Y-%m-%d %H:%M"),
                choice=CHOICES[row.choice][0] if row.choice else "",
                names=names,
            )
        )
    after = urlencode({"q": query, "before": rows[-1].created}) if len(rows) == limit else ""
    return views.HistoryView(tuple(shown), query, total, f"/history?{after}" if after else "")
