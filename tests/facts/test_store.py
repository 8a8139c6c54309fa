"""Kept facts: sealed, hers alone, for their time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from bff.exchange.silence import Why
from bff.facts import store
from bff.facts.store import Gap, Told
from bff.identity.keys import Unreadable
from life_events import EnteredValue, Given
from life_events.terms import UNKNOWN
from tests.connectors.examples import part
from tests.facts.conftest import TEN_PAST_NINE, Town

HOUR = timedelta(hours=1)
HOUSEHOLD = part("registry")


async def test_facts_are_unreadable_in_the_database(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_told(conn, hana, "registry", Told(HOUSEHOLD, TEN_PAST_NINE, None))
        value = (await conn.execute(text("SELECT value FROM kept_facts"))).scalar_one()
    assert "佐藤".encode() not in value
    assert b"m-1001" not in value


async def test_another_resident_sees_and_changes_nothing(street_town: Town) -> None:
    hana, ken = await street_town.comes("hana"), await street_town.comes("ken")
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_told(conn, hana, "registry", Told(HOUSEHOLD, TEN_PAST_NINE, None))
    async with street_town.db.resident(ken.id) as conn:
        assert await store.kept(conn, hana, TEN_PAST_NINE) == {}
        for table, column in (("kept_facts", "resident"), ("grants", "resident"), ("residents", "id")):
            await conn.execute(text(f"DELETE FROM {table} WHERE {column} = :hana"), {"hana": hana.id})
    async with street_town.db.resident(hana.id) as conn:
        assert set(await store.kept(conn, hana, TEN_PAST_NINE)) == {"registry"}


async def test_a_row_moved_to_another_resident_or_source_does_not_open(street_town: Town) -> None:
    hana, ken = await street_town.comes("hana"), await street_town.comes("ken")
    async with street_town.db.house() as conn:
        await store.settle_told(conn, hana, "registry", Told(HOUSEHOLD, TEN_PAST_NINE, None))
        await conn.execute(text("UPDATE kept_facts SET resident = :ken"), {"ken": ken.id})
        with pytest.raises(Unreadable):
            await store.kept(conn, ken, TEN_PAST_NINE)
        await conn.execute(text("UPDATE kept_facts SET resident = :hana, source = 'care'"), {"hana": hana.id})
        with pytest.raises(Unreadable):
            await store.kept(conn, hana, TEN_PAST_NINE)


async def test_facts_beyond_their_time_are_not_shown_and_then_forgotten(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.house() as conn:
        await store.settle_told(conn, hana, "registry", Told(HOUSEHOLD, TEN_PAST_NINE, TEN_PAST_NINE + HOUR))
        assert (await store.kept(conn, hana, TEN_PAST_NINE))["registry"].told is not None
        held = await store.kept(conn, hana, TEN_PAST_NINE + HOUR)
        assert held["registry"].told is None
        assert store.facts_of(held).registry is UNKNOWN
        assert await store.forget_expired(conn, TEN_PAST_NINE + HOUR) == 1


async def test_facts_kept_in_a_shape_of_another_version_are_asked_for_anew(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_told(conn, hana, "registry", Told(HOUSEHOLD, TEN_PAST_NINE, None))
        sealed = hana.key.seal("facts:registry", b'{"ward": 131032}')
        await conn.execute(text("UPDATE kept_facts SET value = :sealed"), {"sealed": sealed})
        assert (await store.kept(conn, hana, TEN_PAST_NINE))["registry"].told is None


async def test_her_own_answers_are_kept_changed_and_taken_back(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.answer(conn, hana, {}, "moving", True, TEN_PAST_NINE)
        await store.answer(conn, hana, {}, "moving_on", "2026-12-01", TEN_PAST_NINE + HOUR)
        facts = store.facts_of(await store.kept(conn, hana, TEN_PAST_NINE))
        assert facts.answers.values == {"moving": True, "moving_on": "2026-12-01"}
        await store.answer(conn, hana, {}, "moving", None, TEN_PAST_NINE + HOUR)
        facts = store.facts_of(await store.kept(conn, hana, TEN_PAST_NINE))
        assert facts.answers.values == {"moving_on": "2026-12-01"}


async def test_answers_of_before_each_had_its_time_were_given_when_the_last_was(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_told(conn, hana, "self", Told(HOUSEHOLD, TEN_PAST_NINE, None))
        sealed = hana.key.seal("facts:self", b'{"values": {"moving": true}}')
        await conn.execute(text("UPDATE kept_facts SET value = :sealed"), {"sealed": sealed})
        await store.answer(conn, hana, {}, "has_dog", False, TEN_PAST_NINE + HOUR)
        answers = store.facts_of(await store.kept(conn, hana, TEN_PAST_NINE)).answers
    assert answers.values == {"moving": True, "has_dog": False}
    assert answers.times["moving"] == Given(TEN_PAST_NINE, TEN_PAST_NINE)
    assert answers.times["has_dog"].at == TEN_PAST_NINE + HOUR


async def test_two_first_answers_given_at_once_are_both_kept(street_town: Town) -> None:
    hana = await street_town.comes()

    async def answers(fact: str) -> None:
        async with street_town.db.resident(hana.id) as conn:
            await store.answer(conn, hana, {}, fact, True, TEN_PAST_NINE)

    await asyncio.gather(answers("moving"), answers("employed"))
    async with street_town.db.resident(hana.id) as conn:
        facts = store.facts_of(await store.kept(conn, hana, TEN_PAST_NINE))
    assert set(facts.answers.values) == {"moving", "employed"}


async def test_a_silence_before_anything_was_told_is_a_gap_alone(street_town: Town) -> None:
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_silent(conn, hana.id, Gap("care", Why.TIMEOUT, TEN_PAST_NINE))
        held = await store.kept(conn, hana, TEN_PAST_NINE)
    assert (held["care"].told, held["care"].gap) == (None, Gap("care", Why.TIMEOUT, TEN_PAST_NINE))


async def test_what_she_entered_is_forgotten_after_13_months_value_by_value(street_town: Town) -> None:
    hana, month = await street_town.comes(), timedelta(days=31)
    later = TEN_PAST_NINE + 6 * month
    async with street_town.db.house() as conn:
        for term, at in (("me.phone", TEN_PAST_NINE), ("me.employer", later)):
            await store.enter(conn, hana, {term: EnteredValue("x", "p", at)}, at)
        nobody = UUID(int=0)
        assert await store.with_old_entries(conn, TEN_PAST_NINE + 12 * month, after=nobody, most=9) == []
        end = TEN_PAST_NINE + 13 * month
        assert await store.with_old_entries(conn, end, after=nobody, most=9) == [hana.id]
        assert await store.forget_expired(conn, end) == 0
        await store.forget_entered(conn, hana, end)
        kept = store.facts_of(await store.kept(conn, hana, end))
        assert list(kept.entered.values) == ["me.employer"]
        assert await store.with_old_entries(conn, end, after=nobody, most=9) == []
        await store.forget_entered(conn, hana, later + 13 * month)
        assert "entered" not in await store.kept(conn, hana, later + 13 * month)


async def test_home_opens_no_record_that_is_told_on_her_wish(street_town: Town) -> None:
    """The row of the seal register cannot be opened at all here, and nobody notices."""
    hana = await street_town.comes()
    async with street_town.db.resident(hana.id) as conn:
        await store.settle_told(conn, hana, "registry", Told(HOUSEHOLD, TEN_PAST_NINE, None))
        await store.settle_told(conn, hana, "seal", Told(part("seal"), TEN_PAST_NINE, None))
        await conn.execute(text("UPDATE kept_facts SET value = '\\x00' WHERE source = 'seal'"))
        assert set(await store.kept(conn, hana, TEN_PAST_NINE, store.OF_HOME)) == {"registry"}
        with pytest.raises(Unreadable):
            await store.kept(conn, hana, TEN_PAST_NINE)
