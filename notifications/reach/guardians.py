"""The rung of the other guardian: who else brings up the very child that a notice is about, in either home."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from pyroaring import BitMap
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from notifications import delivery
from notifications.jobs import Defer
from notifications.notice import Notice
from notifications.reach import rows, words
from notifications.reach.ports import Known
from notifications.reach.rows import Someone, Tried

OF_CHILDREN: Final = frozenset({"school", "nursery", "child"})
MARKS_OF_CHILDREN: Final = frozenset({"school", "year", "class", "club"})

Others = Mapping[UUID, Mapping[UUID, frozenset[UUID]]]
"""For each resident the other guardians, each with the keys by which that one knows the children they share."""


def is_of_school(marks: Collection[str] | None) -> bool:
    return any(mark.split(":")[0] in MARKS_OF_CHILDREN for mark in marks or ())


async def is_over(conn: AsyncConnection, known: Known, row: Row[Any]) -> bool:
    """Of what was told to the other guardian: its words were taken back, or somebody has answered for the child."""
    told = await rows.notice(conn, row.copy_of)
    if told is None or told.recalled_at is not None:
        return True
    answered = await known.same(conn, await rows.answered(conn, told))
    return bool(answered and answered & await rows.child_of(conn, row))


async def tell(
    conn: AsyncConnection,
    defer: Defer,
    known: Known,
    notice: Notice,
    everybody: BitMap,
    ready: Sequence[Someone],
    done: Tried,
    now: datetime,
) -> None:
    """The same words in a notice of their own, under the key by which they know the child, and with nothing to answer:
    it is the other's to answer. Who has it already is not told twice, nor who has not this very child."""
    others = await _others(conn, known, notice, [one.resident for one in ready])
    have_it = await rows.having(conn, everybody, {other for found in others.values() for other in found})
    for one in ready:
        without = {other: keys for other, keys in others[one.resident].items() if other not in have_it}
        done.tried.add(one.number)
        done.no_way += not without
        for other, keys in without.items():
            told = replace(
                notice,
                id=uuid5(notice.id, f"other guardian:{other}"),
                title=words.text("guardian", "title", title=notice.title),
                sent_at=now,
                asks=None,
            )
            child = next(iter(keys)) if len(keys) == 1 else None
            await delivery.tell_one(conn, defer, other, told, child=child, copy_of=notice.id)
            done.sent += 1


async def _others(conn: AsyncConnection, known: Known, notice: Notice, whom: Sequence[UUID]) -> Others:
    """By the register in the same home; in a second home by the list of the school that writes, and of it alone: what a
    ward tells one home is nothing for the other. Where no child is named, who stands in the same household."""
    found: dict[UUID, dict[UUID, frozenset[UUID]]] = {one: {} for one in whom}
    mine = await rows.children(conn, notice, whom)
    at_home = await known.guardians(conn, whom)
    everybody = {other for others in at_home.values() for other in others}
    theirs = await rows.known_children(conn, everybody, {key for keys in mine.values() for key in keys})
    for one, others in at_home.items():
        for other in others:
            shared = theirs.get(other, frozenset()) & mine.get(one, frozenset())
            if shared or one not in mine:
                found[one][other] = shared
    if notice.sender_key.startswith("school:") or is_of_school(notice.marks):
        for one, listed in (await known.homes(conn, mine)).items():
            for guardian in listed:
                before = found[one].get(guardian.resident, frozenset())
                found[one][guardian.resident] = before | {guardian.child}
    return found
