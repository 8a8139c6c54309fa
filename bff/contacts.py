"""What the mail room is told of a resident: her ward, her language, her children's birth dates and schools, no more."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.facts.refresh import Heard
from bff.facts.store import Part
from bff.identity.residents import Resident
from bff.texts import device_text, say
from life_events import Household, Text
from life_events.facts import Pupils
from notifications import address_book, delivery
from notifications.jobs import Defer
from notifications.notice import Kind, Language, Notice
from notifications.words import Text as Words

OUTSIDE = "130001"
"""Tokyo itself stands for the ward of somebody who lives in none: such a notice is shown to no ward."""


async def came(conn: AsyncConnection, resident: Resident, now: datetime) -> None:
    """After a login: known even before any fact is told."""
    known = await address_book.contact_of(conn, resident.id)
    await _keep(conn, resident, resident.ward, known.children_births if known else (), now)


async def came_from_new_device(
    conn: AsyncConnection, defer: Defer, resident: Resident, kind: str, notice: UUID, now: datetime
) -> None:
    """A notice for her alone. It names the device and nothing of hers; a push shows not even that."""
    where = device_text(kind)
    body = say("new_device_body")
    await delivery.tell_one(
        conn,
        defer,
        resident.id,
        Notice(
            id=notice,
            ward=resident.ward or OUTSIDE,
            kind=Kind.STATUS,
            sender=_words(say("house_name")),
            title=_words(say("new_device_title")),
            body=Words(
                ja=body.ja.format(device=where.ja),
                easy=body.easy.format(device=where.easy),
                en=body.en.format(device=where.en),
            ),
            sent_at=now,
            about="/devices",
        ),
    )


def _words(text: Text) -> Words:
    return Words(ja=text.ja, easy=text.easy, en=text.en)


async def stopped(conn: AsyncConnection, resident: Resident, source: str, now: datetime) -> None:
    """After her no to the register or the schools: what came from there is forgotten."""
    if source == "registry":
        await _keep(conn, resident, resident.ward, (), now)
    elif source == "school":
        await address_book.keep_schools(conn, resident=resident.id, ward=resident.ward, schools=())


def hears(clock: Callable[[], datetime]) -> Heard:
    """Of each household that is told, what audiences are made of."""

    async def heard(conn: AsyncConnection, resident: Resident, part: Part) -> None:
        if isinstance(part, Pupils):
            schools = [one.facility for one in part.pupils]
            await address_book.keep_schools(conn, resident=resident.id, ward=resident.ward, schools=schools)
        if not isinstance(part, Household):
            return
        is_parent = part.me is not None and part.me.relation in ("head", "spouse")
        births = [one.birth_date for one in part.members if is_parent and one.relation == "child"]
        await _keep(conn, resident, part.ward, births, clock())

    return heard


async def _keep(
    conn: AsyncConnection, resident: Resident, ward: str | None, births: Collection[date], now: datetime
) -> None:
    await address_book.keep_contact(
        conn,
        resident=resident.id,
        ward=ward,
        language=Language(resident.language),
        children_births=births,
        now=now,
    )
