"""Two officials for one notice."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from notifications import broadcasts
from notifications.audience import Audience
from notifications.broadcasts import (
    Broadcast,
    Changed,
    Denied,
    Draft,
    DraftRefused,
    NoteMissing,
    NoteRefused,
    NotThere,
    Official,
    State,
    WrongState,
)
from notifications.jobs import EXPAND_BROADCAST
from notifications.notice import Text
from tests.notifications.house import KOBAYASHI, MINATO, NAKAMURA, SETAGAYA, WATANABE, MailRoom, draft


async def written(
    room: MailRoom, told: Draft | None = None, by: Official = WATANABE, key: str | None = None
) -> Broadcast:
    async with room.db.ward(by.ward) as conn:
        return await broadcasts.write(conn, draft=told or draft(), id=uuid4(), key=key or uuid4().hex, **room.act(by))


async def asked(room: MailRoom, by: Official = WATANABE) -> Broadcast:
    made = await written(room, by=by)
    async with room.db.ward(MINATO) as conn:
        return await broadcasts.ask_approval(conn, room.jobs, broadcast=made.id, **room.act(by))


async def approves(room: MailRoom, made: Broadcast, by: Official, version: int | None = None) -> Broadcast:
    async with room.db.ward(by.ward) as conn:
        return await broadcasts.approve(
            conn, room.jobs, broadcast=made.id, version=version or made.version, **room.act(by)
        )


async def test_watanabe_writes_and_kobayashi_approves_and_each_step_is_written_down(room: MailRoom) -> None:
    made = await asked(room)
    approved = await approves(room, made, KOBAYASHI)
    assert (approved.state, approved.approver_name) == (State.APPROVED, "小林")
    assert [(job.task, job.args) for job in room.jobs.waiting] == [(EXPAND_BROADCAST, {"broadcast": str(made.id)})]
    await room.work()
    async with room.db.ward(MINATO) as conn:
        steps = await broadcasts.history(conn, MINATO, made.id)
    assert [(step.what.value, step.who_name) for step in steps] == [
        ("draft", "渡辺"),
        ("awaiting_approval", "渡辺"),
        ("approved", "小林"),
        ("sending", None),
        ("sent", None),
    ]


async def test_kobayashi_cannot_approve_what_she_wrote_herself(room: MailRoom) -> None:
    made = await asked(room, by=KOBAYASHI)
    with pytest.raises(Denied) as refused:
        await approves(room, made, KOBAYASHI)
    assert refused.value.code == "own_broadcast"
    assert room.jobs.waiting == []


async def test_not_even_the_database_keeps_an_author_as_her_own_approver(room: MailRoom) -> None:
    made = await asked(room)
    with pytest.raises(IntegrityError):
        async with room.db.ward(MINATO) as conn:
            await conn.exec_driver_sql("UPDATE broadcasts SET approver = author WHERE id = %s", (made.id,))


async def test_watanabe_without_the_role_cannot_approve(room: MailRoom) -> None:
    made = await asked(room, by=KOBAYASHI)
    with pytest.raises(Denied, match="role"):
        await approves(room, made, WATANABE)


async def test_nakamura_of_setagaya_does_not_even_find_a_notice_of_minato(room: MailRoom) -> None:
    made = await asked(room)
    with pytest.raises(NotThere):
        await approves(room, made, NAKAMURA)
    async with room.db.ward(SETAGAYA) as conn:
        assert await broadcasts.one(conn, MINATO, made.id) is None
        assert await broadcasts.of_ward(conn, MINATO) == ()


async def test_watanabe_cannot_write_to_residents_of_setagaya(room: MailRoom) -> None:
    with pytest.raises(Denied, match="other_ward"):
        await written(room, draft(audience=Audience(SETAGAYA)))


async def test_a_form_sent_twice_makes_one_notice(room: MailRoom) -> None:
    first = await written(room, key="form-1")
    second = await written(room, draft(title=Text.of("別の題")), key="form-1")
    assert second == first
    async with room.db.ward(MINATO) as conn:
        assert len(await broadcasts.of_ward(conn, MINATO)) == 1
        assert len(await broadcasts.history(conn, MINATO, first.id)) == 1


async def test_kobayashi_pressing_approve_twice_sends_it_once(room: MailRoom) -> None:
    made = await asked(room)
    await approves(room, made, KOBAYASHI)
    assert (await approves(room, made, KOBAYASHI)).state is State.APPROVED
    assert len(room.jobs.waiting) == 1


async def test_kobayashi_approves_the_text_she_read_and_no_other(room: MailRoom) -> None:
    made = await asked(room)
    async with room.db.ward(MINATO) as conn:
        await broadcasts.send_back(conn, broadcast=made.id, note="時間が抜けています", **room.act(KOBAYASHI))
        again = await broadcasts.rewrite(
            conn, broadcast=made.id, draft=draft(body=Text.of("9時から行います。")), **room.act(WATANABE)
        )
        await broadcasts.ask_approval(conn, room.jobs, broadcast=made.id, **room.act(WATANABE))
    assert (again.version, again.note) == (2, "時間が抜けています")
    with pytest.raises(Changed):
        await approves(room, made, KOBAYASHI, version=1)
    assert (await approves(room, made, KOBAYASHI, version=2)).body.ja == "9時から行います。"


async def test_sending_back_and_stopping_need_a_reason(room: MailRoom) -> None:
    made = await asked(room)
    async with room.db.ward(MINATO) as conn:
        with pytest.raises(NoteMissing):
            await broadcasts.send_back(conn, broadcast=made.id, note="  ", **room.act(KOBAYASHI))
        with pytest.raises(NoteMissing):
            await broadcasts.stop(conn, broadcast=made.id, note="あ" * 501, **room.act(KOBAYASHI))


async def test_no_reason_and_no_draft_holds_what_no_text_may_hold(room: MailRoom) -> None:
    made, told = await asked(room), "123456789018"
    async with room.db.ward(MINATO) as conn:
        with pytest.raises(NoteRefused):
            await broadcasts.send_back(conn, broadcast=made.id, note=f"番号 {told}", **room.act(KOBAYASHI))
        with pytest.raises(NoteRefused):
            await broadcasts.stop(conn, broadcast=made.id, note=told, **room.act(WATANABE))
        await broadcasts.send_back(conn, broadcast=made.id, note="直してください", **room.act(KOBAYASHI))
        with pytest.raises(DraftRefused):
            await broadcasts.rewrite(conn, broadcast=made.id, draft=draft(body=Text.of(told)), **room.act(WATANABE))
        assert told not in str(await broadcasts.history(conn, MINATO, made.id))


async def test_what_has_become_forbidden_since_it_was_written_is_not_sent(room: MailRoom) -> None:
    def now_also(text: str) -> bool:
        return "4か月児" in text

    made, at_first = await written(room), room.act(WATANABE)
    async with room.db.ward(MINATO) as conn:
        with pytest.raises(DraftRefused):
            await broadcasts.ask_approval(
                conn, room.jobs, broadcast=made.id, by=WATANABE, now=room.clock(), forbidden=now_also
            )
        await broadcasts.ask_approval(conn, room.jobs, broadcast=made.id, **at_first)
        with pytest.raises(DraftRefused):
            await broadcasts.approve(
                conn, room.jobs, broadcast=made.id, version=1, by=KOBAYASHI, now=room.clock(), forbidden=now_also
            )
    assert room.jobs.waiting == []


async def test_what_is_sent_can_be_neither_stopped_nor_rewritten(room: MailRoom) -> None:
    made = await asked(room)
    await approves(room, made, KOBAYASHI)
    await room.work()
    async with room.db.ward(MINATO) as conn:
        with pytest.raises(WrongState) as refused:
            await broadcasts.stop(conn, broadcast=made.id, note="x", **room.act(WATANABE))
        with pytest.raises(WrongState):
            await broadcasts.rewrite(conn, broadcast=made.id, draft=draft(), **room.act(WATANABE))
    assert refused.value.state is State.SENT
    assert refused.value.text.ja


async def test_a_notice_whose_last_day_passed_while_it_waited_is_not_sent(room: MailRoom) -> None:
    made = await written(room, draft(act_by=date(2026, 6, 14)))
    async with room.db.ward(MINATO) as conn:
        await broadcasts.ask_approval(conn, room.jobs, broadcast=made.id, **room.act(WATANABE))
    room.clock.now += timedelta(days=2)
    with pytest.raises(DraftRefused) as refused:
        await approves(room, made, KOBAYASHI)
    assert [fault.code for fault in refused.value.faults] == ["past"]


async def test_watanabe_leafs_through_the_notices_of_her_ward_newest_first(room: MailRoom) -> None:
    made = [await written(room) for _ in range(5)]
    async with room.db.ward(MINATO) as conn:
        first = await broadcasts.of_ward(conn, MINATO, first=2)
        rest = await broadcasts.of_ward(conn, MINATO, first=9, after=first[-1].id)
    assert [*first, *rest] == made[::-1]


async def test_nothing_is_counted_before_it_is_sent_and_nothing_of_another_ward(room: MailRoom) -> None:
    made = await asked(room)
    assert (await room.counts(made)).recipients == 0
    async with room.db.ward(SETAGAYA) as conn:
        with pytest.raises(NotThere):
            await broadcasts.counts(conn, SETAGAYA, made.id)
