"""A report that is asked for every year in the same window."""

from datetime import date, timedelta

from life_events.verdict import Done, Due, NotYet, Open, Verdict, because, not_concerned

BEFOREHAND = timedelta(days=31)
"""How long before it opens a report is announced."""
LATE = timedelta(days=61)
"""How long a missed report is called late: after that nothing tells whether it was really missed."""

Days = tuple[date, date]


def report(window: Days, filed: date | None, today: date, *, asks: str, late: bool = True) -> Verdict:
    """`window`: under way, or the next. `filed`: the day told for the question `asks`; it counts for one year.

    `late`: whether a missed report is spoken of once the window has closed.
    """
    opens, closes = window
    since = opens if opens <= today else _a_year_before(opens)
    if today >= opens - BEFOREHAND and opens > today:
        return NotYet(opens=opens, by=closes, because=because("soon", opens=opens, by=closes))
    if filed is not None and filed >= since:
        return Done(because=because("filed", filed=filed))
    if opens <= today:
        return Due(by=closes, opens=opens, because=because("due", by=closes), asks=(asks,))
    if late and in_season(window, today):
        return Open(because=because("late", by=_a_year_before(closes)), asks=(asks,))
    return not_concerned()


def in_season(window: Days, today: date) -> bool:
    """Whether the report is near enough to be asked about: from its announcement until a missed one is forgotten."""
    opens, closes = window
    return today >= opens - BEFOREHAND or today <= _a_year_before(closes) + LATE


def _a_year_before(day: date) -> date:
    """The windows open and close on days that every year has."""
    return day.replace(year=day.year - 1)
