"""Statements over bills and tries, by Core; every function takes the person, the ward or the bill it touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.payments.bill import TO_GIVE_BACK, Bill, Refund, Try
from bff.payments.tables import bills, numbers, payment_events, payment_refunds, payment_tries

TOKYO: Final = ZoneInfo("Asia/Tokyo")
MOST: Final = 200
"""Bills shown on one page, the newest first."""


async def keep(conn: AsyncConnection, **values: object) -> bool:
    """House door. False: there is one with this id."""
    made = await conn.execute(upsert(bills).values(**values).on_conflict_do_nothing().returning(bills.c.id))
    return made.first() is not None


async def next_number(conn: AsyncConnection, kind: str, ward: str, now: datetime) -> str:
    number = await conn.scalar(select(numbers.next_value()))
    return f"{kind}-{ward}-{now.astimezone(TOKYO):%Y%m%d}-{number:06d}"


async def of_resident(conn: AsyncConnection, resident: UUID) -> Sequence[Bill]:
    return await _found(conn, bills.c.resident == resident)


async def one_of(conn: AsyncConnection, resident: UUID, bill: UUID) -> Bill | None:
    """If it is hers."""
    return next(iter(await _found(conn, bills.c.resident == resident, bills.c.id == bill)), None)


async def of_ward(conn: AsyncConnection, ward: str, *, before: Bill | None = None) -> Sequence[Bill]:
    """What it issued itself, the newest first, older than `before`."""
    older = [tuple_(bills.c.made_at, bills.c.id) < (before.made_at, before.id)] if before else []
    return await _found(conn, bills.c.ward == ward, bills.c.source == "ward", *older)


async def paid_in_vain(conn: AsyncConnection, ward: str) -> Sequence[Bill]:
    """Of the ward's own: those for which money came that was not open to be paid."""
    vain = select(payment_tries.c.bill).where(
        payment_tries.c.ward == ward, payment_tries.c.state.in_(sorted(TO_GIVE_BACK))
    )
    return await _found(conn, bills.c.ward == ward, bills.c.source == "ward", bills.c.id.in_(vain))


async def one_in(conn: AsyncConnection, ward: str, bill: UUID) -> Bill | None:
    return next(iter(await _found(conn, bills.c.ward == ward, bills.c.source == "ward", bills.c.id == bill)), None)


async def by_id(conn: AsyncConnection, bill: UUID) -> Bill | None:
    """House door; whosever it is."""
    return next(iter(await _found(conn, bills.c.id == bill)), None)


async def held(conn: AsyncConnection, bill: UUID) -> Bill | None:
    """House door: nobody else moves it until this transaction ends."""
    await conn.execute(select(bills.c.id).where(bills.c.id == bill).with_for_update())
    return await by_id(conn, bill)


async def change(conn: AsyncConnection, bill: UUID, **values: object) -> None:
    await conn.execute(update(bills).where(bills.c.id == bill).values(**values))


async def start(conn: AsyncConnection, **values: object) -> None:
    await conn.execute(insert(payment_tries).values(**values, state="started"))


async def held_try(conn: AsyncConnection, id: UUID) -> Try | None:
    """House door: the bill is held before its try, always in this order, so that two never wait for each other."""
    bill = await conn.scalar(select(payment_tries.c.bill).where(payment_tries.c.id == id))
    if bill is None:
        return None
    await conn.execute(select(bills.c.id).where(bills.c.id == bill).with_for_update())
    row = (await conn.execute(select(payment_tries).where(payment_tries.c.id == id).with_for_update())).first()
    return _try(row) if row else None


async def change_try(conn: AsyncConnection, id: UUID, **values: object) -> None:
    await conn.execute(update(payment_tries).where(payment_tries.c.id == id).values(**values))


