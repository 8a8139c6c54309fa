"""Chunks of a broadcast on their way to phones, and what each answer of a push service means for them."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from uuid import UUID

from pyroaring import BitMap
from sqlalchemy import select, text

from notifications import inbox
from notifications.notice import Kind, Language
from notifications.post import acts
from notifications.post.publish import publish, recall
from notifications.push import LEASE, push_free_chunks, take_up_what_was_left
from notifications.tables import contacts
from tests.notifications.house import MailRoom, Person, notice
from tests.notifications.push.city import chunk_states, cut, does, hand_over, states

HOUR = timedelta(hours=1)


async def shown(person: Person) -> list[str]:
    return [str(each["sender"]) for phone in person.phones for each in phone.shown()]


async def test_everybody_in_the_snapshot_gets_it_once_in_her_language_whoever_of_three_hands_is_free(
    room: MailRoom,
) -> None:
    people = [await room.resident(phones=1 + number % 2) for number in range(7)]
    lan, stranger = await room.resident(language=Language.EN, phones=1), await room.resident(phones=1)
    merged = await room.resident(phones=1)
    told = notice(room.clock(), kind=Kind.INFORMATION)
    await hand_over(room, told, [*people, lan], size=2)
    await does(
        room,
        "INSERT INTO contact_aliases (number, resident) VALUES (10000, :id);",
        id=merged.id,
    )
    async with room.db.house() as conn:
        numbers = BitMap([10_000, *(await conn.execute(select(contacts.c.number))).scalars()])
    await does(
        room,
        "UPDATE snapshots SET members = :members WHERE notice = :id",
        members=(numbers - BitMap([await number_of(room, stranger), await number_of(room, merged)])).serialize(),
        id=told.id,
    )
    await cut_more(room, told.id, low=10_000)
    done = await asyncio.gather(*(push_free_chunks(room.hands, hand) for hand in range(3)))
    assert sum(done) == 5
    assert [await shown(one) for one in people] == [["港区から新しいお知らせ"] * (1 + n % 2) for n in range(7)]
    assert [await shown(lan), await shown(stranger)] == [["New notice from Minato City"], []]
    assert len(await shown(merged)) == 1, "sent to an account that is hers now"
    assert [len(phone.posts()) for one in people for phone in one.phones] == [1] * 10
    assert await states(room, told.id) == {"accepted": 12}
    assert {state for state, _ in await chunk_states(room, told.id)} == {"done"}


async def test_each_answer_has_its_own_consequence_and_the_others_are_not_held_up(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(8)]
    gone, lost, odd, big, other_key, broken, silent, fine = [one.phones[0] for one in people]
    answers = room.service.answers
    answers[gone.token], answers[lost.token] = [(410, {})], [(404, {})]
    answers[odd.token], answers[big.token] = [(400, {})], [(413, {})]
    answers[other_key.token], answers[broken.token] = [(403, {})] * 9, [(500, {})]
    answers[silent.token] = [(0, {})]
    told = notice(room.clock())
    await hand_over(room, told, people)
    await room.work()
    assert await states(room, told.id) == {"gone": 2, "failed": 1, "accepted": 2, "waiting": 3}
    assert [len(phone.posts()) for phone in (big, fine)] == [2, 1]
    assert big.posts()[1].body == b"", "too large: sent again with nothing in it"
    assert await devices(room) == {"kept": 5, "left out": 1}
    room.clock.now += timedelta(minutes=2)
    await room.work()
    assert await states(room, told.id) == {"gone": 2, "failed": 1, "accepted": 4, "waiting": 1}
    for _ in range(8):
        room.clock.now += 7 * HOUR
        await room.work()
    assert await states(room, told.id) == {"gone": 2, "failed": 2, "accepted": 4}
    assert len(other_key.posts()) == 6
    assert await devices(room) == {"kept": 4, "left out": 2}
    assert [state for state, _ in await chunk_states(room, told.id)] == ["done"]


async def test_a_push_service_that_asks_for_time_gets_nothing_before_from_any_notice(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(40)]
    for one in people:
        room.service.answers[one.phones[0].token] = [(429, {"Retry-After": "120"})]
    first, second = notice(room.clock()), notice(room.clock())
    await hand_over(room, first, people)
    await hand_over(room, second, people)
    await room.work()
    asked = len(room.service.posts)
    assert 0 < asked <= 40, "what was on its way already, and nothing of the second notice"
    room.clock.now += timedelta(seconds=100)
    await room.work()
    assert len(room.service.posts) == asked
    room.service.answers.clear()
    room.clock.now += timedelta(seconds=30)
    await room.work()
    assert [len(one.phones[0].shown()) for one in people] == [2] * 40


async def test_muted_asleep_or_read_already_is_judged_at_the_moment_of_sending_and_an_emergency_passes(
    room: MailRoom,
) -> None:
    """It is ten in the morning; she sleeps until eleven."""
    people = [await room.resident(phones=1) for _ in range(4)]
    muted, asleep, reader, _ = people
    await does(room, "INSERT INTO mail_mutes VALUES (:id, 'topic:tax', now())", id=muted.id)
    await does(
        room,
        "INSERT INTO mail_wishes (resident, quiet_from, quiet_until, digest, digest_at, chosen_at)"
        " VALUES (:id, '21:00', '11:00', 'at_once', '19:00', now())",
        id=asleep.id,
    )
    told = notice(room.clock(), kind=Kind.ACTION, act_by=date(2026, 6, 30))
    await hand_over(room, told, people, topic="tax")
    opened = (
        "INSERT INTO notice_acts (resident, notice, ward, revision, opened_at) VALUES (:id, :notice, :ward, 1, now())"
    )
    await does(room, opened, id=reader.id, notice=told.id, ward="131032")
    await room.work()
    assert [len(one.phones[0].posts()) for one in people] == [0, 0, 0, 1]
    ((state, due_at),) = await chunk_states(room, told.id)
    assert (state, due_at.hour) == ("waiting", 2), "eleven o'clock in Japan"
    room.clock.now += HOUR + timedelta(minutes=1)
    await room.work()
    assert [len(one.phones[0].posts()) for one in people] == [0, 1, 0, 1]
    assert [state for state, _ in await chunk_states(room, told.id)] == ["done"]

    alarm = notice(room.clock(), kind=Kind.EMERGENCY)
    await hand_over(room, alarm, people, topic="tax")
    await room.work()
    bodies = [[bool(post.body) for post in one.phones[0].posts()][-2:] for one in people]
    assert bodies == [[False, True]] * 4, "rung for at once, told then"
    assert await states(room, alarm.id) == {"accepted": 4}


async def test_an_emergency_goes_before_what_was_there_first(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(6)]
    news, alarm = notice(room.clock(), kind=Kind.INFORMATION), notice(room.clock(), kind=Kind.EMERGENCY)
    await hand_over(room, news, people, size=2)
    await hand_over(room, alarm, people, size=2)
    await room.work()
    bare = [post.body == b"" for post in room.service.posts]
    assert bare == [True] * 6 + [False] * 12, "everybody is rung for before anybody is told"
    assert [post.headers["Urgency"] for post in room.service.posts[:12]] == ["high"] * 12


async def test_what_is_said_anew_replaces_and_what_is_recalled_is_told_to_who_was_told(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=1), await room.resident(phones=1)
    room.service.answers[fumi.phones[0].token] = [(500, {})]
    told = notice(room.clock(), kind=Kind.INFORMATION)
    await hand_over(room, told, [hana, fumi])
    await room.work()
    members = BitMap([await number_of(room, hana), await number_of(room, fumi)])
    await does(room, "UPDATE notices SET revision = 2 WHERE id = :id", id=told.id)
    await cut(room, told, members, revision=2)
    room.clock.now += timedelta(minutes=2)
    await room.work()
    assert await shown(hana) == ["港区からのお知らせの訂正"], "the first one was replaced at the push service"
    assert [len(one.phones[0].posts()) for one in (hana, fumi)] == [2, 2], "the first text is not tried again"
    assert [state for state, _ in await chunk_states(room, told.id)] == ["held_back", "done"]

    late = await room.resident(phones=1)
    await does(room, "UPDATE notices SET revision = 3, recalled_at = now() WHERE id = :id", id=told.id)
    await cut(room, told, members | BitMap([await number_of(room, late)]), revision=3)
    await room.work()
    assert await shown(hana) == ["港区からのお知らせの取り消し"]
    assert await shown(late) == []


async def test_a_hand_that_died_leaves_its_chunk_to_another_and_what_was_written_down_is_not_sent_again(
    room: MailRoom,
) -> None:
    people = [await room.resident(phones=1) for _ in range(3)]
    told = notice(room.clock())
    await hand_over(room, told, people)
    room.service.answers[people[0].phones[0].token] = [(429, {"Retry-After": "600"})]
    await room.work()
    room.jobs.waiting.clear()
    await does(room, "UPDATE push_chunks SET state = 'sending', claimed_at = :now", now=room.clock())
    async with room.db.house() as conn:
        assert await take_up_what_was_left(conn, room.jobs, room.clock()) == 0, "somebody is at it"
    room.clock.now += LEASE + timedelta(minutes=10)
    async with room.db.house() as conn:
        assert await take_up_what_was_left(conn, room.jobs, room.clock()) == 1
    await room.work()
    assert [len(one.phones[0].shown()) for one in people] == [1] * 3
    assert sum(len(one.phones[0].posts()) for one in people) == 4


async def test_the_icon_of_a_phone_that_does_not_count_says_what_her_inbox_says(room: MailRoom) -> None:
    hana, fumi = await room.resident(phones=2), await room.resident(phones=1)
    room.counts_not = f"{hana.phones[0].token}|{fumi.phones[0].token}"
    everybody = BitMap([await number_of(room, hana), await number_of(room, fumi)])

    async def all_are_told() -> UUID:
        async with room.db.house() as conn:
            await publish(conn, room.jobs, told := notice(room.clock()), everybody)
        await room.work()
        return told.id

    sent = [await all_are_told() for _ in range(5)]
    await room.tell(hana, notice(room.clock()))
    async with room.db.resident(hana.id) as conn:
        await acts.opened(conn, room.live, resident=hana.id, told=sent[:3], now=room.clock())
        await acts.mark_unread(conn, room.live, resident=hana.id, told=[sent[1]], now=room.clock())
        await acts.archived(conn, room.live, resident=hana.id, told=[sent[3]], now=room.clock())
    async with room.db.house() as conn:
        await recall(conn, room.jobs, notice=sent[4], why="", now=room.clock())
    await room.work()
    last = await all_are_told()
    for person, expected in ((hana, 3), (fumi, 5)):
        async with room.db.resident(person.id) as conn:
            page = await inbox.page(conn, room.live, resident=person.id, first=9, after=None)
        hers = [one for one in page.nodes if one.is_unread and not one.archived_at and not one.recalled_at]
        assert len(hers) == expected
        (news,) = [told for told in person.phones[0].shown() if told["notice"] == str(last)]
        assert news["app_badge"] == expected
    assert not any("app_badge" in told for told in hana.phones[1].shown()), "it counts itself"


async def number_of(room: MailRoom, person: Person) -> int:
    async with room.db.house() as conn:
        asked = select(contacts.c.number).where(contacts.c.resident == person.id)
        return int((await conn.execute(asked)).scalar_one())


async def cut_more(room: MailRoom, notice: object, low: int) -> None:
    await does(
        room,
        "INSERT INTO push_chunks SELECT sent_on, notice, revision, 99, ward, 0, :low, :low, 'waiting', due_at"
        " FROM push_chunks WHERE notice = :id AND chunk = 0",
        low=low,
        id=notice,
    )


async def devices(room: MailRoom) -> dict[str, int]:
    asked = text("SELECT count(*) FILTER (WHERE failed_at IS NULL) AS kept, count(failed_at) AS out FROM devices")
    async with room.db.house() as conn:
        row = (await conn.execute(asked)).one()
    return {"kept": row.kept, "left out": row.out}
