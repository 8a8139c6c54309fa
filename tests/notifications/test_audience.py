"""Whom a notice is for, and that the database agrees with what is written down here."""

from __future__ import annotations

from datetime import date, datetime, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bff.db import Database
from notifications import tables
from notifications.audience import AgeRange, Audience, Contact, Headcount, Unit
from notifications.audience_sql import condition, headcount
from notifications.notice import Language
from tests.notifications.house import MINATO, SETAGAYA, MailRoom

NOW = datetime(2026, 6, 13, tzinfo=timezone.utc)  # noqa: UP017


def hana(*births: date, language: Language = Language.JA, ward: str | None = MINATO) -> Contact:
    return Contact(uuid4(), ward, language, frozenset(births))


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        (date(2020, 6, 13), date(2026, 6, 12), 5),
        (date(2020, 6, 13), date(2026, 6, 13), 6),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2020, 2, 29), date(2026, 3, 1), 6),
        (date(2020, 2, 29), date(2028, 2, 28), 7),
        (date(2020, 2, 29), date(2028, 2, 29), 8),
    ],
)
def test_hanas_child_is_a_year_older_from_the_birthday_on(birth: date, today: date, years: int) -> None:
    assert AgeRange(years, years).holds(birth, today)
    assert not AgeRange(years + 1, years + 1).holds(birth, today)


@pytest.mark.parametrize(
    ("birth", "today", "months"),
    [
        (date(2026, 6, 4), date(2026, 6, 13), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 2, 13), date(2026, 6, 13), 4),
    ],
)
def test_hanas_newborn_is_counted_in_full_months(birth: date, today: date, months: int) -> None:
    assert AgeRange(months, months, Unit.MONTHS).holds(birth, today)


def test_a_child_not_yet_born_has_no_age() -> None:
    assert not AgeRange(0, 100).holds(date(2026, 6, 14), date(2026, 6, 13))


@pytest.mark.parametrize(("least", "most"), [(-1, 3), (4, 3), (0, 500)])
def test_an_age_range_that_holds_nobody_cannot_be_made(least: int, most: int) -> None:
    with pytest.raises(ValueError, match="age range"):
        AgeRange(least, most)


def test_hana_of_minato_is_not_in_an_audience_of_setagaya_nor_someone_outside_the_wards() -> None:
    assert not Audience(SETAGAYA).includes(hana(), date(2026, 6, 13))
    assert not Audience(MINATO).includes(hana(ward=None), date(2026, 6, 13))
    assert Audience(MINATO).includes(hana(), date(2026, 6, 13))


def test_one_child_of_the_age_is_enough() -> None:
    mother = hana(date(2019, 7, 1), date(2026, 6, 4))
    assert Audience(MINATO, child_age=AgeRange(0, 3, Unit.MONTHS)).includes(mother, date(2026, 6, 13))
    assert not Audience(MINATO, child_age=AgeRange(1, 5)).includes(mother, date(2026, 6, 13))


def test_an_audience_comes_back_from_json_as_it_was() -> None:
    asked = Audience(MINATO, frozenset({Language.EN, Language.EASY}), AgeRange(4, 18, Unit.MONTHS))
    assert Audience.from_json(asked.to_json()) == asked
    assert Audience.from_json(Audience(MINATO).to_json()) == Audience(MINATO)


def test_a_handful_of_people_is_not_counted_out_loud() -> None:
    assert Headcount.of(4).text.ja == "5人未満"
    assert Headcount.of(0).text.ja == "5人未満"
    assert Headcount.of(5).text.ja == "5人"
    assert Headcount.of(4).exact is None


async def test_watanabe_sees_how_many_parents_she_would_reach_but_not_when_they_are_few(room: MailRoom) -> None:
    for language in [Language.JA] * 5 + [Language.EN] * 4:
        await room.resident(language=language, children=(date(2025, 6, 13), date(2025, 6, 13)))
    await room.resident(ward=SETAGAYA, children=(date(2025, 6, 13),))
    ones = AgeRange(1, 1)
    today = date(2026, 6, 13)
    async with room.db.ward(MINATO) as conn:
        assert await headcount(conn, Audience(MINATO, child_age=ones), today) == Headcount(9, 5)
        assert await headcount(conn, Audience(MINATO, frozenset({Language.EN}), ones), today) == Headcount(None, 5)
        assert await headcount(conn, Audience(SETAGAYA), today, floor=1) == Headcount(None, 1)


births = st.dates(date(2019, 12, 25), date(2026, 7, 1))
audiences = st.builds(
    Audience,
    ward=st.just(MINATO),
    languages=st.frozensets(st.sampled_from(Language)),
    child_age=st.none()
    | st.builds(
        lambda least, more, unit: AgeRange(least, least + more, unit),
        st.integers(0, 80),
        st.integers(0, 12),
        st.sampled_from(Unit),
    )
    | st.builds(lambda least, more: AgeRange(least, least + more), st.integers(0, 7), st.integers(0, 2)),
)
people = st.lists(
    st.builds(
        Contact,
        resident=st.uuids(),
        ward=st.sampled_from([MINATO, MINATO, SETAGAYA, None]),
        language=st.sampled_from(Language),
        children_births=st.frozensets(births, max_size=3),
    ),
    max_size=12,
    unique_by=lambda person: person.resident,
)
special_days = st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 1, 31)])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(everyone=people, audience=audiences, today=special_days | st.dates(date(2024, 1, 1), date(2026, 12, 31)))
async def test_the_database_finds_exactly_the_people_an_audience_holds(
    db: Database, everyone: list[Contact], audience: Audience, today: date
) -> None:
    expected = {person.resident for person in everyone if audience.includes(person, today)}
    assert await _found_by_the_database(db, everyone, audience, today) == expected


async def _found_by_the_database(db: Database, everyone: list[Contact], audience: Audience, today: date) -> set[UUID]:
    async with db.house() as conn:
        lines = [
            {"resident": person.resident, "ward": person.ward, "language": person.language.value, "kept_at": NOW}
            for person in everyone
        ]
        children = [
            {"resident": person.resident, "ward": person.ward, "birth_date": birth}
            for person in everyone
            for birth in person.children_births
        ]
        if lines:
            await conn.execute(insert(tables.contacts), lines)
        if children:
            await conn.execute(insert(tables.contact_children), children)
        found = await conn.execute(select(tables.contacts.c.resident).where(condition(audience, today)))
        residents = set(found.scalars())
        await conn.rollback()
    return residents
