"""She types the code from the desk: who it was given to, or why nobody is let in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bff.accounts import codes
from bff.accounts.rules import Rules
from bff.accounts.tables import desk_codes
from bff.db import Database

Why = Literal["unknown", "expired", "guessed"]


@dataclass(frozen=True)
class Redeemed:
    """Exactly one of both; a wrong code and one that never was are the same to whoever tries."""

    resident: UUID | None = None
    why: Why | None = None


async def redeem(db: Database, typed: str, *, rules: Rules, now: datetime) -> Redeemed:
    """Used up by the first who proves it. What is kept is read, then hashed beside, then settled: no transaction waits
    for the hash, and guesses made at the same moment are counted one by one."""
    code = codes.read(typed)
    if code is None:
        return Redeemed(why="unknown")
    at_place = (desk_codes.c.place == code.place, desk_codes.c.ended_at.is_(None))
    async with db.house() as conn:
        row = (await conn.execute(select(desk_codes.c.id, desk_codes.c.code_hash).where(*at_place))).first()
    id, kept = (row.id, row.code_hash) if row else (UUID(int=0), bytes(32))
    fits = await asyncio.to_thread(codes.matches, code, id, kept)
    if row is None:
        return Redeemed(why="unknown")
    async with db.house() as conn:
        return await _settle(conn, id, fits, rules, now)


async def _settle(conn: AsyncConnection, id: UUID, fits: bool, rules: Rules, now: datetime) -> Redeemed:
    held = select(desk_codes).where(desk_codes.c.id == id, desk_codes.c.ended_at.is_(None)).with_for_update()
    row = (await conn.execute(held)).first()
    if row is None:
        return Redeemed(why="unknown")
    if fits and now >= row.expires_at:
        return Redeemed(why="expired")
    tries = row.tries + (not fits)
    ended = "used" if fits else "guessed" if tries >= rules.code_tries else None
    values = {"tries": tries, **({"ended": ended, "ended_at": now} if ended else {})}
    await conn.execute(update(desk_codes).where(desk_codes.c.id == id).values(values))
    if fits:
        return Redeemed(resident=row.resident)
    return Redeemed(why="guessed" if ended else "unknown")
