"""Hana and Lan chose one summary a day, at six in the evening; Ken is told at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from notifications.notice import Kind, Language, Text
from notifications.push.digests import look_again
from tests.notifications.house import MailRoom, Person, notice
from tests.notifications.push.city import chunk_states, does, hand_over, states

SCHOOL = Text("芝浜小学校", "芝浜小学校", "Shibahama School")
WISH = (
    "INSERT INTO mail_wishes (resident, quiet_from, quiet_until, digest, digest_at, chosen_at)"
    " VALUES (:id, CAST(:quiet AS time), CAST(:until AS time), 'daily', '18:00', now())"
)
ANOTHER_HOUR = "UPDATE mail_wishes SET digest_at = CAST(:hour AS time) WHERE resident = :id"
OPENED = (
    "INSERT INTO notice_acts (resident, notice, ward, revision, opened_at) VALUES (:id, :notice, '131032', 1, now())"
)


async def wishes(room: MailRoom, person: Person, quiet: str | None = None, until: str | None = None) -> None:
    await does(room, WISH, id=person.id, quiet=quiet, until=until)


async def told(room: MailRoom, people: list[Person], **more: object) -> UUID:
    columns = {name: more.pop(name) for name in ("topic", "recalled_at", "revision") if name in more}
    one = notice(room.clock(), **more)
    await hand_over(room, one, people, **columns)
    return one.id


async def at(room: MailRoom, day: int, hour: int, minute: int = 0) -> None:
    """In Japan; all jobs up to then are done."""
    room.clock.now = datetime(2026, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=9)
    await room.work()


async def test_one_push_at_her_hour_says_how_many_there_are_and_who_wrote(room: MailRoom) -> None:
    hana, lan = await room.resident(phones=2), await room.resident(language=Language.EN, phones=1)
    ken, fumi = await room.resident(phones=1), await room.resident(phones=1)
    everybody = [hana, lan, ken, fumi]
    for one in (hana, lan):
        await wishes(room, one)
    await wishes(room, fumi, "17:00", "20:30")
    first = await told(room, everybody, kind=Kind.INFORMATION)
    others = [
        await told(room, everybody, kind=Kind.INFORMATION),
        await told(room, everybody, kind=Kind.ACTION, sender=SCHOOL),
    ]
    muted = await told(room, everybody, kind=Kind.INFORMATION, topic="tax")
    await does(room, "INSERT INTO mail_mutes VALUES (:id, 'topic:tax', now())", id=lan.id)
    await at(room, 13, 17, 59)
    assert [len(phone.posts()) for one in everybody for phone in one.phones] == [0, 0, 0, 4, 0]
    assert {state for state, _ in await chunk_states(room, first)} == {"done"}, "nothing is left to push by itself"
    assert await room.summarises() == 0, "it is not six yet"
    await does(room, OPENED, id=hana.id, notice=muted)
    await at(room, 13, 18, 1)
    alarm = await told(room, everybody, kind=Kind.EMERGENCY)
    await room.work()
    assert await states(room, alarm) == {"accepted": 5}, "an emergency waits for no summary"
    room.service.answers[hana.phones[1].token] = [(500, {})]
    before = len(room.service.posts)
    assert await room.summarises() == 2, "of Lan, and of one of Hana's phones; Fumi rests"
    said = [one for one in hana.phones[0].shown() if "digest" in one]
    assert [(one["sender"], one["body"], one["navigate"]) for one in said] == [
        ("未読のお知らせが3件あります", "港区から新しいお知らせ\n芝浜小学校からお手続きのお願い", "/inbox")
    ]
    (lans,) = [one for one in lan.phones[0].shown() if "digest" in one]
    assert (lans["sender"], str(lans["body"]).split("\n")[0]) == ("Unread notices: 3", "New notice from Minato City")
    assert {post.headers["Topic"] for post in room.service.posts[before:]} == {"digest"}
    assert await states(room, others[0]) == {"accepted": 3, "digest": 2}, "as any push is written down"

    await at(room, 13, 18, 3)
    assert await room.summarises() == 1, "the phone that could not be had"
    await at(room, 13, 20, 31)
    assert await room.summarises() == 1, "Fumi's, when her quiet hours are over"
    assert [len(one.phones[0].posts()) for one in (hana, lan, fumi)] == [3, 3, 3], "an emergency's two and one summary"
    assert await states(room, others[0]) == {"accepted": 5}

    late = await told(room, everybody, kind=Kind.INFORMATION)
    gone = await told(room, everybody, kind=Kind.INFORMATION)
    await room.work()
    await does(room, "UPDATE notices SET revision = 2, recalled_at = now() WHERE id = :id", id=gone)
    for one in (hana, lan, fumi):
        await does(room, OPENED, id=one.id, notice=late)
    await at(room, 14, 20, 31)
    assert await room.summarises() == 0, "all were read before, or taken back: no phone rings"
    assert await states(room, late) == {"accepted": 1}
    assert await states(room, gone) == {"accepted": 1}


async def test_who_chooses_another_hour_hears_at_that_hour_and_not_at_the_one_before(room: MailRoom) -> None:
    early, later = await room.resident(phones=1), await room.resident(phones=1)
    for one in (early, later):
        await wishes(room, one)
    await told(room, [early, later], kind=Kind.INFORMATION)
    await at(room, 13, 12, 0)
    for one, hour in ((early, "13:00"), (later, "20:00")):
        await does(room, ANOTHER_HOUR, id=one.id, hour=hour)
        async with room.db.house() as conn:
            await look_again(conn, one.id, room.clock())
    assert await room.summarises() == 0, "neither hour has come"
    await at(room, 13, 13, 1)
    assert await room.summarises() == 1
    await at(room, 13, 18, 1)
    assert await room.summarises() == 0, "it was to be told at six, and no longer"
    await at(room, 13, 20, 1)
    assert await room.summarises() == 1
    assert [len(one.phones[0].posts()) for one in (early, later)] == [1, 1]
