"""Parts and the application they belong to: it waits while one is open and goes to its ward when the last is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications import store as applications
from bff.applications.application import Application
from bff.applications.promise import promise_delivery
from bff.errors import NotFound, StepClosed
from bff.family.house import House
from bff.home.waiting import goes_on
from bff.identity.residents import Resident
from bff.tasks import papers, store
from bff.tasks.task import Hers, Task
from bff.tasks.words import say
from life_events import Catalogue, Text


@dataclass(frozen=True)
class Added:
    """One part as the ward's copy has it. `entries`: label and value."""

    part: str
    title: Text
    by: str
    at: datetime
    entries: Sequence[tuple[Text, Text]]


async def awaits(conn: AsyncConnection, resident: UUID, procedure: str, subject: str | None) -> bool:
    """Whether what is about to be sent has to wait; nobody settles those parts until this transaction ends."""
    return await store.is_asked(conn, resident, procedure, subject)


async def send_or_wait(conn: AsyncConnection, sent: Application, now: datetime) -> None:
    """In the transaction that keeps it: promised to its ward, unless it was kept waiting for what others were asked."""
    await store.bind(conn, sent.id, sent, now)
    if sent.state != "waiting":
        await promise_delivery(conn, sent.id)


async def hold_back(conn: AsyncConnection, sent: Application, now: datetime) -> bool:
    """On the way to the ward: whether something is open still, for what was sent by another way than her own form."""
    kept = await applications.held(conn, sent.id)
    if kept is None or kept.state != "queued" or any(event.state == "waiting" for event in kept.history):
        return False
    await store.bind(conn, kept.id, kept, now)
    if not await store.holding(conn, kept.id):
        return False
    await applications.move(conn, kept, "waiting", now, number="", note=None)
    return True


async def go_on(conn: AsyncConnection, catalogue: Catalogue, application: UUID | None, now: datetime) -> bool:
    """In the transaction that settles a part (house door): the promise of delivery, when nothing else is open."""
    if application is None or await store.holding(conn, application):
        return False
    return await goes_on(conn, catalogue, application, now)


async def send_without(house: House, me: Resident, application: UUID | None) -> Application:
    """Her choice: to the ward with what there is; open links end. Raises `NotFound`, `StepClosed`."""
    async with house.db.house() as conn:
        mine = await applications.one(conn, me.id, application) if application else None
        if mine is None:
            raise NotFound(say("no_such_part"))
        kept = await applications.held(conn, mine.id)
        if kept is None or kept.state != "waiting":
            raise StepClosed(say("not_waiting"))
        for one in await store.holding(conn, mine.id):
            await store.settle(conn, one.id, "left_out", house.clock())
        await go_on(conn, house.catalogue, mine.id, house.clock())
        sent = await applications.one(conn, me.id, mine.id)
    assert sent is not None
    return sent


async def end_links(conn: AsyncConnection, application: UUID, now: datetime) -> None:
    """It was withdrawn: nobody writes for it any more."""
    for one in await store.holding(conn, application):
        await store.settle(conn, one.id, "taken_back", now)


async def may_go_on(conn: AsyncConnection, task: Task) -> bool:
    """Whether what it belongs to still waits, or was not sent yet."""
    kept = await applications.one(conn, task.resident, task.application) if task.application else None
    return kept is None or kept.state == "waiting"


async def added(conn: AsyncConnection, resident: Resident, application: UUID) -> Sequence[Added]:
    """What others have written for this application, for the ward's copy."""
    done = [one for one in await store.of_application(conn, application) if one.written is not None]
    return [_added(Hers(one, resident)) for one in done]


def _added(one: Hers) -> Added:
    task = one.task
    assert task.settled_at is not None
    entries = papers.shown(task.form, one.written)
    return Added(task.part, task.form.title, one.asked.to, task.settled_at, entries)
