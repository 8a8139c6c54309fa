"""What the mail room is told of a resident: her ward and town, her language, her children's birth dates and schools,
the care levels in her household, and where she wishes it her open life events; no more."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts.refresh import Heard
from bff.facts.store import Part
from bff.identity.residents import Resident
from bff.texts import device_text, handed_over, say
from life_events import Catalogue, Facts, Household, open_events
from life_events.facts import CareRecords, Pupils
from notifications import address_book, delivery
from notifications.jobs import Defer, day_in_japan
from notifications.notice import Kind, Language, Notice
from notifications.tables import HERSELF
from notifications.wishes.store import wishes_by_event

OUTSIDE = "130001"
"""Tokyo itself stands for the ward of somebody who lives in none: such a notice is shown to no ward."""
FIGURES: Final = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
FROM_SCHOOL: Final = ("school:", "year:", "class:", "club:")
"""Marks that her schools tell of her children."""


async def came(conn: AsyncConnection, resident: Resident, now: datetime) -> None:
    """After a login: known even before any fact is told."""
    await _keep(conn, resident, resident.ward, None, now)


async def came_from_new_device(
    conn: AsyncConnection, defer: Defer, resident: Resident, kind: str, notice: UUID, now: datetime
) -> None:
    """A notice for her alone. It names the device and nothing of hers; a push shows not even that."""
    await delivery.tell_one(
        conn,
        defer,
        resident.id,
        Notice(
            id=notice,
            ward=resident.ward or OUTSIDE,
            kind=Kind.STATUS,
            sender=handed_over(say("house_name")),
            title=handed_over(say("new_device_title")),
            body=handed_over(say("new_device_body", device=device_text(kind))),
            sent_at=now,
            about="/devices",
        ),
    )


async def stopped(conn: AsyncConnection, resident: Resident, source: str, now: datetime) -> None:
    """After her no to the register or the schools: what came from there is forgotten."""
    if source == "registry":
        await _keep(conn, resident, resident.ward, (), now)
        for prefix in ("town:", "event:"):  # an event that she has told herself is found again in the morning
            await address_book.keep_marks(conn, resident=resident.id, ward=resident.ward, prefix=prefix, marks=())
    elif source == "care":
        await address_book.keep_marks(conn, resident=resident.id, ward=resident.ward, prefix="care:", marks=())
    elif source == "school":
        for prefix in FROM_SCHOOL:
            await address_book.keep_marks(conn, resident=resident.id, ward=resident.ward, prefix=prefix, marks=())


async def events_of(conn: AsyncConnection, resident: Resident, facts: Facts, catalogue: Catalogue, today: date) -> None:
    """House door. A mark for each life event that is open for her now, none of what is over; none where she has not
    agreed to be chosen by it (a wish of hers, off until she says so), which takes away what was there."""
    agreed = await wishes_by_event(conn, resident.id)
    found = open_events(facts, catalogue.law_in(resident.ward), today) if agreed else ()
    marks = {(f"event:{one}", HERSELF) for one in found}
    await address_book.keep_marks(conn, resident=resident.id, ward=resident.ward, prefix="event:", marks=marks)


def child_key(secret: bytes, ward: str, person: str) -> UUID:
    """By which the mail room knows a child, the same for both her parents; `person` is the register's own id in that
    ward. Says nothing by itself."""
    return UUID(bytes=hmac.digest(secret, f"mail-room-child|{ward}|{person}".encode(), "sha256")[:16])


def hears(clock: Callable[[], datetime], secret: bytes) -> Heard:
    """Of each household that is told, what audiences are made of. `secret`: as for `child_key`."""

    async def heard(conn: AsyncConnection, resident: Resident, part: Part) -> None:
        if isinstance(part, Pupils) and resident.ward is not None:
            ward = resident.ward
            schools = {(f"school:{one.facility}", child_key(secret, ward, one.person)) for one in part.pupils}
            marks = {(mark, child) for mark, child in schools if mark != "school:"}
            await address_book.keep_marks(conn, resident=resident.id, ward=ward, prefix="school:", marks=marks)
        if isinstance(part, CareRecords) and resident.ward is not None:
            care = {
                (f"care:{one.level}", child_key(secret, resident.ward, one.person))
                for one in part.records
                if one.level and (one.valid_until is None or one.valid_until >= day_in_japan(clock()))
            }
            await address_book.keep_marks(conn, resident=resident.id, ward=resident.ward, prefix="care:", marks=care)
        if isinstance(part, Household):
            is_parent = part.me is not None and part.me.relation in ("head", "spouse")
            hers = [one for one in part.members if is_parent and one.relation == "child"]
            children = [(child_key(secret, part.ward, one.person), one.birth_date) for one in hers]
            await _keep(conn, resident, part.ward, children, clock())
            town = town_of(part.address)
            marks = {(f"town:{town}", HERSELF)} if town else set()
            await address_book.keep_marks(conn, resident=resident.id, ward=part.ward, prefix="town:", marks=marks)

    return heard


def town_of(address: str) -> str:
    """「東京都港区三田5丁目8番21号」 → 「三田五丁目」, as registers write it, so that a town is one mark; empty when no
    town can be read."""
    inside = re.match(r"(?:東京都)?[^区市]{1,5}区(.+)", address)
    rest = inside[1] if inside else ""
    part = re.match(r"(\D{1,12}?)(\d{1,2}|[一二三四五六七八九十]{1,3})丁目", rest)
    if part is None:
        bare = re.match(r"(\D{1,12}?)\d", rest)
        return bare[1] if bare else ""
    if not part[2].isdecimal():
        return part[0]
    tens, ones = divmod(int(part[2]), 10)
    return f"{part[1]}{'十' if tens == 1 else f'{FIGURES[tens]}十' if tens else ''}{FIGURES[ones]}丁目"


async def _keep(
    conn: AsyncConnection,
    resident: Resident,
    ward: str | None,
    children: Sequence[tuple[UUID, date]] | None,
    now: datetime,
) -> None:
    """`children` None: they stay who they were."""
    await address_book.keep_contact(
        conn,
        resident=resident.id,
        ward=ward,
        language=Language(resident.language),
        children_births=None if children is None else (),
        children=children or (),
        now=now,
    )
