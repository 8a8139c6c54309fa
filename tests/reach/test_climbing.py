"""A notice that lies unread: whom what is tried for, and for whom nothing is any more."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pyroaring import BitMap
from sqlalchemy import text

from bff import db as database
from bff.identity.residents import resident_of
from bff.reach import addresses
from infra.sandbox.faults import Mode
from notifications import address_book
from notifications.jobs import JAPAN
from notifications.notice import Kind
from notifications.post import publish
from notifications.post.keeping import Texts
from notifications.reach import climbing, rates
from notifications.reach.ladders import Rung, by_day, ladder_of, shipped
from notifications.words import Text
from tests.reach.conftest import Mailbox
from tests.town import Person, Town

CLASS = "class:minato:1-2"
NOON = datetime(2026, 11, 2, 12, tzinfo=JAPAN)


def test_every_class_of_notice_has_a_ladder_that_begins_with_push_and_never_turns_back() -> None:
    for kind in Kind:
        for topic in ("school", "tax"):
            rungs = ladder_of(kind, topic, NOON).rungs
            assert rungs[0].rung is Rung.PUSH
            assert [one.minutes for one in rungs] == sorted(one.minutes for one in rungs)
            assert len({one.rung for one in rungs}) == len(rungs)
    school = ladder_of(Kind.EMERGENCY, "school", NOON)
    assert school.topic == "school"
    assert ladder_of(Kind.INFORMATION, "", NOON).climbs() == []
    with pytest.raises(LookupError):
        ladder_of(Kind.ACTION, "", NOON - timedelta(days=9000), shipped())


def test_nobody_is_written_to_at_night_but_for_an_emergency() -> None:
    late, early = NOON.replace(hour=23), NOON.replace(hour=3)
    assert by_day(late) == NOON.replace(day=3, hour=8)
    assert by_day(early) == NOON.replace(hour=8)
    assert by_day(NOON) == NOON
    action, urgent = ladder_of(Kind.ACTION, "", NOON), ladder_of(Kind.EMERGENCY, "", NOON)
    assert action.due(action.climbs()[0], late) == NOON.replace(day=4, hour=8)
    assert urgent.due(urgent.climbs()[0], late) == late + urgent.climbs()[0].after


class Round:
    """A broadcast on its ladder, in a town whose clock is turned by hand."""

    def __init__(self, town: Town, sent_at: datetime) -> None:
        self.town, self.sent_at, self.id = town, sent_at, uuid4()

    async def is_sent(self, whom: Iterable[UUID], asks: dict[str, Any] | None = None) -> None:
        words = json.dumps({"ja": "運動会", "easy": "うんどうかい", "en": "Sports day"})
        async with self.town.house.db.house() as conn:
            asked = text("SELECT number FROM contacts WHERE resident = ANY (:w)")
            members = BitMap(await conn.scalars(asked, {"w": list(whom)}))
            who = json.dumps(dict.fromkeys(("ja", "easy", "en"), "港区立第一小学校"))
            told = {"id": self.id, "words": words, "who": who, "at": self.sent_at, "on": self.sent_at.date()}
            told |= {"marks": [CLASS], "asks": json.dumps(asks)}
            await conn.execute(
                text(
                    "INSERT INTO notices (id, ward, personal, kind, sender, title, body, sent_at, sent_on, topic,"
                    " sender_key, marks, asks) VALUES (:id, '131032', false, 'action', :who, :words, :words, :at, :on,"
                    " 'school', 'school:131032:minato', :marks, nullif(CAST(:asks AS jsonb), 'null'))"
                ),
                told,
            )
            await conn.execute(
                text(
                    "INSERT INTO snapshots (notice, ward, sent_at, lapses_at, size, members)"
                    " VALUES (:id, '131032', :at, :at + interval '1 year', :size, :members)"
                ),
                {"id": self.id, "at": self.sent_at, "size": len(members), "members": members.serialize()},
            )

    async def begins(self) -> None:
        house = self.town.house
        await climbing.begin(open=house.db.house, defer=database.defer, clock=lambda: self.sent_at)

    async def after(self, hours: float) -> datetime | None:
        """So many hours later; when it comes round again."""
        house = self.town.house
        await climbing.climb(
            open=house.db.house,
            defer=database.defer,
            clock=lambda: self.sent_at + timedelta(hours=hours),
            channels=house.reach_channels,
            notice=self.id,
        )
        async with house.db.house() as conn:
            at = await conn.scalar(text("SELECT next_at FROM reach_climbs WHERE notice = :n"), {"n": self.id})
        return at if at is None else at.astimezone(JAPAN)

    async def acts(self, whom: UUID, what: str) -> None:
        moment = {"opened_at": "opened_at", "answered_at": "opened_at, answered_at"}[what]
        values = ", ".join(":a" for _ in moment.split(","))
        act = f"INSERT INTO notice_acts (resident, notice, number, ward, {moment})"
        async with self.town.house.db.house() as conn:
            told = {"n": self.id, "a": self.sent_at, "w": whom}
            done = f"{act} SELECT resident, :n, number, ward, {values} FROM contacts WHERE resident = :w"
            await conn.execute(text(done), told)

    async def step(self, rung: str) -> tuple[int, ...] | None:
        """sent, failed, no_way, spared"""
        asked = text("SELECT sent, failed, no_way, spared FROM reach_steps WHERE notice = :n AND rung = :r")
        async with self.town.house.db.house() as conn:
            row = (await conn.execute(asked, {"n": self.id, "r": rung})).first()
        return tuple(row) if row else None


async def lives(town: Town, persona: str) -> tuple[Person, UUID]:
    person = await town.resident(persona)
    await person.fills_home()
    return person, await own_id(town, persona)


async def own_id(town: Town, persona: str) -> UUID:
    async with town.house.db.house() as conn:
        return UUID(str(await conn.scalar(text("SELECT id FROM residents ORDER BY made_at DESC LIMIT 1"))))


async def has(town: Town, resident: UUID, address: str) -> None:
    async with town.house.db.house() as conn:
        who = await resident_of(conn, resident, town.house.keys)
        assert who is not None
        kept = await addresses.ask(conn, who, "email", address, id=uuid4(), now=town.house.clock())
        await addresses.confirm(conn, kept.id, town.house.clock())


async def brings_up(town: Town, resident: UUID, child: UUID) -> None:
    async with town.house.db.house() as conn:
        marks = {(CLASS, child)}
        await address_book.keep_marks(conn, resident=resident, ward="131032", prefix="class:", marks=marks)


async def test_one_guardians_answer_is_enough_for_both_where_the_school_says_so(town: Town, mailbox: Mailbox) -> None:
    (_, her), (_, kentas), (_, lans) = [await lives(town, one) for one in ("hana", "kenta", "lan")]
    yui, linh = uuid4(), uuid4()
    for who, child, box in ((her, yui, "hana"), (kentas, yui, "kenta"), (lans, linh, "lan")):
        await brings_up(town, who, child)
        await has(town, who, f"{box}@mail.example")
    for enough, written in ((True, {"lan"}), (False, {"hana", "lan"})):
        trip = Round(town, NOON)
        await trip.is_sent([her, kentas, lans], asks={"kind": "consent", "one_is_enough": enough})
        await trip.begins()
        async with town.house.db.house() as conn:
            answered = (
                "INSERT INTO notice_acts (resident, notice, number, ward, child, opened_at, answered_at)"
                " SELECT resident, :n, number, ward, :c, :a, :a FROM contacts WHERE resident = :w"
            )
            await conn.execute(text(answered), {"n": trip.id, "c": yui, "a": NOON, "w": kentas})
        mailbox.office.letters.clear()
        await trip.after(50)
        assert {one.to.partition("@")[0] for one in mailbox.office.letters} == written, enough


async def test_it_is_climbed_for_whom_it_still_concerns_and_for_nobody_twice(town: Town, mailbox: Mailbox) -> None:
    hana, her = await lives(town, "hana")
    (kenta, kentas), (_, taros), (_, lans) = [await lives(town, one) for one in ("kenta", "taro", "lan")]
    _, kens = await lives(town, "ken")  # of another ward by now
    for who, box in ((her, "hana"), (taros, "taro"), (lans, "nobody"), (kens, "ken")):
        await has(town, who, f"{box}@mail.example")
    shown = await hana.asks("{ viewer { reach { otherGuardians } } }")
    assert shown["viewer"]["reach"]["otherGuardians"] == ["佐藤 健太"]

    sports, yui = Round(town, NOON), uuid4()
    for who in (her, kentas):
        await brings_up(town, who, yui)
    await sports.is_sent([her, taros, lans, kens], asks={"kind": "consent", "one_is_enough": True})
    await sports.begins()
    await sports.acts(taros, "opened_at")

    assert await sports.after(1) == NOON + timedelta(days=1)
    assert await sports.step("other_guardian") is None
    assert await sports.after(25) == NOON + timedelta(days=2)
    assert await sports.step("other_guardian") == (1, 0, 1, 1)
    inbox = "{ viewer { inbox(first: 9) { nodes { title { ja } } } } }"
    told = [one["title"]["ja"] for one in (await kenta.asks(inbox))["viewer"]["inbox"]["nodes"]]
    assert "運動会（もう一人の保護者の方がまだ読んでいません）" in told
    copy = "SELECT n.asks FROM deliveries AS d JOIN notices AS n ON n.id = d.notice"
    async with town.house.db.house() as conn:
        hers = await conn.execute(text(f"{copy} WHERE d.resident = :k AND d.child = :c"), {"k": kentas, "c": yui})
        assert [one.asks for one in hers] == [None], "under the child's key, and with nothing to answer"

    mailbox.faults.switch("mail", Mode.ERROR)
    assert await sports.after(49) == NOON + timedelta(hours=49) + climbing.LATER
    assert await sports.step("email") == (0, 0, 0, 1), "ken alone is settled"
    mailbox.faults.switch("mail", Mode.OK)
    assert await sports.after(50) == NOON + timedelta(days=4)
    assert await sports.after(51) == NOON + timedelta(days=4)
    assert await sports.step("email") == (1, 1, 0, 1), "hana; there is no mailbox of lan's; ken has moved away"
    assert {one.to for one in mailbox.office.letters} == {"hana@mail.example"}
    assert len(mailbox.to("hana@mail.example")) == 1
    letter = mailbox.last("hana@mail.example")
    assert "運動会" not in letter.text + letter.subject
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = letter.headers["List-Unsubscribe"].strip("<>").removeprefix(town.ORIGIN)
    assert (await town.browser().post(stop, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    bounced = text("SELECT count(*) FROM reach_addresses WHERE bounced_at IS NOT NULL")
    async with town.house.db.house() as conn:
        assert await conn.scalar(bounced) == 1

    again, secret = Round(town, NOON), Round(town, NOON)
    await secret.is_sent([her])
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE notices SET marks = '{event:pregnancy_birth}' WHERE id = :n"), {"n": secret.id})
    await secret.begins()
    await secret.after(25)
    assert await secret.step("other_guardian") is None, "nobody at home hears what she was chosen by"
    await again.is_sent([her, lans])
    await again.after(50)
    assert await again.step("email") == (0, 0, 2, 0), "she has stopped her letters, and lan's box is gone"
    assert await again.after(24 * 30) is None


async def test_who_is_told_in_a_later_wave_is_written_to_after_it_and_what_was_stopped_until_it_is_corrected(
    town: Town, mailbox: Mailbox
) -> None:
    (_, her), (_, lans) = [await lives(town, one) for one in ("hana", "lan")]
    for who, box in ((her, "hana"), (lans, "lan")):
        await has(town, who, f"{box}@mail.example")
    waves, stopped = Round(town, NOON), Round(town, NOON)
    for one in (waves, stopped):
        await one.is_sent([her, lans])
        async with town.house.db.house() as conn:
            ask = text("SELECT resident, number FROM contacts WHERE resident = ANY (:w)")
            number = {row.resident: row.number for row in await conn.execute(ask, {"w": [her, lans]})}
            first, then = NOON.timestamp(), (NOON + timedelta(days=1)).timestamp()
            stages = [[number[her], number[her], first, 0], [number[lans], number[lans], then, 1]]
            kept = text("UPDATE snapshots SET stages = CAST(:s AS jsonb) WHERE notice = :n")
            await conn.execute(kept, {"s": json.dumps(stages), "n": one.id})
        await one.begins()

    assert await waves.after(49) == NOON + timedelta(days=3)
    assert {one.to for one in mailbox.office.letters} == {"hana@mail.example"}
    await waves.after(73)
    assert {one.to for one in mailbox.office.letters} == {"hana@mail.example", "lan@mail.example"}

    mailbox.office.letters.clear()
    async with town.house.db.house() as conn:
        await publish.stop(conn, stopped.id, now=NOON + timedelta(minutes=5))
    assert await stopped.after(73) == NOON + timedelta(hours=73) + climbing.AT_REST
    assert not mailbox.office.letters
    async with town.house.db.house() as conn:
        words = Texts(Text("運動会", "うんどうかい", "Sports day"), Text("延期", "えんき", "Put off"))
        await publish.revise(conn, database.defer, stopped.id, words, "延期", now=NOON + timedelta(days=1))
    await stopped.after(74)
    assert {one.to for one in mailbox.office.letters} == {"hana@mail.example"}
    async with town.house.db.house() as conn:
        left = await rates.unread(conn, stopped.id, NOON + timedelta(days=8))
        assert left == BitMap([number[her]]), "no letter for who never got it"
