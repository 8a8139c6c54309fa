"""Whom a notice is for, and that the database agrees with what is written down here."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from bff.db import Database
from notifications import tables
from notifications.audience import (
    AgeRange,
    All,
    Any,
    Audience,
    ChildAge,
    ChildBorn,
    Contact,
    Headcount,
    Marked,
    Not,
    Speaks,
    Unit,
    is_within,
    named,
)
from notifications.audience.bitmaps import Bitmaps
from notifications.audience.rules import DEEPEST
from notifications.audience.sql import condition, headcount
from notifications.notice import Language
from tests.notifications.house import MINATO, SETAGAYA, MailRoom

NOW = datetime(2026, 6, 13, tzinfo=timezone.utc)  # noqa: UP017


def hana(
    *births: date,
    language: Language = Language.JA,
    ward: str | None = MINATO,
    marks: frozenset[str] = frozenset(),
) -> Contact:
    return Contact(uuid4(), ward, language, frozenset(births), marks)


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
    assert Audience(MINATO, ChildAge(0, 3, Unit.MONTHS)).includes(mother, date(2026, 6, 13))
    assert not Audience(MINATO, ChildAge(1, 5)).includes(mother, date(2026, 6, 13))
    assert Audience(MINATO, ChildBorn(date(2026, 6, 4), date(2026, 6, 4))).includes(mother, date(2026, 6, 13))


def test_and_or_and_not_mean_what_they_say() -> None:
    mother = hana(date(2019, 7, 1), marks=frozenset({"school:芝浜小学校", "town:131032001"}))
    of_school, easy = Marked("school:芝浜小学校"), Speaks(Language.EASY)
    for rule, held in (
        (All(()), True),
        (All((of_school, easy)), False),
        (Any((of_school, easy)), True),
        (Not(easy), True),
        (All((of_school, Not(Any((easy, Marked("care:3")))))), True),
        (All((of_school, Not(Marked("town:131032001")))), False),
    ):
        assert Audience(MINATO, rule).includes(mother, date(2026, 6, 13)) is held, rule


def test_an_audience_comes_back_from_json_as_it_was() -> None:
    spoken = Any((Speaks(Language.EN), Not(Speaks(Language.EASY))))
    born = ChildBorn(date(2020, 4, 2), date(2021, 4, 1))
    for asked in (Audience(MINATO), Audience(MINATO, All((spoken, ChildAge(4, 18, Unit.MONTHS), born)))):
        assert Audience.from_json(json.loads(json.dumps(asked.to_json()))) == asked


def test_what_was_kept_before_there_were_rules_is_still_understood() -> None:
    age = {"least": 4, "most": 18, "unit": "months"}
    kept = {"ward": MINATO, "languages": ["en", "easy"], "child_age": age, "school": "芝浜小学校"}
    spoken = Any((Speaks(Language.EASY), Speaks(Language.EN)))
    school = Marked("school:芝浜小学校")
    assert Audience.from_json(kept) == Audience(MINATO, All((spoken, ChildAge(4, 18, Unit.MONTHS), school)))
    bare = {"ward": MINATO, "languages": [], "child_age": None, "school": None}
    assert Audience.from_json(bare) == Audience(MINATO)


def _deep(rule: dict[str, object], times: int) -> dict[str, object]:
    return _deep({"is": "not", "rule": rule}, times - 1) if times else rule


@pytest.mark.parametrize(
    "rule",
    [
        {"is": "any", "of": []},
        {"is": "marked", "mark": "name:花子"},
        {"is": "marked", "mark": "school:"},
        {"is": "marked", "mark": "school:a\nb"},
        {"is": "speaks", "language": "klingon"},
        {"is": "child_age", "least": 6, "most": 3},
        {"is": "child_born", "since": "2026-04-02", "until": "2026-04-01"},
        {"is": "everybody"},
        {"is": "not", "rule": {"is": "all", "of": []}, "but": 1},
        {"is": "any", "of": [{"is": "speaks", "language": "ja"}] * 300},
        _deep({"is": "all", "of": []}, 6),
        _deep({"is": "all", "of": []}, 900),
    ],
)
def test_a_rule_that_nobody_could_mean_is_refused(rule: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        Audience.from_json({"ward": MINATO, "rule": rule})


def test_a_reader_learns_which_marks_an_audience_asks_for_and_not_which_it_excludes() -> None:
    rule = All(
        (Any((Marked("class:芝:1-2"), Marked("class:芝:1-3"))), Not(Any((Marked("care:3"), Not(Marked("town:1"))))))
    )
    assert named(rule) == {"class:芝:1-2", "class:芝:1-3", "town:1"}
    assert is_within(All((Marked("school:芝"), Speaks(Language.JA))), "school:芝")
    assert not is_within(Any((Marked("school:芝"), Speaks(Language.JA))), "school:芝")


def test_a_handful_of_people_is_not_counted_out_loud() -> None:
    assert Headcount.of(4).text.ja == "5人未満"
    assert Headcount.of(0).text.ja == "5人未満"
    assert Headcount.of(5).text.ja == "5人"
    assert Headcount.of(4).exact is None


async def test_watanabe_sees_how_many_parents_she_would_reach_but_not_when_they_are_few(room: MailRoom) -> None:
    for language in [Language.JA] * 5 + [Language.EN] * 4:
        await room.resident(language=language, children=(date(2025, 6, 13), date(2025, 6, 13)))
    await room.resident(ward=SETAGAYA, children=(date(2025, 6, 13),))
    ones = ChildAge(1, 1)
    today = date(2026, 6, 13)
    async with room.db.ward(MINATO) as conn:
        assert await headcount(conn, Audience(MINATO, ones), today) == Headcount(9, 5)
        assert await headcount(conn, Audience(MINATO, All((Speaks(Language.EN), ones))), today) == Headcount(None, 5)
        assert await headcount(conn, Audience(SETAGAYA), today, floor=1) == Headcount(None, 1)


births = st.dates(date(2019, 12, 25), date(2026, 7, 1))
ages = st.builds(
    lambda least, more, unit: ChildAge(least, least + more, unit),
    st.integers(0, 80),
    st.integers(0, 12),
    st.sampled_from(Unit),
) | st.builds(lambda least, more: ChildAge(least, least + more), st.integers(0, 7), st.integers(0, 2))
said = st.builds(lambda a, b: ChildBorn(min(a, b), max(a, b)), births, births)
MARKS = ("school:芝浜小学校", "class:芝浜小学校:1-2", "town:131032001", "care:3")
leaves = ages | said | st.builds(Speaks, st.sampled_from(Language)) | st.builds(Marked, st.sampled_from(MARKS))
rules = st.recursive(
    leaves,
    lambda inner: (
        st.builds(All, st.lists(inner, max_size=3).map(tuple))
        | st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Not, inner)
    ),
    max_leaves=6,
).filter(lambda rule: rule.depth <= DEEPEST)
audiences = st.builds(Audience, st.just(MINATO), rules)
people = st.lists(
    st.builds(
        Contact,
        resident=st.uuids(),
        ward=st.sampled_from([MINATO, MINATO, SETAGAYA, None]),
        language=st.sampled_from(Language),
        children_births=st.frozensets(births, max_size=3),
        marks=st.frozensets(st.sampled_from(MARKS), max_size=3),
    ),
    max_size=12,
    unique_by=lambda person: person.resident,
)
special_days = st.sampled_from([date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2026, 1, 31)])


@settings(max_examples=80, deadline=None)
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
        numbered = await conn.execute(select(tables.contacts.c.resident, tables.contacts.c.number))
        numbers = {row.resident: row.number for row in numbered}
        marks = [
            {"resident": person.resident, "number": numbers[person.resident], "ward": person.ward, "mark": mark}
            for person in everyone
            for mark in person.marks
            if person.ward
        ]
        if marks:
            await conn.execute(insert(tables.contact_marks), marks)
        if children:
            await conn.execute(insert(tables.contact_children), children)
        found = await conn.execute(select(tables.contacts).where(condition(audience, today)))
        rows = found.all()
        residents = {row.resident for row in rows}
        assert set(await Bitmaps().members(conn, audience, today)) == {row.number for row in rows}
        await conn.rollback()
    return residents
