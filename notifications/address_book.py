"""Whom the mail room can reach and on which devices. It keeps what an audience asks for and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import Contact
from notifications.channels.push_policy import DeviceFault, DeviceRefused, PushPolicy, check_device, is_address
from notifications.tables import HERSELF, contact_children, contact_marks, contacts, devices
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
    children_births: Iterable[date] | None,
    now: datetime,
    children: Iterable[tuple[UUID, date]] = (),
) -> None:
    """The contact becomes exactly this; what was known before is replaced. `children`: births of whom it is known by
    which key the house knows them. `children_births` None: the children stay who they were."""
    await _keep_line(conn, resident, {"ward": ward, "language": language.value, "kept_at": now})
    hers = contact_children.c.resident == resident
    if children_births is None:
        await conn.execute(update(contact_children).where(hers).values(ward=ward))
        return
    births = {*children, *((HERSELF, birth) for birth in children_births)}
    kept = await conn.execute(select(contact_children).where(hers))
    known = {(row.child, row.birth_date) for row in kept if row.ward == ward}
    of_old = tuple_(contact_children.c.child, contact_children.c.birth_date).not_in(births & known)
    await conn.execute(delete(contact_children).where(hers, of_old))
    rows = [{"resident": resident, "birth_date": day, "ward": ward, "child": child} for child, day in births - known]
    if rows:
        await conn.execute(insert(contact_children), rows)


async def _keep_line(conn: AsyncConnection, resident: UUID, line: Mapping[str, object]) -> None:
    """An insert that finds her there already would still use up a number, at each of her logins."""
    known = await conn.execute(update(contacts).where(contacts.c.resident == resident).values(**line))
    if not known.rowcount:
        new = insert(contacts).values(resident=resident, **line)
        await conn.execute(new.on_conflict_do_update(index_elements=["resident"], set_=line))


async def contact_of(conn: AsyncConnection, resident: UUID) -> Contact | None:
    """None: not in the address book."""
    line = (await conn.execute(select(contacts).where(contacts.c.resident == resident))).one_or_none()
    if line is None:
        return None
    births = select(contact_children.c.birth_date).where(contact_children.c.resident == resident)
    marks = select(contact_marks.c.mark).where(contact_marks.c.resident == resident)
    return Contact(
        resident,
        line.ward,
        Language(line.language),
        frozenset((await conn.execute(births)).scalars()),
        frozenset((await conn.execute(marks)).scalars()),
    )


async def keep_marks(
    conn: AsyncConnection, *, resident: UUID, ward: str | None, prefix: str, marks: Collection[tuple[str, UUID]]
) -> None:
    """Her marks that begin with `prefix` ("school:") become exactly these, each with the key of the child by whom she
    has it (HERSELF: her own); none of somebody outside of the wards, and none of whom the address book does not know.

    Raises ValueError when one of `marks` does not begin so: it would never be taken away again.
    """
    if any(not mark.startswith(prefix) or mark == prefix for mark, _ in marks):
        raise ValueError(f"a mark kept under {prefix!r} begins so and goes on")
    hers = (contact_marks.c.resident == resident, contact_marks.c.mark.startswith(prefix, autoescape=True))
    kept = await conn.execute(select(contact_marks.c.mark, contact_marks.c.child, contact_marks.c.ward).where(*hers))
    wanted = set(marks) if ward else set()
    known = {(row.mark, row.child) for row in kept if row.ward == ward}
    of_old = tuple_(contact_marks.c.mark, contact_marks.c.child).not_in(wanted & known)
    await conn.execute(delete(contact_marks).where(*hers, of_old))
    number = (await conn.execute(select(contacts.c.number).where(contacts.c.resident == resident))).scalar()
    if wanted - known and number is not None:
        line = {"resident": resident, "number": number, "ward": ward}
        await conn.execute(insert(contact_marks), [{**line, "mark": m, "child": c} for m, c in sorted(wanted - known)])


async def whose(conn: AsyncConnection, mark: str, child: UUID) -> frozenset[UUID]:
    """House door: who has this mark by this child."""
    c = contact_marks.c
    return frozenset((await conn.execute(select(c.resident).where(c.mark == mark, c.child == child))).scalars())


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
