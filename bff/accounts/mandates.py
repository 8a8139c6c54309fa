"""Mandates when two accounts become one: what a ward has confirmed goes on, what one side gave is over.

A ward saw papers of a person, not of an account: neither a parent nor a guardian loses the right by a merge of either
side. Who was invited trusted the proof of the account that goes: that ends, and both see that it is over. Names are
sealed anew for the account that stays, so that what was done by another hand goes on saying so.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.residents import Resident

_BY_WARD: Final = "(state = 'asked' OR (state = 'accepted' AND official IS NOT NULL))"
_ENDS: Final = (
    "UPDATE mandates SET state = 'ended', ended_by = 'merged', ended_at = :now, code_hash = NULL, code_until = NULL"
    " WHERE ended_at IS NULL"
)
_OF_BOTH: Final = "(represented, representative) IN ((:stays, :goes), (:goes, :stays))"
_SEALED: Final = {"offered": "mandate.offered", "done": "mandate.done", "held": "mandate.held"}
"""Column → the kind it is sealed as (`bff/family/mandate.py`)."""


async def made_one(conn: AsyncConnection, stays: Resident, goes: Resident, now: datetime) -> None:
    """All that the account that goes gave, has or asked for (house door)."""
    ids = {"stays": stays.id, "goes": goes.id}
    of_goes = f"AND NOT {_BY_WARD} AND (represented = :goes OR representative = :goes)"
    await conn.execute(text(f"{_ENDS} {of_goes}"), {"goes": goes.id, "now": now})
    await conn.execute(text(f"{_ENDS} AND {_OF_BOTH}"), {**ids, "now": now})  # nobody acts for herself
    nobody = f"UPDATE mandates SET representative = NULL, held = NULL WHERE {_OF_BOTH}"  # noqa: S608 - ours
    await conn.execute(text(nobody), ids)
    over = text("UPDATE mandates SET held = NULL WHERE representative = :goes AND ended_at IS NOT NULL")
    await conn.execute(over, {"goes": goes.id})
    await _moved(conn, "represented", ("offered", "done"), stays, goes)
    await _moved(conn, "representative", ("held",), stays, goes)
    await _united(conn, stays, now)


async def _moved(conn: AsyncConnection, side: str, sealed: tuple[str, ...], stays: Resident, goes: Resident) -> None:
    still = " AND ended_at IS NULL" if side == "representative" else ""
    rows = text(f"SELECT id, {', '.join(sealed)} FROM mandates WHERE {side} = :goes{still}")  # noqa: S608 - ours
    puts = ", ".join(f"{one} = :{one}" for one in sealed)
    move = text(f"UPDATE mandates SET {side} = :stays, {puts} WHERE id = :id")  # noqa: S608 - ours
    for row in (await conn.execute(rows, {"goes": goes.id})).all():
        anew = {one: _again(getattr(row, one), _SEALED[one], stays, goes) for one in sealed}
        await conn.execute(move, {"stays": stays.id, "id": row.id, **anew})


async def _united(conn: AsyncConnection, stays: Resident, now: datetime) -> None:
    """What both had is one: the ward's latest word."""
    rows = text(
        "SELECT id, kind, state, ward, represented, representative, person, held FROM mandates"  # noqa: S608 - ours
        f" WHERE :stays IN (represented, representative) AND {_BY_WARD}"
        " ORDER BY coalesce(accepted_at, made_at) DESC, id"
    )
    had = set()
    for row in (await conn.execute(rows, {"stays": stays.id})).all():
        same = _same(row, stays)
        if same in had:
            await conn.execute(text(f"{_ENDS} AND id = :id"), {"id": row.id, "now": now})
        had.add(same)


def _same(row: Row[Any], stays: Resident) -> tuple[str, str, str | None, UUID | None, UUID | None, str]:
    """Of two that are asked for, the ward and the name she wrote; of two that hold, the people."""
    whom = row.person or ""
    if row.state == "asked":
        wanted = json.loads(stays.key.open(_SEALED["held"], row.held))["wanted"] if row.held else ""
        whom = "".join(wanted.split())
    return row.kind, row.state, row.ward, row.represented, row.representative, whom


def _again(sealed: bytes | None, kind: str, stays: Resident, goes: Resident) -> bytes | None:
    return None if sealed is None else stays.key.seal(kind, goes.key.open(kind, sealed))
