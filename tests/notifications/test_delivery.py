"""From an approved broadcast to a phone, and what happens when a push service or a worker fails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from notifications import address_book, broadcasts, inbox
from notifications.audience import Audience, ChildAge
from notifications.broadcasts import State
from notifications.notice import Kind, Language, Notice
from notifications.parcel import Outcome, Parcel
from tests.notifications.house import KOBAYASHI, MINATO, SETAGAYA, MailRoom, draft, notice


async def test_parents_of_minato_get_the_notice_on_their_phones_and_nobody_else(room: MailRoom) -> None:
    hana = await room.resident(children=(date(2019, 7, 1),), phones=2)
    lan = await room.resident(language=Language.EN, children=(date(2020, 4, 1),), phones=1)
    fumi = await room.resident(phones=1)
    ken = await room.resident(ward=SETAGAYA, children=(date(2019, 7, 1),), phones=1)
    made = await room.approved(draft(audience=Audience(MINATO, ChildAge(6, 6))))
    await room.work()
    assert [len(person.phones[0].shown()) for person in (hana, lan, fumi, ken)] == [1, 1, 0, 0]
    assert len(hana.phones[1].shown()) == 1
    assert lan.phones[0].shown()[0]["sender"] == "New notice from Minato City"
    assert await room.counts(made) == broadcasts.Counts(
        recipients=2, with_device=2, accepted=3, failed=0, waiting=0, opened=0, held_back=0
    )
    assert await room.state(made) is State.SENT


async def test_a_ward_of_many_is_written_to_in_chunks_and_everyone_once(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(7)]
    made = await room.approved(draft())
    expand = room.jobs.waiting.pop()
    for _ in range(2):
        await room.run(expand, room.pusher, most=2)
        async with room.db.house() as conn:
            sizes = await conn.execute(text("SELECT size FROM push_chunks ORDER BY chunk"))
            assert sizes.scalars().all() == [2, 2, 2, 1]
        assert len(room.jobs.waiting) == 1
    await room.work()
    assert [len(person.phones[0].posts()) for person in people] == [1] * 7
    assert (await room.counts(made)).accepted == 7


async def test_people_without_a_phone_still_find_the_notice_in_their_inbox(room: MailRoom) -> None:
    fumi = await room.resident()
    made = await room.approved(draft())
    await room.work()
    async with room.db.resident(fumi.id) as conn:
        page = await inbox.page(conn, room.live, resident=fumi.id, first=5, after=None)
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


async def test_a_push_service_that_is_busy_for_an_hour_a_minute_at_a_time_reaches_her_after_it(room: MailRoom) -> None:
    hana, began = await room.resident(phones=1), room.clock.now
    made = await room.approved(draft())
    while room.clock.now < began + timedelta(hours=1):
        room.service.answers[hana.phones[0].token] = [(429, {"Retry-After": "60"})]
        await room.work()
        room.clock.now += timedelta(seconds=61)
    assert hana.phones[0].shown() == []
    room.service.answers[hana.phones[0].token] = []
    room.clock.now += timedelta(minutes=5)
    await room.work()
    assert len(hana.phones[0].shown()) == 1
    assert (await room.counts(made)).failed == 0
    assert await room.state(made) is State.SENT


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
        await inbox.open_notice(conn, room.live, resident=hana.id, notice=told.id, now=room.clock())
    room.clock.now += timedelta(hours=1)
    await room.work()
    assert len(hana.phones[1].posts()) == 1
    assert room.jobs.waiting == []


class _StopsAfterTheFirstChunk:
    """Pushes, and meanwhile 小林 stops the broadcast."""

    def __init__(self, room: MailRoom, made: broadcasts.Broadcast) -> None:
        self._room, self._made = room, made

    async def push(self, told: Notice, parcels: Sequence[Parcel], now: datetime, **_: Any) -> Mapping[UUID, Outcome]:
        async with self._room.db.ward(MINATO) as conn:
            await broadcasts.stop(conn, broadcast=self._made.id, note="日付の誤り", **self._room.act(KOBAYASHI))
        return await self._room.pusher.push(told, parcels, now)


async def test_an_official_stops_a_broadcast_in_the_middle_and_the_rest_is_held_back(room: MailRoom) -> None:
    for _ in range(5):
        await room.resident(phones=1)
    made = await room.approved(draft())
    await room.work(_StopsAfterTheFirstChunk(room, made))
    counted = await room.counts(made)
    assert (counted.accepted, counted.held_back, counted.waiting) == (2, 3, 0)
    assert await room.state(made) is State.STOPPED
    assert room.jobs.waiting == []


async def test_a_broadcast_stopped_before_it_is_expanded_reaches_no_inbox(room: MailRoom) -> None:
    await room.resident(phones=1)
    made = await room.approved(draft())
    async with room.db.ward(MINATO) as conn:
        await broadcasts.stop(conn, broadcast=made.id, note="中止", **room.act(KOBAYASHI))
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
