"""A broadcast in inboxes without a row for anybody: in waves, corrected, recalled, and when two accounts become one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from pyroaring import BitMap
from sqlalchemy import select, text

from notifications import address_book, counting, inbox
from notifications.inbox import Letter
from notifications.notice import Kind, Notice, Text
from notifications.post import acts, merging
from notifications.post.forgetting import Kept, forget_old
from notifications.post.keeping import Texts
from notifications.post.live import Live
from notifications.post.publish import publish, recall, revise, stop
from notifications.post.snapshot import Wave
from notifications.tables import HERSELF, contacts
from tests.notifications.house import MINATO, SETAGAYA, MailRoom, Person, notice


async def published(room: MailRoom, told: Notice, *people: Person, waves: tuple[Wave, ...] = ()) -> Notice:
    async with room.db.house() as conn:
        numbers = select(contacts.c.number).where(contacts.c.resident.in_([one.id for one in people]))
        members = BitMap((await conn.execute(numbers)).scalars())
        assert await publish(conn, room.jobs, told, members, waves=waves, most=2)
    async with room.db.house() as conn:
        assert not await publish(conn, room.jobs, told, members), "published already"
    return told


async def letters(room: MailRoom, person: Person, live: Live | None = None) -> list[Letter]:
    async with room.db.resident(person.id) as conn:
        page = await inbox.page(conn, live or room.live, resident=person.id, first=9, after=None)
    return list(page.nodes)


async def opens(room: MailRoom, person: Person, told: Notice) -> Letter | None:
    async with room.db.resident(person.id) as conn:
        return await inbox.open_notice(conn, room.live, resident=person.id, notice=told.id, now=room.clock())


async def unread(room: MailRoom, person: Person) -> int:
    async with room.db.resident(person.id) as conn:
        return await inbox.unread(conn, room.live, resident=person.id)


async def people_of(room: MailRoom, told: Notice) -> counting.People:
    async with room.db.ward(MINATO) as conn:
        return await counting.people(conn, told.id)


async def test_a_correction_takes_the_place_of_what_it_said_and_is_unread_again_for_each_guardian_apart(
    room: MailRoom,
) -> None:
    hana, ken, other = [await room.resident(phones=1) for _ in range(3)]
    child, mark = UUID(int=7), "class:芝浜小学校:1-2"
    async with room.db.house() as conn:
        for parent in (hana, ken):
            told = {(mark, child), ("class:芝浜小学校:3-1", HERSELF)}
            await address_book.keep_marks(conn, resident=parent.id, ward=MINATO, prefix="class:", marks=told)
    told = await published(room, notice(room.clock(), kind=Kind.ACTION, marks=frozenset({mark})), hana, ken)
    await room.work()
    assert (await opens(room, hana, told), await opens(room, other, told)) != (None, None)
    assert [len(await letters(room, one)) for one in (hana, ken, other)] == [1, 1, 0]
    assert (await letters(room, ken))[0].children == {child}
    assert [await unread(room, one) for one in (hana, ken)] == [0, 1], "receipts apart"
    async with room.db.ward(MINATO) as conn:
        new = Texts(Text.of("遠足は6月20日です"), Text.of("日付の誤りを直しました。"))
        assert await revise(conn, room.jobs, told.id, new, "日付の誤り", now=room.clock()) == 2
    await room.work()
    (letter,) = await letters(room, hana)
    assert (letter.title.ja, letter.revision, letter.opened_at) == ("遠足は6月20日です", 2, None)
    assert [await unread(room, one) for one in (hana, ken)] == [1, 1]
    assert [len(one.phones[0].posts()) for one in (hana, ken, other)] == [2, 2, 0]
    assert [len(one.phones[0].shown()) for one in (hana, ken)] == [1, 1], "the push before is replaced"
    async with room.db.house() as conn:
        (earlier,) = await inbox.earlier(conn, letter)
    assert (earlier.revision, earlier.title, earlier.why) == (1, told.title, "日付の誤り")
    await opens(room, ken, told)
    assert await people_of(room, told) == counting.People(recipients=2, opened=1, confirmed=0, answered=0)


async def test_the_first_tenth_is_told_first_and_a_stop_and_a_recall_reach_nobody_else(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(5)]
    now, later = room.clock.now, room.clock.now + timedelta(minutes=30)
    told = notice(room.clock(), kind=Kind.INFORMATION)
    await published(room, told, *people, waves=(Wave(0.1, now), Wave(1, later)))
    await room.work()
    (first,) = [one for one in people if await letters(room, one)]
    assert [len(one.phones[0].posts()) for one in people] == [int(one is first) for one in people]
    await opens(room, first, told)
    async with room.db.ward(MINATO) as conn:
        await stop(conn, told.id, now=room.clock())
    room.clock.now += timedelta(hours=1)
    await room.work()
    assert (await people_of(room, told)).recipients == 1
    async with room.db.ward(MINATO) as conn:
        assert await recall(conn, room.jobs, told.id, "宛先の誤り", now=room.clock()) == 2
    await room.work()
    seen = {one.id: await letters(room, one) for one in people}
    assert [one.id for one in people if seen[one.id]] == [first.id]
    (letter,) = seen[first.id]
    assert letter.recalled_at is not None
    assert letter.is_unread
    assert sum(len(one.phones[0].posts()) for one in people if one is not first) == 0


async def test_without_a_stop_the_rest_is_told_at_its_time(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(5)]
    waves = (Wave(0.4, room.clock.now), Wave(1, room.clock.now + timedelta(minutes=30)))
    await published(room, notice(room.clock()), *people, waves=waves)
    await room.work()
    assert sum([len(await letters(room, one)) for one in people]) == 2
    room.clock.now += timedelta(minutes=31)
    await room.work()
    assert [len(one.phones[0].posts()) for one in people] == [1] * 5
    assert [len(await letters(room, one)) for one in people] == [1] * 5


async def test_what_was_sent_to_an_account_that_became_hers_is_hers_with_what_she_did(room: MailRoom) -> None:
    stays, goes = await room.resident(phones=1), await room.resident(ward=SETAGAYA)
    async with room.db.house() as conn:
        await address_book.keep_marks(
            conn, resident=goes.id, ward=SETAGAYA, prefix="club:", marks={("club:x:合唱", HERSELF)}
        )
    both, only = notice(room.clock()), notice(room.clock())
    await published(room, both, stays, goes)
    await published(room, only, goes)
    await room.tell(goes, notice(room.clock()))
    await opens(room, goes, both)
    await opens(room, goes, only)
    async with room.db.house() as conn:
        await merging.made_one(conn, stays=stays.id, goes=goes.id)
        await conn.execute(text("DELETE FROM contacts WHERE resident = :goes"), {"goes": goes.id})
    for live in (room.live, Live(room.clock)):
        assert len(await letters(room, stays, live)) == 3
        assert await letters(room, goes, live) == []
    assert await unread(room, stays) == 1, "the direct one; what she opened there stays opened"
    async with room.db.resident(stays.id) as conn:
        known = await address_book.contact_of(conn, stays.id)
    assert known is not None
    assert known.marks == {"club:x:合唱"}
    await published(room, again := notice(room.clock()), stays)
    await room.work()
    assert len(stays.phones[0].shown()) == 2, "the direct one and the newest; the others are opened"
    assert again.id in {letter.id for letter in await letters(room, stays)}


async def test_what_another_process_publishes_is_known_at_the_next_question_and_an_old_one_lapses(
    room: MailRoom,
) -> None:
    hana, taro = await room.resident(), await room.resident()
    here, there = Live(room.clock), Live(room.clock)
    assert await letters(room, hana, here) == []
    short = notice(room.clock(), lapses_at=room.clock.now + timedelta(days=3))
    await published(room, short, hana)
    await published(room, lasting := notice(room.clock()), hana)
    for live in (here, there):
        assert [one.id for one in await letters(room, hana, live)] == [lasting.id, short.id]
    async with room.db.resident(taro.id) as conn:
        assert await inbox.unread(conn, here, resident=hana.id) == 0, "another's door does not know her"
        assert await acts.opened(conn, here, resident=hana.id, told=[lasting.id], now=room.clock()) == []
    room.clock.now += timedelta(days=4)
    assert [one.id for one in await letters(room, hana, here)] == [lasting.id]
    async with room.db.resident(hana.id) as conn:
        told = [lasting.id, uuid4()]
        for _ in range(2):
            assert await acts.archived(conn, here, resident=hana.id, told=told, now=room.clock()) == [lasting.id]
        assert await inbox.unread(conn, here, resident=hana.id) == 0
        await acts.archived(conn, here, resident=hana.id, told=told, now=room.clock(), back=True)
        assert await inbox.unread(conn, here, resident=hana.id) == 1


async def test_what_is_old_and_has_lapsed_is_forgotten_with_what_was_done_with_it_and_months_are_dropped(
    room: MailRoom,
) -> None:
    hana = await room.resident(phones=1)
    old = await published(room, notice(room.clock()), hana)
    await room.tell(hana, direct := notice(room.clock()))
    await room.work()
    await opens(room, hana, old)
    room.clock.now += timedelta(days=450)
    lasting = notice(room.clock(), lapses_at=room.clock.now + timedelta(days=900))
    await published(room, lasting, hana)
    assert await forget_old(room.db.house, room.clock(), Kept(), most=1) == 2
    async with room.db.house() as conn:
        counted = "SELECT (SELECT count(*) FROM {}) AS {}"
        for table, left in (("notices", 1), ("snapshots", 1), ("notice_acts", 0), ("deliveries", 0), ("pushes", 0)):
            assert (await conn.execute(text(counted.format(table, "n")))).scalar() == left, table
        months = await conn.execute(text("SELECT count(*) FROM pg_class WHERE relname LIKE '%\\_202606'"))
        assert months.scalar() == 0
    assert [one.id for one in await letters(room, hana)] == [lasting.id]
    assert direct.id != old.id
