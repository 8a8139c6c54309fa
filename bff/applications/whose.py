"""Whose applications a ward's receipt numbers are; of use where a list of numbers becomes a list of people to tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.applications.tables import applications


async def whose(conn: AsyncConnection, ward: str, receipt_numbers: Collection[str]) -> Mapping[str, UUID]:
    """House door: the resident by number. Numbers of other wards, and of nobody, are not in it."""
    kept = applications.c
    asked = select(kept.receipt_number, kept.resident).where(
        kept.ward == ward, kept.receipt_number.in_(receipt_numbers)
    )
    return {row.receipt_number: row.resident for row in await conn.execute(asked)}


async def sent_by(conn: AsyncConnection, residents: Collection[UUID], ward: str) -> int:
    """House door: how many applications these residents have sent to the ward."""
    kept = applications.c
    asked = select(func.count()).select_from(applications).where(kept.ward == ward, kept.resident.in_(residents))
    return int((await conn.execute(asked)).scalar_one())
