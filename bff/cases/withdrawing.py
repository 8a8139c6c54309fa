"""She takes an application back, as long as it is not decided; whoever has it already is told so."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store
from bff.applications.application import Application
from bff.applications.promise import promise_telling_withdrawal
from bff.cases import arriving
from bff.errors import NotFound, StepClosed
from bff.exchange.drop.waiting import take_out
from bff.home.ward_says import hear
from bff.texts import say
from life_events import Catalogue


async def withdraw(
    conn: AsyncConnection, catalogue: Catalogue, resident: UUID, application: UUID, now: datetime
) -> Application:
    """As it stands then, through the house's door; to withdraw it again changes nothing. Raises a `Refusal`."""
    if await store.one(conn, resident, application) is None:
        raise NotFound(say("not_found"))
    kept = await store.held(conn, application)
    assert kept is not None
    if kept.state == "withdrawn":
        return kept
    if kept.settled:
        raise StepClosed(say("withdraw_decided"))
    file = await take_out(conn, application)
    if file == "in_a_file":
        raise StepClosed(say("withdraw_by_file"))
    await hear(conn, catalogue, kept, "withdrawn", number="", note=None, now=now)
    is_here = await arriving.withdrawn(conn, application, now)
    if not is_here and file == "never_waited" and kept.state != "waiting":
        await promise_telling_withdrawal(conn, application)
    changed = await store.one(conn, resident, application)
    assert changed is not None
    return changed
