"""An audience as a condition on the address book; says the same of every contact as `Audience.includes`."""

from __future__ import annotations

from datetime import date

from pyroaring import BitMap
from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.audience.audience import Audience
from notifications.audience.headcount import Headcount
from notifications.audience.rules import All, Any, ChildAge, ChildBorn, Marked, Not, Rule, Speaks
from notifications.tables import contact_children, contact_marks, contacts


def condition(audience: Audience, today: date) -> ColumnElement[bool]:
    """True for each row of `contacts` the audience holds today."""
    return and_(contacts.c.ward == audience.ward, _of(audience.rule, audience.ward, today))


def _of(rule: Rule, ward: str, today: date) -> ColumnElement[bool]:
    match rule:
        case All(of):
            return and_(true(), *(_of(part, ward, today) for part in of))
        case Any(of):
            return or_(false(), *(_of(part, ward, today) for part in of))
        case Not(inner):
            return not_(_of(inner, ward, today))
        case _:
            return _told(rule, ward, today)


def _told(rule: Speaks | ChildAge | ChildBorn | Marked, ward: str, today: date) -> ColumnElement[bool]:
    match rule:
        case Speaks(language):
            return contacts.c.language == language.value
        case ChildAge():
            after, until = rule.range.births(today)
            return _has_child(ward, contact_children.c.birth_date > after, contact_children.c.birth_date <= until)
        case ChildBorn(since, until):
            return _has_child(ward, contact_children.c.birth_date.between(since, until))
        case Marked(mark):
            return exists().where(
                contact_marks.c.resident == contacts.c.resident,
                contact_marks.c.ward == ward,
                contact_marks.c.mark == mark,
            )


def _has_child(ward: str, *born: ColumnElement[bool]) -> ColumnElement[bool]:
    whose = contact_children.c.resident == contacts.c.resident
    return exists().where(whose, contact_children.c.ward == ward, *born)


async def headcount(conn: AsyncConnection, audience: Audience, today: date, floor: int = 5) -> Headcount:
    """How many contacts the audience holds today, told from `floor` people on."""
    return Headcount.of(await people(conn, audience, today), floor)


async def people(conn: AsyncConnection, audience: Audience, today: date) -> int:
    """To the last one: for decisions, never for a page."""
    asked = select(func.count()).select_from(contacts).where(condition(audience, today))
    return (await conn.execute(asked)).scalar_one()


async def members(conn: AsyncConnection, audience: Audience, today: date) -> BitMap:
    """The numbers of the contacts it holds today."""
    asked = select(contacts.c.number).where(condition(audience, today))
    return BitMap((await conn.execute(asked)).scalars())
