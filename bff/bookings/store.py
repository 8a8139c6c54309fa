"""Statements over offers, slots and bookings, by Core."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.bookings.booking import Booking, Offer, Slot
from bff.bookings.tables import booking_offers, booking_slots, bookings
from life_events import Text

_o, _s, _b = booking_offers.c, booking_slots.c, bookings.c


async def keep_offer(conn: AsyncConnection, offer: Offer) -> None:
    told = {name: getattr(offer, name) for name in Offer.__dataclass_fields__}
    told |= {"title": msgspec.to_builtins(offer.title), "procedures": list(offer.procedures)}
    await conn.execute(insert(booking_offers).values(**told))


async def offers(conn: AsyncConnection, ward: str, ids: Collection[UUID] | None = None) -> Sequence[Offer]:
    """The open ones, or those of these ids whether they have ended or not."""
    these = _o.ended_at.is_(None) if ids is None else _o.id.in_(list(ids))
    rows = await conn.execute(select(booking_offers).where(_o.ward == ward, these).order_by(_o.made_at, _o.id))
    return [_offer(row) for row in rows]


async def offer(conn: AsyncConnection, ward: str, id: UUID) -> Offer | None:
    found = await offers(conn, ward, [id])
    return found[0] if found else None


async def end_offer(conn: AsyncConnection, offer: Offer, now: datetime) -> None:
    """No new booking; those that are stay."""
    await conn.execute(update(booking_offers).where(_o.id == offer.id, _o.ended_at.is_(None)).values(ended_at=now))


async def add_slots(conn: AsyncConnection, slots: Sequence[Slot]) -> int:
    """How many are new: a time that is there already stays as it is."""
    if not slots:
        return 0
    rows = [{name: getattr(slot, name) for name in Slot.__dataclass_fields__} for slot in slots]
    made = insert(booking_slots).values(rows).on_conflict_do_nothing().returning(_s.id)
    return len((await conn.execute(made)).all())


async def slots(
    conn: AsyncConnection, ward: str, *, offer: UUID | None = None, since: datetime, until: datetime
) -> Sequence[Slot]:
    of = () if offer is None else (_s.offer == offer,)
    wanted = select(booking_slots).where(_s.ward == ward, *of, _s.starts_at >= since, _s.starts_at < until)
    return [_slot(row) for row in await conn.execute(wanted.order_by(_s.starts_at, _s.offer).limit(3000))]


async def slots_of(conn: AsyncConnection, ward: str, ids: Collection[UUID]) -> Mapping[UUID, Slot]:
    rows = await conn.execute(select(booking_slots).where(_s.ward == ward, _s.id.in_(list(ids))))
    return {row.id: _slot(row) for row in rows}


async def locked(conn: AsyncConnection, *ids: UUID) -> Mapping[UUID, Slot]:
    """House door. Held until this transaction ends; always in the same order, so that two never wait for each other."""
    wanted = select(booking_slots).where(_s.id.in_(ids)).order_by(_s.id).with_for_update()
    return {row.id: _slot(row) for row in await conn.execute(wanted)}


async def take(conn: AsyncConnection, slot: UUID, count: int) -> None:
    """`count` more places are given, or back when it is below 0; the table itself refuses more than there are."""
    await conn.execute(update(booking_slots).where(_s.id == slot).values(taken=_s.taken + count))


async def close(conn: AsyncConnection, slot: UUID, why: str, now: datetime) -> None:
    values = {"closed_at": now, "closed_why": why, "taken": 0}
    await conn.execute(update(booking_slots).where(_s.id == slot).values(**values))


async def add(conn: AsyncConnection, booking: Booking) -> bool:
    """False: this id, or a live one of the same person for the same offer, is there already."""
    told = {name: getattr(booking, name) for name in Booking.__dataclass_fields__}
    made = insert(bookings).values(**told).on_conflict_do_nothing().returning(_b.id)
    return (await conn.execute(made)).first() is not None


async def one(conn: AsyncConnection, id: UUID, *, lock: bool = False) -> Booking | None:
    """Whosever it is: the caller checks."""
    wanted = select(bookings).where(_b.id == id)
    return _first(await conn.execute(wanted.with_for_update() if lock else wanted))


async def by_code(conn: AsyncConnection, ward: str, code: str) -> Booking | None:
    return _first(await conn.execute(select(bookings).where(_b.ward == ward, _b.code == code)))


async def of(conn: AsyncConnection, resident: UUID) -> Sequence[Booking]:
    """Hers, the newest first."""
    rows = await conn.execute(
        select(bookings).where(_b.resident == resident).order_by(_b.asked_at.desc(), _b.id).limit(100)
    )
    return [_booking(row) for row in rows]


async def live_of(conn: AsyncConnection, offer: UUID, resident: UUID, person: bytes) -> Booking | None:
    same = (_b.offer == offer, _b.resident == resident, _b.person == person)
    return _first(await conn.execute(select(bookings).where(*same, _b.state.in_(("booked", "waiting", "offered")))))


async def of_slots(conn: AsyncConnection, ward: str, ids: Collection[UUID]) -> Sequence[Booking]:
    wanted = select(bookings).where(_b.ward == ward, _b.slot.in_(list(ids))).order_by(_b.asked_at, _b.id)
    return [_booking(row) for row in await conn.execute(wanted)]


async def next_waiting(conn: AsyncConnection, slot: UUID) -> Booking | None:
    """Who has waited longest, held until this transaction ends."""
    wanted = select(bookings).where(_b.slot == slot, _b.state == "waiting").order_by(_b.asked_at, _b.id)
    return _first(await conn.execute(wanted.limit(1).with_for_update()))


async def before_her(conn: AsyncConnection, booking: Booking) -> int:
    """How many wait longer for the same time (ward door)."""
    earlier = (_b.slot == booking.slot, _b.state == "waiting", _b.asked_at < booking.asked_at)
    return (await conn.execute(select(func.count()).select_from(bookings).where(*earlier))).scalar_one()


async def change(conn: AsyncConnection, id: UUID, **values: Any) -> None:
    await conn.execute(update(bookings).where(_b.id == id).values(**values))


async def lapsing(conn: AsyncConnection, now: datetime) -> Sequence[UUID]:
    wanted = select(_b.id).where(_b.state == "offered", _b.offered_until <= now)
    return list(await conn.scalars(wanted.limit(200)))


async def free_and_awaited(conn: AsyncConnection, now: datetime) -> Sequence[Slot]:
    """Open times with a free place that somebody waits for: it was left by an account that is gone."""
    waits = select(_b.slot).where(_b.state == "waiting")
    those = (_s.taken < _s.capacity, _s.closed_at.is_(None), _s.starts_at > now, _s.id.in_(waits))
    return [_slot(row) for row in await conn.execute(select(booking_slots).where(*those).limit(200))]


async def to_remind(conn: AsyncConnection, since: datetime, until: datetime) -> Sequence[UUID]:
    """Booked, between these moments, and not reminded of yet."""
    wanted = select(_b.id).join(booking_slots, _s.id == _b.slot)
    those = (_b.state == "booked", _b.reminded_at.is_(None), _s.starts_at >= since, _s.starts_at < until)
    return list(await conn.scalars(wanted.where(*those).limit(5000)))


async def missed(conn: AsyncConnection, before: datetime) -> Sequence[UUID]:
    """Live ones whose time ended before this moment."""
    wanted = select(_b.id).join(booking_slots, _s.id == _b.slot)
    those = (_b.state.in_(("booked", "waiting", "offered")), _s.ends_at < before)
    return list(await conn.scalars(wanted.where(*those).limit(5000)))


async def forget_older(conn: AsyncConnection, before: datetime) -> None:
    """Slots that ended before, with all that was booked there."""
    await conn.execute(booking_slots.delete().where(_s.ends_at < before))


def _first(rows: Any) -> Booking | None:
    row = rows.first()
    return _booking(row) if row else None


def _booking(row: Row[Any]) -> Booking:
    return Booking(**dict(row._mapping))


def _slot(row: Row[Any]) -> Slot:
    return Slot(**dict(row._mapping))


def _offer(row: Row[Any]) -> Offer:
    return Offer(**{**dict(row._mapping), "title": Text(**row.title), "procedures": tuple(row.procedures)})
