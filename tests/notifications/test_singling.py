"""A size says how many, and of nobody whether she is among them."""

from __future__ import annotations

from datetime import date, timedelta

from pyroaring import BitMap

from notifications.audience import All, Any, Audience, ChildAge, ChildBorn, Marked, Not, Rule, Speaks, Unit
from notifications.audience.singling import Counted, as_counted, asks_too_closely, counted, marks_outside
from notifications.broadcasts.lately import Sent, got, overlaps
from notifications.notice import Language
from tests.notifications.test_audience import NOW, uuid4

SECRET = b"of this house"
TODAY = date(2026, 11, 27)
CARE = Marked("care:care3")
AT_SCHOOL = Marked("school:芝浜小学校")


def asked(rule: Rule, people: BitMap, day: date = TODAY, ward: str = "131032") -> Counted:
    return counted(people, Audience(ward, rule), day, SECRET)


def size(people: BitMap, rule: Rule = CARE, day: date = TODAY) -> int | None:
    return asked(rule, people, day).size().exact


def test_the_same_question_gives_the_same_number_in_whatever_order_it_is_put() -> None:
    one, other = BitMap(range(100, 400)), BitMap(range(500)) - BitMap(range(100)) - BitMap(range(400, 500))
    english, six = Speaks(Language.EN), ChildAge(6, 6)
    plain = All((CARE, Any((english, six))))
    in_months = ChildAge(72, 83, Unit.MONTHS)
    for rule in (
        All((Any((six, english)), CARE)),
        All((CARE, All((CARE, Any((english, english, six)))))),
        Not(Not(All((CARE, Any((english, Any((in_months,)))))))),
    ):
        assert asked(rule, other) == asked(plain, one)
    assert asked(All((CARE, english, six)), one).drawn != asked(plain, one).drawn


def test_two_unlike_numbers_prove_nothing_since_the_same_people_asked_for_otherwise_are_moved_otherwise() -> None:
    """(care ∧ B) and (care ∧ (B ∨ one birthday)): unlike numbers come of the same people as of one more."""
    same, more = [], []
    for seed in range(300):
        people = BitMap(range(seed * 1000, seed * 1000 + 40 + seed % 50))
        her = people | BitMap([seed * 1000 + 900])
        wider = All((CARE, Any((AT_SCHOOL, ChildBorn(TODAY - timedelta(seed), TODAY - timedelta(seed))))))
        before = size(people, All((CARE, AT_SCHOOL))) or 0
        same.append((size(people, wider) or 0) - before)
        more.append((size(her, wider) or 0) - before)
    for moved in (same, more):
        assert {-5, 0, 5} <= set(moved)
        assert min(moved.count(-5), moved.count(5)) > len(moved) / 30
        assert moved.count(0) > len(moved) / 2
    people = BitMap(range(43))
    assert len({size(people, day=TODAY + timedelta(n)) for n in range(9)}) > 1, "another day, another shift"
    assert len({asked(CARE, people, ward=ward).drawn for ward in ("131032", "131121")}) == 2
    assert all(abs((size(BitMap(range(n))) or 0) - n) <= 7 for n in range(10, 1000))


def test_the_floor_tells_nobody_under_it_and_not_everybody_just_over_it() -> None:
    told = {n: {size(BitMap(range(k, k + n))) for k in range(60)} for n in range(9)}
    assert all(told[n] == {None} for n in range(5))
    assert (told[5], told[6]) == ({None, 5}, {None, 5, 10})
    assert None not in told[7] | told[8]


def test_beside_a_care_level_or_a_life_event_birthdays_count_by_whole_months() -> None:
    day = ChildBorn(date(2024, 2, 10), date(2024, 2, 10))
    month = ChildBorn(date(2024, 2, 1), date(2024, 2, 29))
    closely, as_usual = Audience("131032", Any((CARE, Not(day)))), Audience("131032", All((AT_SCHOOL, day)))
    assert as_counted(closely, TODAY).rule == Any((CARE, Not(month)))
    assert as_counted(as_usual, TODAY) is as_usual
    aged = Audience("131032", All((Marked("event:birth"), ChildAge(0, 2, Unit.MONTHS))))
    assert as_counted(aged, TODAY).rule == All((Marked("event:birth"), ChildBorn(date(2026, 8, 1), date(2026, 11, 30))))


def test_a_share_is_told_in_tens_moved_a_little_and_of_too_few_not_at_all() -> None:
    many = asked(CARE, BitMap(range(200)))
    assert [many.share(part, "x") for part in (0, 1, 19, 100, 199, 200)] == [0, 0, 10, 50, 100, 100]
    assert asked(CARE, BitMap(range(19))).share(10, "x") is None
    twenty = [asked(CARE, BitMap(range(k, k + 20))) for k in range(40)]
    assert {None} < {one.share(10, "x") for one in twenty}, "nor does it tell that they are just enough"
    assert {len({one.share(9, str(n)) for n in range(20)} - {None}) > 1 for one in twenty} == {False, True}


def test_who_made_a_list_does_not_ask_it_for_what_is_only_asked_of_the_many() -> None:
    hers = Marked("list:1")
    assert asks_too_closely(All((hers, Marked("care:care3"))))
    assert asks_too_closely(Any((Not(hers), All((Speaks(Language.JA), Not(Marked("event:bereavement")))))))
    assert not asks_too_closely(All((hers, Marked("town:三田五丁目"))))
    assert marks_outside(All((Marked("school:芝"), Marked("class:芝:1"), Not(Marked("class:台:1")))), "芝") == {
        "class:台:1"
    }


def test_what_an_audience_got_this_week_is_counted_by_its_people() -> None:
    people = BitMap([1, 2, 3, 4])
    sent = [
        Sent(uuid4(), t, "ward", NOW, BitMap(m))
        for t, m in (("a", [1, 2, 9]), ("b", [2, 3]), ("c", [2, 8]), ("d", [7]))
    ]
    assert [(one.title, count) for one, count in overlaps(people, sent)] == [("a", 2), ("b", 2), ("c", 1)]
    assert [got(people, sent, least) for least in (1, 2, 3, 4)] == [3, 1, 1, 0]
