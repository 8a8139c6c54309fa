"""A guardian comes to pupils at two schools while one of them corrects a notice: neither locks out the other."""

from __future__ import annotations

import asyncio
from uuid import UUID

from sqlalchemy import select, text

from bff.school import posting, store
from notifications.post.keeping import Texts
from notifications.post.publish import revise
from notifications.tables import snapshots
from notifications.words import Text
from tests.school.people import opened_school, writes
from tests.town import Town

WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def somebody_waits(town: Town) -> bool:
    """Looked at in a transaction of its own: within one it stays as it was seen first."""
    async with town.house.db.house() as conn:
        return bool(await conn.scalar(text(WAITS)))


async def test_who_comes_to_two_schools_at_once_waits_for_a_correction_and_does_not_lock_it_out(town: Town) -> None:
    taro, house = await town.resident("taro"), town.house
    me = UUID((await taro.asks("{ viewer { id } }"))["viewer"]["id"])
    told, schools = [], []
    for persona, name in (("staff-minato-school", "芝浜小学校"), ("staff-minato-nursery", "みなと第一保育園")):
        teacher = await opened_school(town, "組,番号,氏名\n1年2組,1,海野 みなと\n", persona)
        told.append(UUID((await writes(teacher, to=[f"school:{name}"])).rpartition("/")[2]))
        async with house.db.house() as conn:
            school = await store.school_of(conn, "131032", name, house.keys)
            assert school is not None
            (pupil,) = await store.pupils_of(conn, school)
            hers = {"child": pupil.id, "role": "guardian", "how": "register", "name": "太郎", "now": house.clock()}
            await store.link(conn, school, pupil.id, me, **hers)  # type: ignore[arg-type]
            schools.append(school)

    async def joins() -> None:
        async with house.db.house() as conn:
            await posting.catch_up(conn, house, schools, [me])

    new = Texts(*[Text("正しい件名", "ただしい", "Right")] * 2)
    async with house.db.house() as correcting:
        # as far as a correction that holds the notice already, and has not been given its number yet
        held = select(snapshots.c.notice).where(snapshots.c.notice == told[1]).with_for_update()
        await correcting.execute(held)
        joining = asyncio.create_task(joins())
        while not joining.done() and not await somebody_waits(town):
            await asyncio.sleep(0.01)
        assert await revise(correcting, house.defer, told[1], new, "件名の誤り", now=house.clock()) == 2
    await joining
    inbox = (await taro.asks("{ viewer { inbox { nodes { id revision } } } }"))["viewer"]["inbox"]["nodes"]
    seen = {one["id"]: one["revision"] for one in inbox}
    assert {id: seen[str(id)] for id in told} == {told[0]: 1, told[1]: 2}
    stolen = (await writes(teacher, to=["school:みなと第一保育園"], key=str(told[0]))).rpartition("/")[2]
    assert UUID(stolen) not in told, "whose key is the id of another's notice writes one of its own all the same"
    assert (await teacher.opens(f"/staff/school/notices/{told[0]}/correct")).status == 404
