"""One statement for a page of people: a row in each inbox, a push for each device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Date, DateTime, Uuid, func, literal, null, select
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications.jobs import day_in_japan
from notifications.notice import Notice
from notifications.tables import deliveries, devices, pushes

_MOMENT = DateTime(timezone=True)


@dataclass(frozen=True, slots=True)
class Delivered:
    """People on the page, the last of them (None: the page is empty), and new pushes."""

    found: int
    last: UUID | None
    pushed: int


async def deliver(
    conn: AsyncConnection, notice: Notice, page: CTE, *, ward: str | None, chunk: int, due_at: datetime
) -> Delivered:
    """`page` has the columns resident and language. What is there already stays as it is."""
    pushed = _pushes(notice, page, ward, chunk, due_at)
    told = select(
        select(func.count()).select_from(page).scalar_subquery(),
        select(page.c.resident).order_by(page.c.resident.desc()).limit(1).scalar_subquery(),
        select(func.count()).select_from(pushed).scalar_subquery(),
    ).add_cte(_deliveries(notice, page, ward))
    return Delivered(*(await conn.execute(told)).one())


def _same(notice: Notice, ward: str | None) -> tuple[ColumnElement[Any], ...]:
    """The values of sent_on, notice and ward."""
    whose = null() if ward is None else literal(ward, SqlText)
    return literal(day_in_japan(notice.sent_at), Date), literal(notice.id, Uuid), whose


def _deliveries(notice: Notice, page: CTE, ward: str | None) -> CTE:
    rows = select(*_same(notice, ward), literal(notice.sent_at, _MOMENT), page.c.resident)
    columns = ["sent_on", "notice", "ward", "sent_at", "resident"]
    return insert(deliveries).from_select(columns, rows).on_conflict_do_nothing().cte("delivered")


def _pushes(notice: Notice, page: CTE, ward: str | None, chunk: int, due_at: datetime) -> CTE:
    rows = (
        select(
            *_same(notice, ward),
            devices.c.id,
            page.c.resident,
            page.c.language,
            func.substring(devices.c.endpoint, "^[a-z]+://[^/]+"),
            literal(chunk),
            literal(due_at, _MOMENT),
            literal("waiting", SqlText),
            literal(0),
        )
        .join_from(page, devices, devices.c.resident == page.c.resident)
        .where(devices.c.expires_at > due_at, devices.c.failed_at.is_(None))
    )
    columns = ["sent_on", "notice", "ward", "device", "resident", "language", "origin", "chunk", "due_at", "state"]
    made = insert(pushes).from_select([*columns, "tries"], rows).on_conflict_do_nothing()
    return made.returning(pushes.c.device).cte("pushed")
