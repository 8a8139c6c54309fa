"""From an approved broadcast to a phone, and what happens when a push service or a worker fails."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from notifications import address_book, broadcast, inbox
from notifications.audience import AgeRange, Audience
from notifications.broadcast import State
from notifications.jobs import PUSH_CHUNK
from notifications.notice import Kind, Language, Notice
from notifications.parcel import Outcome, Parcel
from notifications.pushing import LEASE, take_up_what_was_left
from tests.notifications.house import KOBAYASHI, MINATO, SETAGAYA, MailRoom, draft, notice


async def test_parents_of_minato_get_the_notice_on_their_phones_and_nobody_else(room: MailRoom) -> None:
    hana = await room.resident(children=(date(2019, 7, 1),), phones=2)
    lan = await room.resident(language=Language.EN, children=(date(2020, 4, 1),), phones=1)
    fumi = await room.resident(phones=1)
    ken = await room.resident(ward=SETAGAYA, children=(date(2019, 7, 1),), phones=1)
    made = await room.approved(draft(audience=Audience(MINATO, child_age=AgeRange(6, 6))))
    await room.work()
    assert [len(person.phones[0].shown()) for person in (hana, lan, fumi, ken)] == [1, 1, 0, 0]
    assert len(hana.phones[1].shown()) == 1
    assert lan.phones[0].shown()[0]["sender"] == "New notice from Minato City"
    assert await room.counts(made) == broadcast.Counts(
        recipients=2, with_device=2, accepted=3, failed=0, waiting=0, opened=0, held_back=0
    )
    assert await room.state(made) is State.SENT


async def test_a_ward_of_many_is_written_to_in_chunks_and_everyone_once(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(7)]
    made = await room.approved(draft())
    expand = room.jobs.waiting.pop()
    await room.run(expand, room.pusher, chunk_size=2)
    chunks = [job.args["chunk"] for job in room.jobs.waiting]
    await room.run(expand, room.pusher, chunk_size=2)
    assert chunks == [0, 1, 2, 3] == [job.args["chunk"] for job in room.jobs.waiting]
    await room.work()
    assert [len(person.phones[0].posts()) for person in people] == [1] * 7
    assert (await room.counts(made)).accepted == 7


async def test_people_without_a_phone_still_find_the_notice_in_their_inbox(room: MailRoom) -> None:
    fumi = await room.resident()
    made = await room.approved(draft())
    await room.work()
    async with room.db.resident(fumi.id) as conn:
        page = await inbox.page(conn, resident=fumi.id, first=5, after=None)
    assert [letter.id for letter in page.nodes] == [made.id]
    assert await room.state(made) is State.SENT


async def test_a_phone_that_unsubscribed_is_forgotten(room: MailRoom) -> None:
    hana = await room.resident(phones=2)
    room.service.answers[hana.phones[0].token] = [(410, {})]
    made = await room.approved(draft())
    await room.work()
    async with room.db.resident(hana.id) as conn:
        left = await conn.execute(text("SELECT endpoint FROM devices"))
        assert left.scalars().all() == [hana.phones[1].endpoint]
    assert (await room.counts(made)).failed == 1


async def test_a_busy_push_service_is_given_the_time_it_asks_for(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    room.service.answers[hana.phones[0].token] = [(429, {"Retry-After": "600"})]
    told = notice(room.clock())
    await room.tell(hana, told)
    await room.work()
    assert len(hana.phones[0].posts()) == 1
    room.clock.now += timedelta(seconds=590)
    await room.work()
    assert len(hana.phones[0].posts()) == 1
    room.clock.now += timedelta(seconds=11)
    await room.work()
    assert len(hana.phones[0].posts()) == 2
    assert len(hana.phones[0].shown()) == 1


async def test_a_push_service_that_is_busy_gets_nothing_more_of_the_chunk_before_its_time(room: MailRoom) -> None:
    hana = await room.resident(phones=8)
    for phone in hana.phones:
        room.service.answers[phone.token] = [(503, {"Retry-After": "120"})]
    await room.tell(hana, notice(room.clock()))
    await room.work()
    assert len(room.service.posts) == 3, "one batch of three, the other five wait"
    for phone in hana.phones:
        room.service.answers[phone.token] = []
    room.clock.now += timedelta(seconds=121)
    await room.work()
    assert [len(phone.shown()) for phone in hana.phones] == [1] * 8


async def test_a_push_service_that_stays_broken_is_given_up_after_six_tries(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    room.service.answers[hana.phones[0].token] = [(500, {})] * 20
    made = await room.approved(draft())
    for _ in range(12):
        await room.work()
        room.clock.now += timedelta(hours=7)
    assert len(hana.phones[0].posts()) == 6
    assert (await room.counts(made)).failed == 1
    assert await room.state(made) is State.SENT


async def test_a_notice_opened_on_one_phone_is_not_pushed_again_to_the_other(room: MailRoom) -> None:
    hana = await room.resident(phones=2)
    room.service.answers[hana.phones[1].token] = [(503, {})]
    told = notice(room.clock())
    await room.tell(hana, told)
    await room.work()
    async with room.db.resident(hana.id) as conn:
        await inbox.open_notice(conn, resident=hana.id, notice=told.id, now=room.clock())
    room.clock.now += timedelta(hours=1)
    await room.work()
    assert len(hana.phones[1].posts()) == 1
    assert room.jobs.waiting == []


class _DiesBeforeSettling:
    """A worker killed after the push service had the batch and before the database knew."""

    def __init__(self, room: MailRoom) -> None:
        self._room = room
        self.at_once = room.pusher.at_once

    async def push(self, told: Notice, parcels: Sequence[Parcel], now: datetime) -> Mapping[UUID, Outcome]:
        await self._room.pusher.push(told, parcels, now)
        raise ConnectionAbortedError("killed")


async def test_nobody_is_notified_twice_when_a_worker_dies_between_sending_and_writing_it_down(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(5)]
    made = await room.approved(draft())
    expand = room.jobs.waiting.pop()
    await room.run(expand, room.pusher, chunk_size=100)
    push = room.jobs.waiting.pop()
    with pytest.raises(ConnectionAbortedError):
        await room.run(push, _DiesBeforeSettling(room))
    assert len(room.service.posts) == 3

    await room.run(push, room.pusher)
    assert len(room.service.posts) == 5, "the dead worker's three are left alone until its lease is over"
    assert (await room.counts(made)).waiting == 3
    assert room.jobs.waiting[0].task == PUSH_CHUNK
    room.clock.now += LEASE
    await room.work()
    assert len(room.service.posts) == 8
    assert [len(person.phones[0].shown()) for person in people] == [1] * 5, "the same Topic replaced the first"
    assert len({message.headers["Topic"] for message in room.service.posts}) == 1
    counted = await room.counts(made)
    assert (counted.accepted, counted.waiting) == (5, 0)
    assert await room.state(made) is State.SENT


class _StopsAfterTheFirstBatch:
    """Pushes, and meanwhile 小林 stops the broadcast."""

    def __init__(self, room: MailRoom, made: broadcast.Broadcast) -> None:
        self._room, self._made = room, made
        self.at_once = room.pusher.at_once

    async def push(self, told: Notice, parcels: Sequence[Parcel], now: datetime) -> Mapping[UUID, Outcome]:
        async with self._room.db.ward(MINATO) as conn:
            await broadcast.stop(conn, broadcast=self._made.id, note="日付の誤り", **self._room.act(KOBAYASHI))
        return await self._room.pusher.push(told, parcels, now)


async def test_an_official_stops_a_broadcast_in_the_middle_and_the_rest_is_held_back(room: MailRoom) -> None:
    for _ in range(5):
        await room.resident(phones=1)
    made = await room.approved(draft())
    expand = room.jobs.waiting.pop()
    await room.run(expand, room.pusher, chunk_size=100)
    await room.work(_StopsAfterTheFirstBatch(room, made))
    counted = await room.counts(made)
    assert (counted.accepted, counted.held_back, counted.waiting) == (3, 2, 0)
    assert await room.state(made) is State.STOPPED
    assert room.jobs.waiting == []


async def test_a_broadcast_stopped_before_it_is_expanded_reaches_no_inbox(room: MailRoom) -> None:
    await room.resident(phones=1)
    made = await room.approved(draft())
    async with room.db.ward(MINATO) as conn:
        await broadcast.stop(conn, broadcast=made.id, note="中止", **room.act(KOBAYASHI))
    await room.work()
    assert (await room.counts(made)).recipients == 0
    assert room.service.posts == []


async def test_the_same_status_notice_told_twice_arrives_once(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    told = notice(room.clock())
    await room.tell(hana, told)
    await room.tell(hana, told)
    await room.work()
    assert len(hana.phones[0].posts()) == 1
    assert hana.phones[0].shown()[0]["sender"] == "港区からお手続きの状況のお知らせ"


async def test_a_device_forgotten_at_logout_gets_nothing_that_was_still_waiting(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    await room.tell(hana, notice(room.clock()))
    async with room.db.resident(hana.id) as conn:
        assert await address_book.forget_devices_of(conn, hana.id) == 1
    await room.work()
    assert room.service.posts == []
    assert room.jobs.waiting == []


async def test_an_emergency_a_day_old_is_not_pushed_any_more(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    await room.tell(hana, notice(room.clock(), kind=Kind.EMERGENCY))
    room.clock.now += timedelta(days=1, seconds=1)
    await room.work()
    assert room.service.posts == []


async def test_a_notice_on_new_years_eve_in_london_is_kept_in_january_of_japan(room: MailRoom) -> None:
    hana = await room.resident()
    await room.tell(hana, notice(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)))
    async with room.db.house() as conn:
        kept = (await conn.execute(text("SELECT tableoid::regclass::text, sent_on FROM deliveries"))).one()
    assert tuple(kept) == ("deliveries_202701", date(2027, 1, 1))


async def test_two_workers_at_the_same_chunk_share_the_phones_between_them(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(12)]
    made = await room.approved(draft())
    await room.run(room.jobs.waiting.pop(), room.pusher, chunk_size=100)
    push = room.jobs.waiting.pop()
    await asyncio.gather(*(room.run(push, room.pusher) for _ in range(3)))
    await room.work()
    assert [len(person.phones[0].posts()) for person in people] == [1] * 12
    assert (await room.counts(made)).accepted == 12


async def test_a_lost_job_is_noticed_and_its_phones_are_still_reached(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    await room.tell(hana, notice(room.clock()))
    room.jobs.waiting.clear()
    async with room.db.house() as conn:
        assert await take_up_what_was_left(conn, room.jobs, room.clock()) == 0, "it may yet be on its way"
    room.clock.now += LEASE
    async with room.db.house() as conn:
        assert await take_up_what_was_left(conn, room.jobs, room.clock()) == 1
    await room.work()
    assert len(hana.phones[0].shown()) == 1
    async with room.db.house() as conn:
        assert await take_up_what_was_left(conn, room.jobs, room.clock() + timedelta(days=1)) == 0


async def test_a_phone_its_push_service_calls_malformed_is_left_out_until_it_registers_again(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    room.service.answers[hana.phones[0].token] = [(400, {})]
    for _ in range(2):
        await room.tell(hana, notice(room.clock()))
        await room.work()
    assert len(hana.phones[0].posts()) == 1
    async with room.db.resident(hana.id) as conn:
        await room.registers(conn, hana, hana.phones[0])
    await room.tell(hana, notice(room.clock()))
    await room.work()
    assert len(hana.phones[0].shown()) == 1
