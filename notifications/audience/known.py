"""Which marks a ward's audiences may ask for today."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_KNOWN: Final = text("""
    WITH RECURSIVE found (mark) AS (
        (SELECT mark FROM contact_marks WHERE ward = :ward ORDER BY mark LIMIT 1)
        UNION ALL
        SELECT (SELECT m.mark FROM contact_marks m WHERE m.ward = :ward AND m.mark > found.mark ORDER BY m.mark LIMIT 1)
        FROM found WHERE found.mark IS NOT NULL
    )
    SELECT mark FROM found WHERE mark IS NOT NULL LIMIT 5000
""")
"""From one mark to the next by the index: people are never gone through."""


async def marks_of(conn: AsyncConnection, ward: str) -> tuple[str, ...]:
    """Ward door: in their order; at a school's door its own alone."""
    return tuple((await conn.execute(_KNOWN, {"ward": ward})).scalars())
