"""An application for a ward that works the procedure here: it is not delivered, it waits in the ward's queue."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff import db
from bff.applications import store as applications
from bff.applications.application import Application
from bff.cases import chosen, store
from bff.cases.case import DECIDE, Case, Checked
from bff.cases.examining import checked, filed, see
from bff.cases.house import House
from bff.cases.standing import TOKYO, day_of
from bff.cases.store import Actor
from bff.home.ward_says import hear
from bff.identity import second_person
from life_events import Catalogue

EXAMINE: Final = "examine_case"
WHOLE = 100


async def take_in(conn: AsyncConnection, catalogue: Catalogue, sent: Application, now: datetime) -> bool:
    """House door. Whether its ward works it here; if so it has a case, and what it corrects has none any more."""
    choice = (await chosen.of_ward(conn, sent.ward)).get(sent.procedure)
    if choice is None or not choice.here:
        return False
    usual = catalogue.procedures[sent.procedure].result.standard_days
    days = choice.standard_days if choice.standard_days is not None else usual
    due = (sent.received_on or day_of(now)) + timedelta(days=days) if days is not None else None
    arrived = begins(sent.received_on) if sent.received_on else now
    if not await store.arrive(conn, sent, due=due, risks=_risks(sent, None), now=arrived):
        return True
    await applications.set_standard_days(conn, sent.id, choice.standard_days)
    await hear(conn, catalogue, sent, "received", number="", note=None, now=now)
    await _follow(conn, sent, now)
    await db.defer(conn, EXAMINE, args={"application": str(sent.id)}, lock=f"case:{sent.id}")
    return True


def begins(day: date) -> datetime:
    """A stamp on paper has no hour: the day's first moment in Tokyo."""
    return datetime.combine(day, time(), TOKYO)


async def withdrawn(conn: AsyncConnection, application: UUID, now: datetime) -> bool:
    """House door. She has taken it back: whether it was here; the officials see it in the case's log."""
    found = await store.of(conn, application)
    if found is None:
        return False
    if found.state != "closed":
        await second_person.take_back(conn, found.ward, act=DECIDE, about=str(application))
        await store.change(conn, found, state="closed", outcome="withdrawn", closed_at=now)
        await store.write(conn, found, "withdrawn", by=Actor(None, "本人"), now=now)
    return True


async def _follow(conn: AsyncConnection, sent: Application, now: datetime) -> None:
    """Whoever asked back gets the corrected filing, and the former case is over."""
    former = await store.of(conn, sent.corrects) if sent.corrects else None
    if former is None:
        return
    if former.state != "closed":
        await store.change(conn, former, state="closed", outcome="corrected", closed_at=now)
        await store.write(conn, former, "corrected", by=Actor(None, "本人"), now=now)
    mine = await store.of(conn, sent.id)
    if mine is not None and former.claimed_by is not None:
        claim = {"claimed_by": former.claimed_by, "claimed_name": former.claimed_name, "claimed_at": now}
        await store.change(conn, mine, **claim)


def _risks(sent: Application, found: Checked | None) -> list[str]:
    told = {
        "again": sent.corrects,
        "on_behalf": sent.mandate,
        "paper": sent.channel == "paper",
        "corrected": sent.corrected,
        "differs": found and found.differs,
        "silent": found and found.silent,
    }
    return [code for code, there in told.items() if there]


async def examine(house: House, application: UUID) -> Case | None:
    """Held against the registers once; the case, if the rule alone may say yes now and nobody has taken it up."""
    one = await filed(house, application)
    if one is None:
        return None
    found = checked(house, one, await see(house, one))
    async with house.db.house() as conn:
        case = await store.of(conn, application)
        if case is None or case.state != "open" or case.checked is not None:
            return None
        choice = (await chosen.of_ward(conn, case.ward)).get(case.procedure, chosen.Chosen())
        may = choice.automatic and not found.against and case.claimed_by is None
        sampled = may and house.new_id().int % WHOLE < choice.sample_percent
        await store.keep_checked(conn, application, found, _risks(one.sent, found), sampled=sampled)
        if sampled:
            await store.write(conn, case, "sampled", by=Actor(None, "くらしまど"), now=house.clock())
        return case if may and not sampled else None
