"""A morning is cut into chunks: any worker takes any of them, and one that is broken off is gone on with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from bff import db as database
from bff.facts.judged import keep_judged
from bff.identity.residents import Basics, welcome
from bff.journeys import judging
from notifications.push.chunks import wake
from tests.house.worker_process import worker
from tests.town import Town

FEW = 5
JUDGED = text("SELECT resident, told_at FROM kept_facts WHERE source = 'judged'")


@pytest.fixture
async def twenty_three(town: Town) -> list[UUID]:
    """Residents who were all judged yesterday, by id."""
    house, made = town.house, []
    async with house.db.house() as conn:
        for number in range(23):
            welcomed = await welcome(
                conn,
                issuer="i",
                sub=str(number),
                basics=Basics("誰か", "東京都港区芝公園1-5-25"),
                wards=house.wards,
                keys=house.keys,
                new_id=uuid4,
                now=house.clock(),
            )
            who = welcomed.resident
            await keep_judged(conn, who, (), house.clock() - timedelta(days=1))
            made.append(who.id)
    return sorted(made)


async def when_judged(town: Town) -> dict[UUID, datetime]:
    async with town.house.db.house() as conn:
        return {row.resident: row.told_at for row in await conn.execute(JUDGED)}


async def chunks(town: Town) -> list[tuple[UUID, UUID]]:
    async with town.house.db.house() as conn:
        jobs = await conn.execute(
            text("SELECT args FROM procrastinate_jobs WHERE task_name = 'judge_chunk' ORDER BY id")
        )
        return [(UUID(job.args["after"]), UUID(job.args["until"])) for job in jobs]


async def test_everybody_is_in_exactly_one_chunk(town: Town, twenty_three: list[UUID]) -> None:
    await judging.promise_morning(town.house, town.house.clock(), most=FEW)
    found = await chunks(town)
    assert len(found) == 5
    held = [[one for one in twenty_three if after < one <= until] for after, until in found]
    assert [one for chunk in held for one in chunk] == twenty_three
    assert max(len(chunk) for chunk in held) == FEW


async def test_every_chunk_is_kept_by_whatever_worker_takes_it(town: Town, twenty_three: list[UUID]) -> None:
    morning = town.house.clock()
    await judging.promise_morning(town.house, morning, most=FEW)
    await town.promises_are_kept()
    judged = await when_judged(town)
    assert set(judged) == set(twenty_three)
    assert min(judged.values()) >= morning


async def test_a_home_that_does_not_open_keeps_nobody_else_from_theirs(town: Town, twenty_three: list[UUID]) -> None:
    morning, odd = town.house.clock(), twenty_three[7]
    async with town.house.db.house() as conn:
        await conn.execute(text("UPDATE kept_facts SET value = 'x' WHERE resident = :id"), {"id": odd})
    await judging.promise_morning(town.house, morning, most=FEW)
    await town.promises_are_kept()
    judged = await when_judged(town)
    assert [one for one in twenty_three if judged[one] < morning] == [odd]


async def test_a_chunk_done_again_passes_over_whom_it_had_come_to(town: Town, twenty_three: list[UUID]) -> None:
    morning = town.house.clock()
    tenth = twenty_three[9]
    await judging.judge_chunk(town.house, morning, judging.FIRST, tenth)
    before = await when_judged(town)
    await judging.judge_chunk(town.house, morning, judging.FIRST, judging.LAST)
    after = await when_judged(town)
    assert all(after[one] == before[one] for one in twenty_three if one <= tenth)
    assert all(after[one] >= morning for one in twenty_three)


async def test_what_is_left_of_yesterday_is_left_to_today(town: Town, twenty_three: list[UUID]) -> None:
    yesterday = town.house.clock() - judging.LASTS
    before = await when_judged(town)
    await judging.judge_chunk(town.house, yesterday, judging.FIRST, judging.LAST)
    assert await when_judged(town) == before


@pytest.mark.slow
async def test_a_worker_that_is_killed_in_mid_chunk_leaves_the_rest_to_another(
    town: Town, twenty_three: list[UUID]
) -> None:
    morning, in_hand, settings = town.house.clock(), twenty_three[12], replace(town.settings, stalled_after=2)
    await judging.promise_morning(town.house, morning, most=FEW)

    async def all_done(but: int) -> bool:
        return sum(at >= morning for at in (await when_judged(town)).values()) == len(twenty_three) - but

    async with town.house.db.house() as conn:  # at the third of the third chunk the worker has to wait
        await conn.execute(text("SELECT 1 FROM kept_facts WHERE resident = :id FOR UPDATE"), {"id": in_hand})
        with worker(settings) as first:
            await first.works_until(lambda: all_done(but=3))
            first.dies()
    done = {one: at for one, at in (await when_judged(town)).items() if at >= morning}
    assert twenty_three[11] in done
    with worker(settings) as second:
        await second.works_until(lambda: all_done(but=0))
    after = await when_judged(town)
    assert {one: after[one] for one in done} == done, "nobody is judged twice in a morning"


async def test_a_wave_that_is_due_later_keeps_no_push_of_now_waiting(town: Town) -> None:
    taken = text("SELECT (procrastinate_fetch_job_v2(ARRAY['house'], NULL)).scheduled_at IS NULL")
    later = town.house.clock() + timedelta(days=3650)
    async with town.house.db.house() as conn:
        await wake(conn, database.defer, at=later)
        await wake(conn, database.defer)
        assert (await conn.execute(taken)).scalar_one() is True
