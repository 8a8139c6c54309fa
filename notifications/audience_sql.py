"""An audience as a condition on the address book; says the same of every contact as `Audience.includes`."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience import Audience, Headcount
from notifications.tables import contact_children, contact_schools, contacts


def condition(audience: Audience, today: date) -> ColumnElement[bool]:
    """True for each row of `contacts` the audience holds today."""
    parts: list[ColumnElement[bool]] = [contacts.c.ward == audience.ward]
    if audience.languages:
        parts.append(contacts.c.language.in_(sorted(audience.languages)))
    if audience.child_age is not None:
        after, until = audience.child_age.births(today)
        parts.append(
            exists().where(
                contact_children.c.resident == contacts.c.resident,
                contact_children.c.ward == audience.ward,
                contact_children.c.birth_date > after,
                contact_children.c.birth_date <= until,
            )
        )
    if audience.school is not None:
        parts.append(
            exists().where(
                contact_schools.c.resident == contacts.c.resident,
                contact_schools.c.ward == audience.ward,
                contact_schools.c.school == audience.school,
            )
        )
    return and_(*parts)


async def headcount(conn: AsyncConnection, audience: Audience, today: date, floor: int = 5) -> Headcount:
    """How many contacts the audience holds today, told from `floor` people on."""
    asked = select(func.count()).select_from(contacts).where(condition(audience, today))
    return Headcount.of((await conn.execute(asked)).scalar_one(), floor)
