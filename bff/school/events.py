"""Days a school has told of, for the family's calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.identity.keys import KeyRing
from bff.school import notice, store
from bff.school.notice import Event
from life_events import Text


@dataclass(frozen=True)
class SchoolDay:
    """`title` names the child too: a calendar shows nothing else of it."""

    notice: UUID
    pupil: UUID
    title: Text
    event: Event


async def of(conn: AsyncConnection, resident: UUID, keys: KeyRing) -> Sequence[SchoolDay]:
    """House door; of her children alone, recalled ones left out."""
    mine = await store.hers(conn, resident, keys)
    schools = {(school.ward, school.id): school for _, school, _ in mine}
    told = await notice.of_schools(conn, list(schools.values()))
    return [
        SchoolDay(one.id, pupil.id, _named(one.title, pupil.named.name), one.event)
        for one in told
        if one.event is not None
        for pupil, school, _ in mine
        if one.concerns(pupil, school)
    ]


def _named(title: Text, child: str) -> Text:
    return Text(ja=f"{title.ja}（{child}）", easy=f"{title.easy}（{child}）", en=f"{title.en} ({child})")
