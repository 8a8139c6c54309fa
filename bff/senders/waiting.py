"""Events that wait for a person who has no account yet: told when she comes, ended when it is too late."""

from __future__ import annotations

from uuid import UUID

import structlog

from bff.db import AWAY
from bff.senders import calls, store
from bff.senders.house import House
from bff.senders.keys import sender_of
from bff.senders.store import Seals
from bff.senders.taking import AT_ONCE, by_register, deliver

log = structlog.get_logger()


async def release(house: House) -> int:
    """Every few minutes: events whose person has come meanwhile are told; those nobody came for, or on which nothing
    can be done any more, are forgotten. Each in a transaction of its own: one that cannot be told waits on, and holds
    up none behind it; a database that is away does, and the job is tried again. How many were told."""
    await _end(house)
    told, after = 0, None
    while True:
        async with house.db.house() as conn:
            found = await store.come_since(conn, house.clock(), AT_ONCE, after)
        if not found:
            return told
        for id, _ in found:
            told += await _tried(house, id)
        after = found[-1]


async def _end(house: House) -> None:
    now = house.clock()
    async with house.db.house() as conn:
        for gone in await store.expire(conn, now):
            id = house.new_id()
            await calls.tell(conn, house.defer, gone.sender, "event.expired", id=id, now=now, event=gone.name)


async def _tried(house: House, id: UUID) -> bool:
    try:
        return await _released(house, id)
    except AWAY:
        raise
    except Exception as why:
        log.exception("an event that waited could not be told", event_id=str(id), why=type(why).__name__)
        return False


async def _released(house: House, id: UUID) -> bool:
    """False: another worker is at it, or her account is gone again."""
    async with house.db.house() as conn:
        held = await store.held(conn, id)
        if held is None:
            return False
        waits, subject = held
        sender, event = await sender_of(conn, waits.sender), waits.opened(Seals(house.person_secret).waiting(id))
        found = await by_register(conn, house, sender, subject, event.subject) if sender else ()
        if sender is None or not found:
            return False
        await store.arrive(conn, waits)
        for resident in found:
            await deliver(conn, house, sender, waits.name, event, resident, subject)
        call, now = house.new_id(), house.clock()
        await calls.tell(conn, house.defer, sender.id, "event.delivered", id=call, now=now, event=waits.name)
    return True
