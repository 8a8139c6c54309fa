"""One event is taken: once, for the people it is about, or to wait for who has not come yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.contacts import child_key
from bff.family import people
from bff.identity.residents import resident_of
from bff.senders import calls, consents, store, superseding, telling, trial
from bff.senders.event import CaseStep, Event, Notice, digest
from bff.senders.house import House
from bff.senders.keys import Caller, Sender
from bff.senders.problems import Refused
from bff.senders.store import Seals
from bff.senders.taken import Taken
from notifications import address_book
from notifications.jobs import JAPAN

WAITS: Final = timedelta(days=90)
"""So long an event waits for a person who has no account; then what it says is forgotten."""
AT_ONCE: Final = 200


async def take(house: House, caller: Caller, name: str, event: Event) -> Taken:
    """Raises Refused."""
    _must_reach(caller, event)
    sender, now = caller.sender, house.clock()
    async with house.db.house() as conn:
        await store.alone(conn, sender.id, name)
        before = await store.named(conn, sender.id, name, trial=caller.key.trial)
        if before:
            settled = await superseding.over(conn, house, caller, name, event, before)
            if settled is not None:
                return settled
        if caller.key.trial:
            state = await trial.take(conn, house, sender, name, event, now)
            return Taken(name, state, event.revision, fresh=True)
        found, subject = await _whom(conn, house, sender, event.subject)
        if found:
            for resident in found:
                await deliver(conn, house, sender, name, event, resident, subject)
            state = "delivered"
        else:
            state = "waiting"
            id = house.new_id()
            line = _line(sender, name, event, id, state, subject, now)
            await store.keep(conn, _seals(house).waiting(id), event, **line, waits_until=_until(event, now))
        await calls.tell(conn, house.defer, sender.id, f"event.{state}", id=house.new_id(), now=now, event=name)
    return Taken(name, state, event.revision, fresh=True)


async def deliver(
    conn: AsyncConnection, house: House, sender: Sender, name: str, event: Event, resident: UUID, subject: bytes
) -> None:
    """For one person: kept under her key, and told, but for a step of a case that has gone on since."""
    who = await resident_of(conn, resident, house.keys)
    if who is None:
        return
    id = house.new_id()
    line = _line(sender, name, event, id, "delivered", subject, house.clock())
    notice = None
    if isinstance(event, Notice):
        notice = uuid5(resident, f"{sender.id}|{name}")
    else:
        line["case_key"] = _seals(house).case(sender.id, subject, event.case)
        told = await store.of_case(conn, line["case_key"], resident)  # type: ignore[arg-type]
        if all((one.at, one.name) < (event.at, name) for one in told):
            notice = uuid5(resident, f"{sender.id}|{name}")
    await store.keep(conn, who.key, event, **line, resident=resident, notice=notice)
    if notice is not None:
        child = None
        if sender.ward is not None and await people.myself(conn, resident) != subject:
            child = child_key(house.person_secret, sender.ward, event.subject)
        await telling.tell(conn, house.defer, sender, who, event, id=notice, child=child, now=house.clock())


async def report_opened(house: House) -> int:
    """Every few minutes: an office hears that its notice was opened."""
    async with house.db.house() as conn:
        found = await store.opened(conn, AT_ONCE)
        for one in found:
            await calls.tell(
                conn, house.defer, one.sender, "event.opened", id=house.new_id(), now=house.clock(), event=one.name
            )
    return len(found)


def _until(event: Event, now: datetime) -> datetime:
    """What could only be done until yesterday is told to nobody."""
    if event.act_by is None:
        return now + WAITS
    return min(now + WAITS, datetime.combine(event.act_by + timedelta(days=1), time.min, JAPAN))


def _must_reach(caller: Caller, event: Event) -> None:
    scope = "cases" if isinstance(event, CaseStep) else "notices"
    if isinstance(event, Notice) and event.urgency == "emergency" and "emergency" not in caller.key.scopes:
        raise Refused("scope", "an emergency needs the scope emergency")
    if scope not in caller.key.scopes:
        raise Refused("scope", f"a {event.__struct_config__.tag} needs the scope {scope}")


async def _whom(conn: AsyncConnection, house: House, sender: Sender, subject: str) -> tuple[Sequence[UUID], bytes]:
    """And how the person is known to this room. An office names people as its own register does, and reaches nobody of
    another's, a school nobody but its own pupils' families; everybody else by the number that came with her yes. Raises
    Refused."""
    if sender.ward is not None:
        known = people.digest_of(house.person_secret, sender.ward, subject)
        return await by_register(conn, house, sender, known, subject), known
    resident = await consents.whose(conn, sender.id, subject)
    if resident is None:
        raise Refused("no_consent")
    return [resident], _seals(house).subject(sender.id, subject)


async def by_register(
    conn: AsyncConnection, house: House, sender: Sender, known: bytes, subject: str
) -> Sequence[UUID]:
    """Her own account, or those who bring the child up; for a school, those who bring up a child that goes there."""
    if sender.ward is not None and sender.school is not None:
        child = child_key(house.person_secret, sender.ward, subject)
        there = await address_book.whose(conn, f"school:{sender.school}", child)
        return [one for one in await people.accounts(conn, known, "child") if one in there]
    return await people.accounts(conn, known, "self") or await people.accounts(conn, known, "child")


def _line(
    sender: Sender, name: str, event: Event, id: UUID, state: str, subject: bytes, now: datetime
) -> dict[str, object]:
    line: dict[str, object] = {"id": id, "sender": sender.id, "trial": False, "name": name, "digest": digest(event)}
    return line | {"state": state, "subject": subject, "taken_at": now}


def _seals(house: House) -> Seals:
    return Seals(house.person_secret)
