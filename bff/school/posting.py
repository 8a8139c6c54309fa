"""To the mail room: a notice to the guardians of groups of pupils, and a word to one guardian."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bff.school import notice, store
from bff.school.house import House
from bff.school.notice import SchoolNotice
from bff.school.school import Pupil, School
from bff.school.words import say
from bff.texts import handed_over
from life_events import Text
from notifications.delivery import tell_one
from notifications.jobs import day_in_japan
from notifications.notice import Kind, Notice
from notifications.post import publish as publishing
from notifications.post.people import came_later, to_people
from notifications.words import Text as Words


async def publish(conn: AsyncConnection, house: House, school: School, told: SchoolNotice) -> int:
    """House door: to every guardian and helper of a pupil it concerns. How many people. Raises ValueError when another
    notice has its id."""
    (whom,) = await _whom(conn, school, [told])
    if not await to_people(conn, house.defer, as_notice(school, told, ward_name(house, school)), whom):
        raise ValueError(f"{told.id} is another notice")
    return len(whom)


async def catch_up(
    conn: AsyncConnection, house: House, schools: Collection[School], residents: Collection[UUID]
) -> None:
    """House door, once and last in its transaction: what these schools sent before the residents came to a pupil, or
    before the pupil came to its class, lies in their inboxes too while it asks or is current."""
    now, today = house.clock(), house.today()
    late: dict[UUID, set[UUID]] = {}
    for school in schools:
        current = [one for one in await notice.of_school(conn, school) if one.is_current(now, today)]
        everybody = await _whom(conn, school, current)
        late |= {told.id: whom & set(residents) for told, whom in zip(current, everybody, strict=True)}
    await came_later(conn, {told: whom for told, whom in late.items() if whom})


async def _whom(conn: AsyncConnection, school: School, told: Collection[SchoolNotice]) -> list[set[UUID]]:
    """For each: every guardian and helper of a pupil it concerns."""
    if not told:
        return []
    pupils, guardians = await store.pupils_of(conn, school), await store.guardians_of(conn, school)
    those = [{each.id for each in pupils if one.concerns(each, school)} for one in told]
    return [{one.resident for one in guardians if one.pupil in concerned} for concerned in those]


def as_notice(school: School, told: SchoolNotice, ward: Words) -> Notice:
    act_by = day_in_japan(told.closes_at) if told.closes_at else None
    return Notice(
        id=told.id,
        ward=told.ward,
        kind=Kind.ACTION if told.asks else Kind.INFORMATION,
        sender=sender(school, ward),
        title=handed_over(told.title),
        body=handed_over(told.body),
        sent_at=told.sent_at,
        act_by=act_by,
        sender_key=school.sender_key,
        topic=school.topic,
        marks=told.marks,
        asks=told.asks.to_json() if told.asks else None,
    )


def ward_name(house: House, school: School) -> Words:
    return handed_over(house.catalogue.wards[school.ward].name)


def sender(school: School, ward: Words) -> Words:
    return Words(**{name: f"{said} {school.id}" for name, said in ward.told().items()})


async def tell(
    conn: AsyncConnection,
    house: House,
    school: School,
    pupil: Pupil,
    resident: UUID,
    what: str,
    *,
    id: UUID,
    about: str,
    kind: Kind = Kind.STATUS,
    act_by: date | None = None,
    **values: str | Text,
) -> bool:
    """A word to one guardian alone. False: the same `id` was told already."""
    said: Mapping[str, str | Text] = {"child": pupil.named.name, "school": school.id, **values}
    told = Notice(
        id=id,
        ward=school.ward,
        kind=kind,
        sender=sender(school, ward_name(house, school)),
        title=handed_over(say(f"notice_{what}_title", **said)),
        body=handed_over(say(f"notice_{what}_body", **said)),
        sent_at=house.clock(),
        act_by=act_by,
        about=about,
        sender_key=f"school:{school.ward}:{school.id}",
        topic="school",
    )
    tied = [one.child for one in await store.guardians_of(conn, school, pupil.id) if one.resident == resident]
    child = tied[0] if tied else None
    key, topic = school.sender_key, school.topic
    return await tell_one(conn, house.defer, resident, told, child=child, sender_key=key, topic=topic)


async def recall(conn: AsyncConnection, house: House, told: SchoolNotice, why: str) -> None:
    """House door: it is marked as taken back in every inbox, and `why` stands there."""
    await publishing.recall(conn, house.defer, told.id, why, now=house.clock())
