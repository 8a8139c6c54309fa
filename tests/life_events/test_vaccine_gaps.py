"""Every gap of the law against a day-by-day search, drawn where it goes wrong: at the ends of gaps and windows."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hypothesis import event, given
from hypothesis import strategies as st

from life_events import load_catalogue
from life_events.dates import month_birthday
from life_events.vaccines import planned

LAW = load_catalogue().law
DAY = timedelta(days=1)
Ends = tuple[Callable[[date], date], Callable[[date], date]]


def days(number: int) -> Callable[[date], date]:
    return lambda birth: birth + timedelta(days=number)


def months(number: int) -> Callable[[date], date]:
    return lambda birth: month_birthday(birth, number)


WINDOWS: Mapping[str, Ends] = {
    "rota1": (days(42), days(168)),
    "rota5": (days(42), days(224)),
    "hepb": (days(0), lambda birth: month_birthday(birth, 12) - DAY),
    "dpt5": (months(2), lambda birth: month_birthday(birth, 90) - DAY),
    "je1": (months(6), lambda birth: month_birthday(birth, 90) - DAY),
    "varicella": (months(12), lambda birth: month_birthday(birth, 36) - DAY),
}
"""First and last day (fact sheet, 3.4)."""
GAPS: Mapping[str, tuple[tuple[int, Callable[[date], date]], ...]] = {
    "rota1": ((1, days(28)),),
    "rota5": ((1, days(28)), (2, days(28))),
    "hepb": ((1, days(28)), (1, days(140))),
    "dpt5": ((1, days(21)), (2, days(21)), (3, months(6))),
    "je1": ((1, days(7)), (2, months(6))),
    "varicella": ((1, months(3)),),
}
"""For the second dose on: from which dose it counts, and the first day allowed (「27日以上の間隔」 is the 28th day)."""
JUST_ABOUT = st.sampled_from((0, 1, 2, 6, 7, 20, 27, 28, 29, 111, 112, 139, 140))
"""Days added to the first one allowed: none, or about another vaccine's or dose's gap."""


def allowed(id: str, birth: date, had: list[date]) -> date:
    """The first day on which the next dose may be given, found by walking from the day after the last one."""
    after, first = GAPS[id][len(had) - 1]
    day = had[-1] + DAY
    while day < WINDOWS[id][0](birth) or day < first(had[after - 1]):
        day += DAY
    return day


@st.composite
def half_vaccinated(draw: st.DrawFn) -> tuple[str, date, list[date], date]:
    """A vaccine, a birth, some doses at or just after the first day allowed, and a day of judgement."""
    id = draw(st.sampled_from(sorted(GAPS)))
    birth = draw(st.dates(date(2024, 4, 1), date(2040, 12, 31)))
    opens, closes = (end(birth) for end in WINDOWS[id])
    back = draw(st.sampled_from((None, 28, 29, 56, 139, 140, 141, 168, 183)))
    begun = opens + timedelta(days=draw(JUST_ABOUT)) if back is None else max(opens, closes - timedelta(days=back))
    had = [begun]
    for _ in range(draw(st.integers(0, len(GAPS[id]) - 1))):
        had.append(allowed(id, birth, had) + timedelta(days=draw(JUST_ABOUT)))
    ahead = draw(st.sampled_from(("given", "allowed", "last", "too late")))
    last = {"given": had[-1], "allowed": allowed(id, birth, had), "last": closes, "too late": closes + DAY}[ahead]
    return id, birth, had, max(last, had[-1])


@given(half_vaccinated())
def test_the_next_dose_is_told_from_the_first_day_the_law_allows_and_to_the_last(
    child: tuple[str, date, list[date], date],
) -> None:
    id, birth, had, today = child
    first, closes = allowed(id, birth, had), WINDOWS[id][1](birth)
    told = [(dose.number, dose.earliest, dose.last) for dose in planned(LAW.vaccine(id), birth, had, today)[:1]]
    in_time = max(first, today) <= closes
    event(f"{id} {'in time' if in_time else 'too late'}")
    assert told == ([(len(had) + 1, first, closes)] if in_time else [])
