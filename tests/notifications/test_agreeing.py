"""How many must agree, when it goes out, and to whom while its sender is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from notifications import address_book, broadcasts, inbox
from notifications.audience import Audience, Marked, Speaks
from notifications.broadcasts import (
    Alike,
    Broadcast,
    Denied,
    Draft,
    DraftRefused,
    Every,
    Official,
    Plan,
    State,
    correcting,
    senders,
    settled,
)
from notifications.broadcasts.likeness import alike
from notifications.broadcasts.settled import Risk, Settled
from notifications.notice import Kind, Language, Text
from notifications.tables import HERSELF
from tests.notifications.house import KOBAYASHI, MINATO, SETAGAYA, WATANABE, MailRoom, Person, draft

MORI = Official("staff-4", "森", MINATO, frozenset({"approver"}))
HARA = Official("staff-5", "原", MINATO, frozenset({"school"}), "芝浜小学校")
AT_SCHOOL = Audience(MINATO, Marked("school:芝浜小学校"))


async def asked(room: MailRoom, told: Draft, by: Official = WATANABE) -> Broadcast:
    async with room.db.ward(MINATO, by.school) as conn:
        act = room.act(by)
        made = await broadcasts.write(conn, draft=told, id=uuid4(), key=uuid4().hex, **act)
        return await broadcasts.ask_approval(conn, room.jobs, broadcast=made.id, **act)


async def approves(room: MailRoom, made: Broadcast, by: Official) -> Broadcast:
    async with room.db.ward(MINATO) as conn:
        return await broadcasts.approve(conn, room.jobs, broadcast=made.id, version=made.version, **room.act(by))


async def titles(room: MailRoom, person: Person) -> list[str]:
    async with room.db.resident(person.id) as conn:
        page = await inbox.page(conn, room.live, resident=person.id, first=10, after=None)
        return [letter.title.ja for letter in page.nodes]


async def settles(room: MailRoom, rules: Settled) -> None:
    async with room.db.ward(MINATO) as conn:
        await settled.settle(conn, MINATO, rules, by_name="管理者", now=room.clock())


def test_the_risk_of_a_notice_decides_how_many_must_agree() -> None:
    rules = Settled(class_size=40, class_approvals=0, large_from=100_000, large_approvals=2)
    for kind, people, of_school, found, needed in (
        (Kind.EMERGENCY, 3, True, Risk.EMERGENCY, 2),
        (Kind.INFORMATION, 100_000, False, Risk.LARGE, 2),
        (Kind.ACTION, 99_999, False, Risk.USUAL, 1),
        (Kind.ACTION, 40, True, Risk.CLASS, 0),
        (Kind.ACTION, 41, True, Risk.USUAL, 1),
        (Kind.ACTION, 40, False, Risk.USUAL, 1),
    ):
        told = settled.risk(rules, kind, people, of_school=of_school)
        assert (told, settled.approvals(rules, told)) == (found, needed)


async def test_an_emergency_waits_for_two_and_neither_is_its_writer_nor_the_same(room: MailRoom) -> None:
    made = await asked(room, draft(kind=Kind.EMERGENCY))
    assert made.approvals_needed == 2
    first = await approves(room, made, KOBAYASHI)
    assert (first.state, first.approver, room.jobs.waiting) == (State.AWAITING_APPROVAL, None, [])
    with pytest.raises(Denied, match="twice"):
        await approves(room, made, KOBAYASHI)
    assert (await approves(room, made, MORI)).state is State.APPROVED
    async with room.db.ward(MINATO) as conn:
        assert await broadcasts.approvers(conn, made.id, made.version) == ("小林", "森")
        steps = await broadcasts.history(conn, MINATO, made.id)
    assert [(step.what.value, step.who_name, step.note) for step in steps][2:4] == [
        ("awaiting_approval", "小林", "承認（あと1人）"),
        ("approved", "森", None),
    ]


async def test_a_class_hears_from_its_school_without_the_ward_where_the_ward_has_settled_so(room: MailRoom) -> None:
    mother = await room.resident()
    async with room.db.house() as conn:
        marks = {("school:芝浜小学校", HERSELF)}
        await address_book.keep_marks(conn, resident=mother.id, ward=MINATO, prefix="school:", marks=marks)
    assert (await asked(room, draft(audience=AT_SCHOOL), HARA)).state is State.AWAITING_APPROVAL
    await settles(room, Settled(class_approvals=0))
    sent = await asked(room, draft(audience=AT_SCHOOL, title=Text.of("遠足の持ち物"), body=Text.of("水筒です。")), HARA)
    assert (sent.state, sent.approver) == (State.APPROVED, None)
    await room.work()
    assert await titles(room, mother) == ["遠足の持ち物"]
    with pytest.raises(Denied, match="other_school"):
        await asked(room, draft(), HARA)


async def test_what_is_planned_goes_out_at_its_time_and_comes_round_until_it_is_stopped(room: MailRoom) -> None:
    hana = await room.resident()
    plan = Plan(datetime(2026, 6, 30, 1, 0, tzinfo=UTC), Every.MONTH, date(2026, 12, 1))
    told = draft(
        title=Text.of("{{ 配信日 }}の古紙回収", en="Paper on {{ 配信日 }}"), act_by=date(2026, 7, 1), plan=plan
    )
    made = await approves(room, await asked(room, told), KOBAYASHI)
    await room.work()
    assert await titles(room, hana) == []
    room.clock.now = plan.begins_at or room.clock.now
    await room.work()
    assert await titles(room, hana) == ["2026年6月30日の古紙回収"]
    await room.work()
    async with room.db.ward(MINATO) as conn:
        following, first = await broadcasts.of_ward(conn, MINATO)
        assert first.id == made.id
        assert (following.state, following.series, following.act_by) == (State.APPROVED, made.id, date(2026, 7, 31))
        assert following.plan.begins_at == datetime(2026, 7, 30, 1, 0, tzinfo=UTC)
        await broadcasts.stop(conn, broadcast=following.id, note="回収日の変更", **room.act(WATANABE))
    room.clock.now += timedelta(days=40)
    await room.work()
    assert await titles(room, hana) == ["2026年6月30日の古紙回収"]
    assert room.jobs.waiting == []


async def test_what_is_corrected_in_one_round_is_right_in_the_next_and_what_is_taken_back_ends(room: MailRoom) -> None:
    hana = await room.resident()
    first = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
    plan = Plan(first, Every.WEEK, date(2026, 12, 1))
    wrong, right = Text.of("{{ 配信日 }}、9時に回収"), Text.of("{{ 配信日 }}、8時に回収")
    made = await approves(room, await asked(room, draft(title=wrong, plan=plan)), KOBAYASHI)
    room.clock.now = first
    await room.work()
    await corrects(room, made, right)
    assert await titles(room, hana) == ["2026年6月30日、8時に回収"]
    async with room.db.ward(MINATO) as conn:
        following, now = await broadcasts.of_ward(conn, MINATO)
        steps = await broadcasts.history(conn, MINATO, following.id)
    assert (now.title, following.title) == (right, right), "gaps and all"
    assert (steps[-1].who_name, steps[-1].note) == ("小林", "前の回の訂正を、この回の文にも入れた")
    room.clock.now = first + timedelta(weeks=1)
    await room.work()
    assert await titles(room, hana) == ["2026年7月7日、8時に回収", "2026年6月30日、8時に回収"]
    await corrects(room, following, Text.of("中止"))
    await corrects(room, now, Text.of("6月は終わり"))
    async with room.db.house() as conn:
        third = (await broadcasts.of_ward(conn, MINATO))[0]
        assert third.title == Text.of("中止"), "an older round does not undo what a newer one was told"
        told = {"broadcast": following.id, "note": "別の地域", **room.act(WATANABE)}
        await correcting.recall(conn, room.jobs, **told)
        assert (await broadcasts.of_ward(conn, MINATO))[0].state is State.STOPPED
    room.clock.now = first + timedelta(weeks=3)
    await room.work()
    assert room.jobs.waiting == []
    assert len(await titles(room, hana)) == 2


async def corrects(room: MailRoom, told: Broadcast, title: Text) -> None:
    """渡辺 as it stands now, 小林 agrees."""
    async with room.db.house() as conn:
        now = await broadcasts.one(conn, MINATO, told.id)
        assert now is not None
        what = {"id": uuid4(), "broadcast": now.id, "revision": now.revision, "title": title, "body": now.body}
        written = await correcting.propose(conn, why="時刻の誤り", **what, **room.act(WATANABE))  # type: ignore[arg-type]
        agrees = {"correction": written.id, "by": KOBAYASHI, "agreed": True, "now": room.clock()}
        await correcting.decide(conn, room.jobs, **agrees)  # type: ignore[arg-type]


async def test_what_was_stopped_rings_again_once_it_is_corrected_for_who_has_it_alone(room: MailRoom) -> None:
    people = [await room.resident(phones=1) for _ in range(6)]
    plan = Plan(first_percent=50, pause_minutes=30)
    made = await approves(room, await asked(room, draft(plan=plan)), KOBAYASHI)
    await room.work()
    first = [one for one in people if one.phones[0].posts()]
    assert len(first) == 3
    async with room.db.ward(MINATO) as conn:
        await broadcasts.stop(conn, broadcast=made.id, note="時刻の誤り", **room.act(KOBAYASHI))
    assert (await room.counts(made)).held_back == 3
    await corrects(room, made, Text.of("8時に回収"))
    room.clock.now += timedelta(hours=1)
    await room.work()
    assert [len(one.phones[0].posts()) for one in people] == [2 * (one in first) for one in people]
    assert (await room.counts(made)).held_back == 3, "those who never got it"
    async with room.db.house() as conn:
        await correcting.recall(conn, room.jobs, broadcast=made.id, note="中止", **room.act(WATANABE))
    await room.work()
    assert [len(one.phones[0].posts()) for one in people] == [3 * (one in first) for one in people]


@pytest.mark.parametrize(
    ("begun", "every", "until", "then"),
    [
        ("2026-11-30", Every.WEEK, "2026-12-07", "2026-12-07"),
        ("2026-11-30", Every.WEEK, "2026-12-06", None),
        ("2027-01-31", Every.MONTH, "2027-12-31", "2027-02-28"),
        ("2026-12-31", Every.MONTH, "2027-12-31", "2027-01-31"),
        ("2027-02-28", Every.MONTH, "2027-12-31", "2027-03-31"),
        ("2026-11-30", None, None, None),
    ],
)
def test_the_end_of_a_month_stays_the_end_of_the_month(
    begun: str, every: Every | None, until: str | None, then: str | None
) -> None:
    first = datetime.fromisoformat("2026-01-31T10:00+09:00")
    at = datetime.fromisoformat(f"{begun}T10:00+09:00")
    plan = Plan(at, every, None if until is None else date.fromisoformat(until))
    assert plan.next_after(at, first) == (None if then is None else datetime.fromisoformat(f"{then}T10:00+09:00"))


async def test_a_plan_nobody_could_keep_is_refused(room: MailRoom) -> None:
    now, day = room.clock(), timedelta(days=1)
    for plan, field in (
        (Plan(now - day), "begins_at"),
        (Plan(now + 400 * day), "begins_at"),
        (Plan(None, Every.WEEK, date(2026, 12, 1)), "until"),
        (Plan(now + day, Every.WEEK), "until"),
        (Plan(now + day, Every.WEEK, date(2026, 6, 14)), "until"),
        (Plan(first_percent=1), "pause_minutes"),
    ):
        with pytest.raises(DraftRefused) as refused:
            await asked(room, draft(plan=plan))
        assert [fault.field for fault in refused.value.faults] == [field], plan


async def test_a_new_senders_notice_goes_to_those_who_try_it_out_until_she_is_trusted(room: MailRoom) -> None:
    hana, herself = await room.resident(), await room.resident()
    async with room.db.house() as conn:
        assert await senders.add_tester(conn, ward=MINATO, school=None, resident=herself.id)
        assert not await senders.add_tester(conn, ward=MINATO, school=None, resident=herself.id)
        assert not await senders.add_tester(conn, ward=SETAGAYA, school=None, resident=herself.id)
    await settles(room, Settled(trials=1))
    made = await approves(room, await asked(room, draft()), KOBAYASHI)
    await room.work()
    assert made.trial
    assert (await titles(room, hana), len(await titles(room, herself))) == ([], 1)
    async with room.db.ward(MINATO) as conn:
        (waits,) = await senders.of_ward(conn, MINATO)
        assert (waits.who_name, waits.trials, waits.trusted_at) == ("渡辺", 1, None)
        assert await senders.trust(conn, MINATO, WATANABE.id, by_name="管理者", now=room.clock())
        assert not await senders.trust(conn, MINATO, WATANABE.id, by_name="管理者", now=room.clock())
    again = draft(title=Text.of("断水"), body=Text.of("水が止まります。"))
    assert not (await approves(room, await asked(room, again), KOBAYASHI)).trial
    await room.work()
    assert await titles(room, hana) == ["断水"]


async def test_much_the_same_is_sent_twice_only_by_who_knows_it(room: MailRoom) -> None:
    first = await approves(room, await asked(room, draft(body=Text.of("4か月児健診を12月1日に行います。"))), KOBAYASHI)
    await room.work()
    same = draft(body=Text.of("4か月児健診を、12月8日に行います。"), audience=Audience(MINATO, Speaks(Language.EN)))
    with pytest.raises(Alike) as refused:
        await asked(room, same)
    assert refused.value.like.id == first.id
    async with room.db.ward(MINATO) as conn:
        act = room.act(WATANABE)
        made = await broadcasts.write(conn, draft=same, id=uuid4(), key="again", **act)
        knowing = await broadcasts.ask_approval(
            conn, room.jobs, broadcast=made.id, knowingly=frozenset({first.id}), **act
        )
    assert knowing.state is State.AWAITING_APPROVAL
    assert not alike("断水のお知らせ。明日の朝、水が止まります。", "停電のお知らせ。あさっての夜、電気が止まります。")


async def test_a_gap_without_a_name_is_told_before_anything_is_kept(room: MailRoom) -> None:
    for text, code in (
        ("{{ 会場 }}で行います。", "gap"),
        ("{{ 区.__class__ }}", "braces"),
        ("申込は{{ 期限 }}までです。", "no_last_day"),
    ):
        with pytest.raises(DraftRefused) as refused:
            await asked(room, replace(draft(), body=Text.of(text)))
        assert [(fault.field, fault.code) for fault in refused.value.faults] == [("body", code)]
