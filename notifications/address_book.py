"""Whom the mail room can reach and on which devices. It keeps what an audience asks for and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import Contact
from notifications.channels.push_policy import DeviceFault, DeviceRefused, PushPolicy, check_device, is_address
from notifications.tables import contact_children, contact_schools, contacts, devices
from notifications.words import Language

DEVICE_KEPT_FOR = timedelta(days=180)
MOST_DEVICES = 10


@dataclass(frozen=True, slots=True)
class Device:
    """A push subscription of one browser of one resident."""

    id: UUID
    resident: UUID
    endpoint: str
    made_at: datetime
    expires_at: datetime


async def keep_contact(
    conn: AsyncConnection,
    *,
    resident: UUID,
    ward: str | None,
    language: Language,
    children_births: Iterable[date],
    now: datetime,
) -> None:
    """The contact becomes exactly this; what was known before is replaced."""
    line = {"ward": ward, "language": language.value, "kept_at": now}
    await conn.execute(
        insert(contacts).values(resident=resident, **line).on_conflict_do_update(index_elements=["resident"], set_=line)
    )
    await conn.execute(delete(contact_children).where(contact_children.c.resident == resident))
    births = sorted(set(children_births))
    if births:
        rows = [{"resident": resident, "birth_date": birth, "ward": ward} for birth in births]
        await conn.execute(insert(contact_children), rows)


async def contact_of(conn: AsyncConnection, resident: UUID) -> Contact | None:
    """None: not in the address book."""
    line = (await conn.execute(select(contacts).where(contacts.c.resident == resident))).one_or_none()
    if line is None:
        return None
    births = select(contact_children.c.birth_date).where(contact_children.c.resident == resident)
    schools = select(contact_schools.c.school).where(contact_schools.c.resident == resident)
    return Contact(
        resident,
        line.ward,
        Language(line.language),
        frozenset((await conn.execute(births)).scalars()),
        frozenset((await conn.execute(schools)).scalars()),
    )


async def keep_schools(conn: AsyncConnection, *, resident: UUID, ward: str | None, schools: Iterable[str]) -> None:
    """The schools of `ward` to which her children go become exactly these; none of somebody outside of the wards, and
    none of whom the address book does not know."""
    await conn.execute(delete(contact_schools).where(contact_schools.c.resident == resident))
    known = (await conn.execute(select(contacts.c.resident).where(contacts.c.resident == resident))).first()
    rows = [{"resident": resident, "school": school, "ward": ward} for school in sorted(set(schools)) if school]
    if rows and ward and known is not None:
        await conn.execute(insert(contact_schools), rows)


async def choose_language(conn: AsyncConnection, *, resident: UUID, language: Language) -> None:
    await conn.execute(update(contacts).where(contacts.c.resident == resident).values(language=language.value))


async def keep_device(
    conn: AsyncConnection,
    policy: PushPolicy,
    *,
    id: UUID,
    resident: UUID,
    endpoint: str,
    p256dh: str,
    auth: str,
    now: datetime,
    session: bytes | None = None,
) -> Device:
    """Raises DeviceRefused. The same endpoint again keeps its id and lives longer; an endpoint another resident had
    on the same browser moves over, with the same keys alone (house door: only there is the other's seen); beyond
    MOST_DEVICES the oldest of hers is forgotten. `session` is opaque here: the logout of that session forgets the
    device."""
    fault = check_device(policy, endpoint, p256dh, auth)
    if fault is not None:
        raise DeviceRefused(fault)
    keys = {"p256dh": p256dh.rstrip("="), "auth": auth.rstrip("=")}
    if await _is_anothers(conn, resident, endpoint, keys):
        raise DeviceRefused(DeviceFault.KEPT_BY_ANOTHER)
    await conn.execute(select(func.mail_room_take_over_endpoint(endpoint, resident)))
    lives = {"expires_at": now + DEVICE_KEPT_FOR, "failed_at": None, "session": session}
    kept = await conn.execute(
        insert(devices)
        .values(id=id, resident=resident, endpoint=endpoint, made_at=now, **keys, **lives)
        .on_conflict_do_update(index_elements=["endpoint"], set_={**keys, **lives})
        .returning(devices.c.id, devices.c.resident, devices.c.endpoint, devices.c.made_at, devices.c.expires_at)
    )
    device = Device(*kept.one())
    await _forget_the_oldest(conn, resident)
    return device


async def _is_anothers(conn: AsyncConnection, resident: UUID, endpoint: str, keys: Mapping[str, str]) -> bool:
    """Who only knows the address of another's phone has not its keys, and would silence it by taking its place."""
    kept = select(devices.c.p256dh, devices.c.auth).where(
        devices.c.endpoint == endpoint, devices.c.resident != resident
    )
    row = (await conn.execute(kept.with_for_update())).first()
    return row is not None and (row.p256dh, row.auth) != (keys["p256dh"], keys["auth"])


async def _forget_the_oldest(conn: AsyncConnection, resident: UUID) -> None:
    newest_first = select(devices.c.id).where(devices.c.resident == resident)
    too_many = newest_first.order_by(devices.c.expires_at.desc(), devices.c.made_at.desc()).offset(MOST_DEVICES)
    await conn.execute(delete(devices).where(devices.c.id.in_(too_many)))


async def forget_device(conn: AsyncConnection, *, resident: UUID, endpoint: str) -> bool:
    """False: she had no such device. Raises DeviceRefused for what no address can be: such text cannot even be looked
    for (U+0000). Whether the service is known is not asked: what was once kept may always be forgotten."""
    if not is_address(endpoint):
        raise DeviceRefused(DeviceFault.MALFORMED)
    gone = delete(devices).where(devices.c.resident == resident, devices.c.endpoint == endpoint)
    return (await conn.execute(gone)).rowcount > 0


async def forget_devices_of_session(conn: AsyncConnection, *, resident: UUID, session: bytes) -> int:
    """At logout: the devices that registered under this session; her other phones go on. How many were forgotten."""
    gone = delete(devices).where(devices.c.resident == resident, devices.c.session == session)
    return (await conn.execute(gone)).rowcount


async def follow_session(conn: AsyncConnection, *, resident: UUID, old: bytes, new: bytes) -> None:
    """Devices that registered under `old` belong to `new` from now on."""
    mine = (devices.c.resident == resident, devices.c.session == old)
    await conn.execute(update(devices).where(*mine).values(session=new))


async def forget_devices_of(conn: AsyncConnection, resident: UUID) -> int:
    """All of hers: how many were forgotten."""
    return (await conn.execute(delete(devices).where(devices.c.resident == resident))).rowcount


async def forget_expired_devices(conn: AsyncConnection, now: datetime) -> int:
    """Browsers that never came back; how many were forgotten."""
    return (await conn.execute(delete(devices).where(devices.c.expires_at <= now))).rowcount
