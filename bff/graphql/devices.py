"""What a resident may see and change of where and how she is logged in."""

from __future__ import annotations

from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from bff.errors import FieldRefused, FieldsRefused, NotFound, SignInNeeded
from bff.graphql.context import Context, Info
from bff.graphql.lenses.common import FieldsRefusedLens, NotFoundLens, SignInNeededLens, StepUpNeededLens
from bff.graphql.lenses.devices import DeviceLockLens, DevicesLens, ProofMethodName
from bff.graphql.refusals import told
from bff.identity import attempts, known_devices, sessions
from bff.identity.assurance import needs
from bff.identity.passkeys import Owner, keeping
from bff.identity.passkeys.keeping import LONGEST_NAME
from bff.identity.sessions import Visitor
from bff.texts import say

LOCK = "lock"
LONGEST_WAIT = 60
"""Minutes out of sight after which a lock must have closed."""

DevicesResult = Annotated[
    DevicesLens | FieldsRefusedLens | NotFoundLens | StepUpNeededLens | SignInNeededLens,
    strawberry.union("DevicesResult"),
]
LockResult = Annotated[
    DeviceLockLens | FieldsRefusedLens | NotFoundLens | StepUpNeededLens | SignInNeededLens,
    strawberry.union("LockResult"),
]


async def devices_of(context: Context) -> DevicesLens:
    """Raises `SignInNeeded`."""
    visitor, house = await _visitor(context), context.house
    async with house.db.house() as conn:
        where = await sessions.listed(conn, visitor.resident.id, now=house.clock(), lifetimes=house.lifetimes)
        held = await keeping.listed(conn, _owner(visitor))
        lock = await known_devices.lock_of(conn, visitor.resident.id, visitor.device.hash)
    return DevicesLens(
        sessions=cast(Any, where),
        this_session=strawberry.ID(str(visitor.session)),
        passkeys=cast(Any, held),
        method=ProofMethodName(visitor.assurance.method),
        proved_at=visitor.assurance.at,
        lock_minutes=lock.minutes,
        lock_part=_part(context, visitor, lock),
    )


def _part(context: Context, visitor: Visitor, lock: known_devices.Lock) -> str | None:
    fresh = needs()["change_devices"].is_met(visitor.assurance, context.house.clock())
    return visitor.resident.key.open(LOCK, lock.part).decode() if lock.part and fresh else None


@strawberry.type
class DeviceMutations:
    @strawberry.mutation(description="her name for a passkey")
    @told
    async def rename_passkey(self, info: Info, id: strawberry.ID, name: str) -> DevicesResult:
        visitor, plain = await _visitor(info.context), name.strip()
        if not 1 <= len(plain) <= LONGEST_NAME:
            text = say("name_refused")
            raise FieldsRefused(text, (FieldRefused("name", "length", text),))
        async with info.context.house.db.house() as conn:
            if not await keeping.rename(conn, _owner(visitor), _id(id), plain):
                raise NotFound(say("not_found"))
        return await devices_of(info.context)

    @strawberry.mutation(description="it opens nothing any more; sessions it opened end, but for this one")
    @told
    async def remove_passkey(self, info: Info, id: strawberry.ID) -> DevicesResult:
        await info.context.someone("change_devices")
        visitor, house = await _visitor(info.context), info.context.house
        async with house.db.house() as conn:
            if not await keeping.revoke(conn, _owner(visitor), _id(id), staying=info.context.session):
                raise NotFound(say("not_found"))
            await attempts.write_down(
                conn, realm="resident", outcome="passkey_removed", now=house.clock(), who=visitor.resident.id
            )
        return await devices_of(info.context)

    @strawberry.mutation(description="ends one session of hers; this one is ended by logging out")
    @told
    async def end_session(self, info: Info, id: strawberry.ID) -> DevicesResult:
        visitor, house, wanted = await _visitor(info.context), info.context.house, _id(id)
        if wanted == visitor.session:
            raise NotFound(say("not_found"))
        async with house.db.house() as conn:
            gone = await sessions.end_one(conn, visitor.resident.id, wanted)
            if gone is None:
                raise NotFound(say("not_found"))
        await _ended(info.context, visitor, [gone])
        return await devices_of(info.context)

    @strawberry.mutation(description="ends every session of hers but this one")
    @told
    async def end_other_sessions(self, info: Info) -> DevicesResult:
        visitor = await _visitor(info.context)
        async with info.context.house.db.house() as conn:
            gone = await sessions.end_others(conn, visitor.resident.id, visitor.session)
        await _ended(info.context, visitor, gone)
        return await devices_of(info.context)

    @strawberry.mutation(description="locks the app on this device, or (null) no more; needs a fresh proof")
    @told
    async def set_device_lock(self, info: Info, minutes: int | None = None) -> LockResult:
        await info.context.someone("change_devices")
        visitor, house = await _visitor(info.context), info.context.house
        if minutes is not None and not 0 <= minutes <= LONGEST_WAIT:
            text = say("fields_refused")
            raise FieldsRefused(text, (FieldRefused("minutes", "range", text),))
        part = house.new_token() if minutes is not None else None
        sealed = visitor.resident.key.seal(LOCK, part.encode()) if part else None
        async with house.db.house() as conn:
            device = visitor.device.hash
            if device is None or not await known_devices.set_lock(conn, visitor.resident.id, device, minutes, sealed):
                raise NotFound(say("not_found"))
        return DeviceLockLens(minutes=minutes, part=part)


async def _ended(context: Context, visitor: Visitor, gone: list[bytes] | Any) -> None:
    """Nothing more is pushed to the devices of what has ended."""
    house = context.house
    async with house.db.house() as conn:
        for _ in gone:
            await attempts.write_down(
                conn, realm="resident", outcome="ended", now=house.clock(), who=visitor.resident.id
            )
    for session in gone:
        await house.drop_devices(visitor.resident.id, session)


async def _visitor(context: Context) -> Visitor:
    visitor = await context.visitor()
    if visitor is None:
        raise SignInNeeded(say("sign_in_needed"))
    return visitor


def _owner(visitor: Visitor) -> Owner:
    return Owner("resident", visitor.resident.id)


def _id(text: str) -> UUID:
    """Raises `NotFound` when it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(say("not_found")) from None
