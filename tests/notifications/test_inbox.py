"""Hana's inbox is hers."""

from __future__ import annotations

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from notifications import inbox
from notifications.notice import Kind, Notice
from tests.notifications.house import KOBAYASHI, MINATO, MailRoom, Person, draft, notice


async def told(room: MailRoom, person: Person, count: int) -> list[Notice]:
    """One a minute, oldest first."""
    sent = [notice(room.clock.now + timedelta(minutes=n)) for n in range(count)]
    for one in sent:
        await room.tell(person, one)
    return sent


async def test_hana_reads_page_by_page_and_misses_nothing(room: MailRoom) -> None:
    hana = await room.resident()
    sent = await told(room, hana, 7)
    seen, after = [], None
    async with room.db.resident(hana.id) as conn:
        while True:
            page = await inbox.page(conn, room.live, resident=hana.id, first=3, after=after)
            seen += [letter.id for letter in page.nodes]
            after = page.end_cursor
            if not page.has_next:
                break
    assert seen == [one.id for one in reversed(sent)]


async def test_notices_sent_at_the_same_moment_are_not_lost_between_pages(room: MailRoom) -> None:
    hana = await room.resident()
    moment = room.clock.now
    sent = [notice(moment) for _ in range(4)]
    for one in sent:
        await room.tell(hana, one)
    async with room.db.resident(hana.id) as conn:
        first = await inbox.page(conn, room.live, resident=hana.id, first=2, after=None)
        second = await inbox.page(conn, room.live, resident=hana.id, first=2, after=first.end_cursor)
    assert {letter.id for letter in (*first.nodes, *second.nodes)} == {one.id for one in sent}
    assert (first.has_next, second.has_next) == (True, False)


async def test_an_empty_inbox_has_no_end(room: MailRoom) -> None:
    hana = await room.resident()
    async with room.db.resident(hana.id) as conn:
        empty = await inbox.page(conn, room.live, resident=hana.id, first=20, after=None)
    assert empty == inbox.LetterPage((), False, None)


@pytest.mark.parametrize("cursor", ["", "x", "あ", "MjAyNg==", "MjAyNi0wMS0wMSBub3QtYS11dWlk"])
async def test_a_cursor_someone_made_up_is_refused(room: MailRoom, cursor: str) -> None:
    hana = await room.resident()
    async with room.db.resident(hana.id) as conn:
        with pytest.raises(inbox.BadCursor):
            await inbox.page(conn, room.live, resident=hana.id, first=3, after=cursor)


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59+00:00",
        "2026-06-13T10:00:00",
    ],
)
async def test_a_cursor_from_before_or_after_all_letters_is_refused(room: MailRoom, moment: str) -> None:
    hana = await room.resident()
    cursor = base64.urlsafe_b64encode(f"{moment} {uuid4()}".encode()).decode()
    async with room.db.resident(hana.id) as conn:
        with pytest.raises(inbox.BadCursor):
            await inbox.page(conn, room.live, resident=hana.id, first=3, after=cursor)


async def test_hana_opens_a_notice_and_the_first_time_is_kept(room: MailRoom) -> None:
    hana = await room.resident()
    made = await room.approved(draft(kind=Kind.ACTION))
    await room.work()
    async with room.db.resident(hana.id) as conn:
        assert await inbox.unread(conn, room.live, resident=hana.id) == 1
        first = await inbox.open_notice(conn, room.live, resident=hana.id, notice=made.id, now=room.clock())
        again = await inbox.open_notice(conn, room.live, resident=hana.id, notice=made.id, now=room.clock())
        assert await inbox.unread(conn, room.live, resident=hana.id) == 0
    assert first is not None
    assert first.opened_at is not None
    assert first == again
    assert (await room.counts(made)).opened == 1


async def test_taro_cannot_read_or_open_a_notice_of_hana(room: MailRoom) -> None:
    hana, taro = await room.resident(), await room.resident()
    (hers,) = await told(room, hana, 1)
    async with room.db.resident(taro.id) as conn:
        assert await inbox.one(conn, room.live, resident=taro.id, notice=hers.id) is None
        assert await inbox.open_notice(conn, room.live, resident=taro.id, notice=hers.id, now=room.clock()) is None
        assert await inbox.one(conn, room.live, resident=hana.id, notice=hers.id) is None, "her name in his session"
        assert await inbox.open_notice(conn, room.live, resident=hana.id, notice=hers.id, now=room.clock()) is None
        assert (await inbox.page(conn, room.live, resident=hana.id, first=9, after=None)).nodes == ()
        assert await inbox.unread(conn, room.live, resident=hana.id) == 0
        assert (await conn.execute(text("SELECT count(*) FROM notices"))).scalar_one() == 0
    async with room.db.resident(hana.id) as conn:
        letter = await inbox.one(conn, room.live, resident=hana.id, notice=hers.id)
    assert letter is not None
    assert letter.opened_at is None


async def test_a_notice_that_never_was_is_not_found(room: MailRoom) -> None:
    hana = await room.resident()
    async with room.db.resident(hana.id) as conn:
        assert await inbox.open_notice(conn, room.live, resident=hana.id, notice=uuid4(), now=room.clock()) is None


async def test_kobayashi_does_not_see_what_her_ward_told_hana_alone(room: MailRoom) -> None:
    hana = await room.resident(phones=1)
    await told(room, hana, 1)
    async with room.db.ward(KOBAYASHI.ward) as conn:
        for table in ("notices", "deliveries", "pushes", "devices"):
            assert (await conn.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0, table
    async with room.db.ward(MINATO) as conn:
        assert (await conn.execute(text("SELECT count(*) FROM contacts"))).scalar_one() == 1