async def tries_to_look_at(conn: AsyncConnection, now: datetime, most: int) -> Sequence[tuple[Try, int]]:
    kept = payment_tries.c
    asked = select(payment_tries).where(kept.look_at <= now).order_by(kept.look_at).limit(most)
    return [(_try(row), row.looks) for row in await conn.execute(asked)]


async def bills_to_look_at(conn: AsyncConnection, now: datetime, most: int) -> Sequence[UUID]:
    kept = bills.c
    asked = select(kept.id).where(kept.look_at <= now).order_by(kept.look_at).limit(most)
    return list((await conn.execute(asked)).scalars())


async def due_until(conn: AsyncConnection, day: date) -> Sequence[Bill]:
    """Open, due by that day, and not reminded of yet."""
    return await _found(conn, bills.c.state == "due", bills.c.due_on <= day, bills.c.reminded_at.is_(None))


async def run_out(conn: AsyncConnection, today: date) -> Sequence[Bill]:
    return await _found(conn, bills.c.state == "due", bills.c.expires_on < today)


async def keep_refund(conn: AsyncConnection, **values: object) -> None:
    await conn.execute(insert(payment_refunds).values(**values, state="agreed"))


async def settle_refund(conn: AsyncConnection, id: UUID, state: str, now: datetime) -> bool:
    """False: somebody was first."""
    kept = payment_refunds.c
    done = update(payment_refunds).where(kept.id == id, kept.state == "agreed").values(state=state, done_at=now)
    return (await conn.execute(done)).rowcount == 1


async def refund_of(conn: AsyncConnection, id: UUID) -> Refund | None:
    row = (await conn.execute(select(payment_refunds).where(payment_refunds.c.id == id))).first()
    return _refund(row) if row else None


async def first_time(conn: AsyncConnection, event: str, digest: bytes, now: datetime) -> bool | None:
    """House door. None: another message had this id; False: this very one was heard before."""
    kept = upsert(payment_events).values(event=event, digest=digest, at=now).on_conflict_do_nothing()
    if (await conn.execute(kept.returning(payment_events.c.event))).first() is not None:
        return True
    known = await conn.scalar(select(payment_events.c.digest).where(payment_events.c.event == event))
    return False if known == digest else None


async def forget_events(conn: AsyncConnection, before: datetime) -> None:
    await conn.execute(payment_events.delete().where(payment_events.c.at < before))


async def _found(conn: AsyncConnection, *where: ColumnElement[bool]) -> list[Bill]:
    newest = select(bills).where(*where).order_by(bills.c.made_at.desc(), bills.c.id.desc()).limit(MOST)
    rows = list(await conn.execute(newest))
    if not rows:
        return []
    ids = [row.id for row in rows]
    tries: dict[UUID, list[Try]] = {}
    for row in await conn.execute(
        select(payment_tries).where(payment_tries.c.bill.in_(ids)).order_by(payment_tries.c.started_at)
    ):
        tries.setdefault(row.bill, []).append(_try(row))
    refunds: dict[UUID, list[Refund]] = {}
    for row in await conn.execute(
        select(payment_refunds).where(payment_refunds.c.bill.in_(ids)).order_by(payment_refunds.c.at)
    ):
        refunds.setdefault(row.bill, []).append(_refund(row))
    return [_bill(row, tries.get(row.id, []), refunds.get(row.id, [])) for row in rows]


def _bill(row: Any, tries: Sequence[Try], refunds: Sequence[Refund]) -> Bill:
    fields = {name: getattr(row, name) for name in Bill.__dataclass_fields__ if name not in ("tries", "refunds")}
    return Bill(**fields, tries=tuple(tries), refunds=tuple(refunds))


def _try(row: Any) -> Try:
    return Try(**{name: getattr(row, name) for name in Try.__dataclass_fields__})


def _refund(row: Any) -> Refund:
    fields = {name: getattr(row, name) for name in Refund.__dataclass_fields__ if name != "try_id"}
    return Refund(**fields, try_id=row._mapping["try"])
