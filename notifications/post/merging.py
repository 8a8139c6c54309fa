"""Two lines of the address book become one: what was sent to either is hers, and what she did with it counts once."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# The number of the line that goes stays in every snapshot it is in, and answers for her from now on.
_NUMBERS: Final = (
    "INSERT INTO contacts (resident, ward, language, kept_at) SELECT :stays, ward, language, kept_at FROM contacts"
    " WHERE resident = :goes ON CONFLICT DO NOTHING",
    "INSERT INTO contact_aliases (number, resident) SELECT number, :stays FROM contacts WHERE resident = :goes",
    "UPDATE contact_aliases SET resident = :stays WHERE resident = :goes",
)
_MARKS: Final = (
    "INSERT INTO contact_marks (resident, number, ward, mark, child)"
    " SELECT c.resident, c.number, m.ward, m.mark, m.child FROM contact_marks m, contacts c"
    " WHERE m.resident = :goes AND c.resident = :stays ON CONFLICT DO NOTHING",
    "DELETE FROM contact_marks WHERE resident = :goes",
)
_ACTS: Final = (
    "UPDATE notice_acts a SET"
    " opened_at = CASE WHEN a.revision = b.revision THEN least(a.opened_at, b.opened_at)"
    " WHEN a.revision > b.revision THEN a.opened_at ELSE b.opened_at END,"
    " revision = greatest(a.revision, b.revision),"
    " confirmed_at = least(a.confirmed_at, b.confirmed_at), answered_at = least(a.answered_at, b.answered_at),"
    " archived_at = least(a.archived_at, b.archived_at)"
    " FROM notice_acts b WHERE a.resident = :stays AND b.resident = :goes AND b.notice = a.notice",
    "DELETE FROM notice_acts b USING notice_acts a"
    " WHERE b.resident = :goes AND a.resident = :stays AND a.notice = b.notice",
    "UPDATE notice_acts SET resident = :stays WHERE resident = :goes",
)
_DELIVERIES: Final = (
    "DELETE FROM deliveries d USING deliveries o"
    " WHERE d.resident = :goes AND o.resident = :stays AND o.notice = d.notice AND o.sent_on = d.sent_on",
    "UPDATE deliveries SET resident = :stays WHERE resident = :goes",
)


async def made_one(conn: AsyncConnection, *, stays: UUID, goes: UUID) -> None:
    """House door; the line that goes is forgotten by the caller afterwards."""
    for statement in (*_NUMBERS, *_MARKS, *_ACTS, *_DELIVERIES):
        known = {"stays": stays, "goes": goes}
        await conn.execute(text(statement), {name: id for name, id in known.items() if f":{name}" in statement})
