"""Her answers on the page of consents: yes lets a body be asked, no drops at once what it told.

Filling in forms from it is a second answer, which rests on the first and ends with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.connectors.manifest import Manifest
from bff.connectors.street import Street
from bff.consent import asked, grants
from bff.errors import FieldRefused, FieldsRefused
from bff.facts import stopping
from bff.identity.residents import Resident
from bff.records import asking
from bff.records.consents import CONSENT_TEXT, FLOW, filling_id, home_sources
from bff.texts import say

MOST_AT_ONCE: Final = 64


async def decide(
    conn: AsyncConnection,
    resident: Resident,
    street: Street,
    *,
    fillers: Collection[str],
    yes: Sequence[str],
    no: Sequence[str],
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Both at once; raises `FieldsRefused` naming what cannot be agreed to, and then changes nothing.

    `fillers`: sources that fill in forms. Without a yes to the source itself there is none to its filling in.
    """
    home = home_sources(street)
    known = {**{id: one.manifest for id, one in street.tellers.items()}, **home}
    held = await grants.granted(conn, resident.id)
    ended = await grants.stopped(conn, resident.id)
    filling = {filling_id(source): source for source in home if source in fillers}
    resting = {id for id, source in filling.items() if source in yes or (source in held and source not in no)}
    _check(yes, no, {*known, *resting}, {*known, *held, *ended, *filling})
    fresh = [source for source in dict.fromkeys(yes) if source not in {*held, *filling}]
    await stopping.let_go(conn, resident.id, fresh)
    for source in fresh:
        await _gives(conn, resident, source, known[source], now, new_id)
    for source in dict.fromkeys(no):
        if source in filling:
            await grants.end_prefill(conn, resident.id, filling[source], now)
        else:
            await _ends(conn, resident, source, is_of_home=source in home, now=now)
    for id in dict.fromkeys(one for one in yes if one in filling):
        await _fills(conn, resident, filling[id], now, new_id)
    await asked.answered(conn, resident.id, text_version=CONSENT_TEXT, now=now)


async def _gives(
    conn: AsyncConnection,
    resident: Resident,
    source: str,
    manifest: Manifest,
    now: datetime,
    new_id: Callable[[], UUID],
) -> None:
    await grants.give(
        conn, resident.id, source, purpose=manifest.purpose, text_version=CONSENT_TEXT, now=now, new_id=new_id
    )


async def _fills(
    conn: AsyncConnection, resident: Resident, source: str, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """A no to the source that comes at the same moment ends this too, whichever is first."""
    if await grants.still_holds(conn, resident.id, source):
        purpose, version = grants.PREFILL, CONSENT_TEXT
        await grants.give(conn, resident.id, source, purpose=purpose, text_version=version, now=now, new_id=new_id)


async def _ends(conn: AsyncConnection, resident: Resident, source: str, *, is_of_home: bool, now: datetime) -> None:
    await grants.end(conn, resident.id, source, now)
    if source.startswith(FLOW):
        return
    await stopping.let_go(conn, resident.id, [source, *asking.RECKONED_FROM.get(source, ())])
    if is_of_home:  # home does not wait for an answer that will not come
        await stopping.stopped(conn, resident.id, source, now)


def _check(yes: Sequence[str], no: Sequence[str], may_give: set[str], may_end: set[str]) -> None:
    if len(yes) + len(no) > MOST_AT_ONCE:
        text = say("records_at_once", most=str(MOST_AT_ONCE))
        raise FieldsRefused(text, (FieldRefused("sources", "too_many", text),))
    wrong = [*(one for one in yes if one not in may_give), *(one for one in no if one not in may_end)]
    both = [one for one in yes if one in no]
    if wrong or both:
        text = say("records_unknown")
        fields = tuple(FieldRefused(one[:64], "unknown_source", text) for one in dict.fromkeys([*wrong, *both]))
        raise FieldsRefused(text, fields)
