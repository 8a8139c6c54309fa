"""Receipts are sealed at once and stamped as soon as the authority answers; old stamps are renewed in time."""

from __future__ import annotations

from uuid import UUID

from bff import db as database
from bff.applications import store as applications
from bff.identity.residents import Resident, resident_of
from bff.signing import receipts
from bff.signing.receipts import Receipt
from bff.wiring import House


async def make(house: House, application: UUID) -> None:
    """Seal it, then stamp it; raises `NotStamped` (to be tried again) when the authority is silent."""
    prepared = await _prepare(house, application)
    if prepared is None or house.time_stamps is None:
        return
    receipt, resident = prepared
    roots, now = house.signing.roots.stamp, house.clock()
    message = receipts.to_stamp(receipt, resident.key, roots, now, house.signing.stamp_again_before)
    if message is None:
        return
    token = await house.time_stamps.stamp(message)
    async with house.db.house() as conn:
        await receipts.keep_stamp(conn, receipt, resident.key, token, roots, house.clock())


async def promise_stamps(house: House) -> None:
    """Every night: those that were never stamped, and those whose stamp ends."""
    async with house.db.house() as conn:
        due = await receipts.to_be_stamped(conn, house.clock(), house.signing.stamp_again_before)
        await database.defer_many(conn, receipts.MAKE, [{"application": str(one)} for one in due])


async def _prepare(house: House, application: UUID) -> tuple[Receipt, Resident] | None:
    async with house.db.house() as conn:
        kept = await applications.whose(conn, application)
        resident = await resident_of(conn, kept[0].resident, house.keys) if kept else None
        if resident is None:
            return None
        signing = house.signing
        receipt = await receipts.seal(conn, resident, application, signing.seal, signing.roots, house.clock())
    return (receipt, resident) if receipt else None
