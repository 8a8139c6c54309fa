"""A broadcast's row between its acts: locked, judged, moved on, and each move written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import progress
from notifications.broadcasts.read import broadcast_of
from notifications.broadcasts.terms import (
    SCHOOL,
    Broadcast,
    Denied,
    Draft,
    DraftRefused,
    NotThere,
    Official,
    State,
    WrongState,
)
from notifications.broadcasts.told import faults
from notifications.fitness import Forbidden
from notifications.tables import broadcasts


async def locked(conn: AsyncConnection, broadcast: UUID, by: Official) -> Row[Any]:
    """Until the transaction ends. Raises NotThere."""
    asked = select(broadcasts).where(broadcasts.c.id == broadcast, broadcasts.c.ward == by.ward)
    if by.school:
        asked = asked.where(broadcasts.c.school == by.school)
    line = (await conn.execute(asked.with_for_update())).one_or_none()
    if line is None:
        raise NotThere
    return line


async def move(
    conn: AsyncConnection,
    line: Row[Any],
    by: Official,
    state: State,
    now: datetime,
    changes: Mapping[str, object],
    *,
    aside: str | None = None,
) -> Broadcast:
    """Into `state`, which may be the one it is in. `aside`: said in the history alone; a `note` stays with it too."""
    values = {"state": state.value, **changes}
    moved = await conn.execute(
        update(broadcasts).where(broadcasts.c.id == line.id).values(**values).returning(broadcasts)
    )
    note = aside or changes.get("note")
    await note_down(conn, line.id, by, state, now, None if note is None else str(note))
    return broadcast_of(moved.one())


async def note_down(
    conn: AsyncConnection, broadcast: UUID, by: Official, state: State, now: datetime, note: str | None = None
) -> None:
    await progress.note_down(conn, broadcast, by.ward, state.value, now, who=by.id, who_name=by.name, note=note)


def must_be_fit(told: Draft | Broadcast, now: datetime, forbidden: Forbidden) -> None:
    found = faults(told, now, forbidden)
    if found:
        raise DraftRefused(found)


def must_have(by: Official, *roles: str) -> None:
    if by.roles.isdisjoint(roles) or (SCHOOL in by.roles and not by.school):
        raise Denied("role")


def must_be_ones_own(line: Row[Any], by: Official) -> None:
    """A school's words are its own: its ward approves and stops them, and writes none of them."""
    if line.school != by.school:
        raise Denied("other_school")


def must_be(line: Row[Any], *states: State) -> None:
    if line.state not in states:
        raise WrongState(State(line.state))
