"""Rules of vaccinations: reminders only. Home shows the next visit of a child, never the whole timetable."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.pregnancy import expecting
from life_events.rules.rule import household_rule, person_rule
from life_events.terms import UNKNOWN, Text
from life_events.vaccine_visits import (
    Given,
    Visit,
    as_usual,
    beginning,
    closing,
    next_visit,
    of_children,
    until_months,
)
from life_events.vaccines import Outlook, Vaccine, outlook
from life_events.verdict import Because, Done, Due, NotYet, Open, Verdict, ask, because, not_concerned, unheard

PERHAPS_DONE = timedelta(days=31)
"""After that long past the usual day a dose nobody told of is taken as given, so that a home stays calm."""
COMING = timedelta(days=60)
"""How long before its first or last day a visit is worth a line."""
ENCEPHALITIS = {"je1": 3, "je2": 1}
"""All doses of both series."""
HALF_YEAR, YEAR = timedelta(days=183), timedelta(days=366)


def child_vaccination(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """予防接種法5条・同法施行令3条: the next usual visit, and the last chances."""
    mine = raised_by_me(facts, home, child)
    if _grown(law, child, today):
        return _catch_up(facts, law, today, child) if mine or child.me else not_concerned()
    return _next(facts, law, today, child) if mine else not_concerned()


def _next(facts: Facts, law: Law, today: date, child: Member) -> Verdict:
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    given = _told(facts, law, child, today)
    vaccines = of_children(law.vaccines, today, given)
    supposed = as_usual(vaccines, child.birth_date, today - PERHAPS_DONE) if given is None else given
    gap = law.number("live_vaccine_gap", today)
    visit = next_visit(vaccines, child.birth_date, supposed, today, gap)
    asks = _asks(facts, child, given)
    closes = None if given is not None else _perhaps_missing(vaccines, child, today, visit, asks)
    if closes is not None:
        return closes
    opens = date.max if visit is None else _booking(law, visit, child, today, supposed)
    if visit is None or opens > today + COMING:
        return not_concerned()
    if opens > today:
        return NotYet(opens=opens, because=_reason("coming", visit, child))
    return _book(visit, opens, child, today, asks)


def _grown(law: Law, child: Member, today: date) -> bool:
    """Past the last day of every free vaccine of childhood: the eve of a birthday (「13歳に至るまで」) still counts."""
    free = (one for one in law.vaccines if one.target == "child" and one.routine)
    return today > max(one.window(child.birth_date)[1] for one in free)


def _catch_up(facts: Facts, law: Law, today: date, child: Member) -> Verdict:
    """予防接種法施行令附則 (日本脳炎の特例): told in the last half-year, unless all four are known to be given."""
    special = law.vaccine("je2").catch_up
    by = special.last(child.birth_date) if special else None
    if by is None or not today <= by <= today + HALF_YEAR:
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    given = _told(facts, law, child, today)
    if given is not None and all(len(given.get(id, ())) >= doses for id, doses in ENCEPHALITIS.items()):
        return not_concerned()
    return Due(by=by, because=because("catch_up", child=child.name, by=by), asks=_asks(facts, child, None))


def _book(visit: Visit, opens: date, child: Member, today: date, asks: tuple[str, ...]) -> Verdict:
    why = _why(visit, child, today)
    if visit.by > today + COMING:
        return Open(opens=opens, because=why, asks=asks)
    return Due(by=visit.by, opens=opens, because=why, asks=asks)


def _why(visit: Visit, child: Member, today: date) -> Because:
    """Doses that are lost come first, then those that will be, then the last day of the visit itself."""
    late = [one for one in visit.series if one.lost]
    if late:
        return because("lost", child=child.name, vaccines=_of(visit), lost=_lost(late), by=visit.by)
    if visit.by < visit.last and visit.by <= today + COMING:
        series = _names(one.vaccine.name for one in visit.series if one.by == visit.by)
        return because("begin_by", child=child.name, vaccines=_of(visit), series=series, by=visit.by)
    if visit.on <= today and visit.last <= today + PERHAPS_DONE:
        return because("last_chance", child=child.name, vaccines=_of(visit), by=visit.last)
    return _reason("book", visit, child)


def _lost(late: Iterable[Outlook]) -> Text:
    return _names(_numbered(one.vaccine, number) for one in late for number in one.lost)


def _perhaps_missing(
    vaccines: Sequence[Vaccine], child: Member, today: date, visit: Visit | None, asks: tuple[str, ...]
) -> Due | None:
    """The window that closes next, or the last day to begin a series, before the next visit; nobody told anything."""
    birth = child.birth_date
    begun = {one.by: one for one in beginning(vaccines, birth, today, COMING)}
    soon = {one.window(birth)[1]: one for one in closing(vaccines, birth, today, COMING)}
    by = min([*soon, *begun], default=date.max)
    if by == date.max or (visit is not None and visit.on <= by):
        return None
    if by not in soon:
        told = because("perhaps_begin", child=child.name, vaccines=begun[by].vaccine.name, by=by)
        return Due(by=by, because=told, asks=asks)
    ending = [one for one in vaccines if one.window(birth)[1] == by]
    return Due(by=by, because=_perhaps(by, ending, child, today), asks=asks)


def _perhaps(by: date, ending: Sequence[Vaccine], child: Member, today: date) -> Because:
    seen = [outlook(one, child.birth_date, (), today) for one in ending]
    late = [one for one in seen if one and one.lost]
    names = _names(one.name for one in ending)
    if late:
        return because("perhaps_late", child=child.name, vaccines=names, lost=_lost(late), by=by)
    return because("perhaps_missing", child=child.name, vaccines=names, by=by)


def _told(facts: Facts, law: Law, child: Member, today: date) -> Given | None:
    """The doses the register of vaccinations holds, else those she told of; None: nobody told."""
    assert facts.childcare is not UNKNOWN
    if facts.childcare.vaccinations is not None:
        return facts.childcare.doses_of(child.person)
    until = facts.answers.word("vaccinated_until", child.person)
    if until is None:
        return None
    visited = facts.answers.day("vaccinated_on", child.person)
    vaccines = of_children(law.vaccines, today)
    if until == "0":
        return {}
    return as_usual(vaccines, child.birth_date, until_months(child.birth_date, int(until)), visited)


def _asks(facts: Facts, child: Member, given: Given | None) -> tuple[str, ...]:
    """A register needs no questions; whoever told the last age may also tell the day of that visit."""
    assert facts.childcare is not UNKNOWN
    if facts.childcare.vaccinations is not None:
        return ()
    fact = f"vaccinated_until:{child.person}"
    return (fact,) if not given else (fact, f"vaccinated_on:{child.person}")


def _booking(law: Law, visit: Visit, child: Member, today: date, given: Given) -> date:
    """The first visit is booked at 6 weeks of age, when rota opens; the others two weeks before."""
    before = visit.on - law.days("vaccine_booking_before", today)
    if any(given.values()):
        return before
    return min(child.birth_date + law.days("vaccine_first_booking", today), before)


def hpv_vaccination(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """予防接種法施行令3条 (HPV): for girls from 小6 to 高1; who begins from 15 on needs months for three doses."""
    vaccine = law.vaccine("hpv")
    if not raised_by_me(facts, home, child) or child.sex != "female" or vaccine.start > today:
        return not_concerned()
    opens, closes = vaccine.window(child.birth_date)
    if not opens <= today <= closes:
        return not_concerned()
    begun = facts.answers.word("hpv_doses", child.person)
    if begun == "all":
        return Done(because=because("vaccinated", child=child.name))
    return _hpv(vaccine, child, today, closes, begun == "some")


def _hpv(vaccine: Vaccine, child: Member, today: date, closes: date, begun: bool) -> Verdict:
    asks = (f"hpv_doses:{child.person}",)
    ahead = None if begun or closes > today + YEAR else outlook(vaccine, child.birth_date, (), today)
    if ahead and ahead.lost:
        return Due(by=closes, because=because("late", child=child.name, closes=closes), asks=asks)
    if ahead and ahead.by <= today + HALF_YEAR:
        return Due(by=ahead.by, because=because("begin_by", child=child.name, by=ahead.by, closes=closes), asks=asks)
    if closes <= today + HALF_YEAR:
        return Due(by=closes, because=because("last_chance", child=child.name, by=closes), asks=asks)
    return Open(because=because("may", child=child.name, closes=closes), asks=asks)


def rsv_maternal_vaccination(facts: Facts, law: Law, today: date) -> Verdict:
    """予防接種法施行令3条 (RSウイルス 母子免疫): from 28w0d to 36w6d of pregnancy; 40w0d is the due date."""
    due = facts.answers.day("due_date")
    if not expecting(facts, law, today) or facts.answers.yes("rsv_vaccinated"):
        return not_concerned()
    if due is None:
        return ask("due_date", "ask_due_date")
    opens, by = law.vaccine("rsv_maternal").window(due - law.days("pregnancy_term", today))
    if today > by:
        return not_concerned()
    if today < opens:
        return NotYet(opens=opens, by=by, because=because("soon", opens=opens, by=by))
    return Due(by=by, opens=opens, because=because("open", by=by), asks=("rsv_vaccinated",))


def voluntary_vaccination(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """任意接種 (おたふくかぜ, インフルエンザ): no law; wards pay part of it for children."""
    if not raised_by_me(facts, home, child) or _grown(law, child, today):
        return not_concerned()
    may = [one.name for one in law.vaccines if not one.routine and one.first.on(child.birth_date) <= today]
    return Open(because=because("may", child=child.name, vaccines=_names(may))) if may else not_concerned()


def _reason(key: str, visit: Visit, child: Member) -> Because:
    return Because(key, {"child": child.name, "vaccines": _of(visit), "visit": visit.on})


def _of(visit: Visit) -> Text:
    return _names(_numbered(dose.vaccine, dose.number) for dose in visit.doses)


def _numbered(vaccine: Vaccine, number: int) -> Text:
    if all(len(course.doses) == 1 for course in vaccine.courses):
        return vaccine.name
    name = vaccine.name
    return Text(f"{name.ja}{number}回目", f"{name.easy} {number}回目", f"{name.en} no. {number}")


def _names(names: Iterable[Text]) -> Text:
    told = list(names)
    return Text(
        "、".join(name.ja for name in told), "、".join(name.easy for name in told), ", ".join(name.en for name in told)
    )


RULES = (
    person_rule(
        child_vaccination,
        *(
            "book",
            "begin_by",
            "lost",
            "last_chance",
            "perhaps_missing",
            "perhaps_begin",
            "perhaps_late",
            "coming",
            "catch_up",
        ),
    ),
    person_rule(hpv_vaccination, "vaccinated", "begin_by", "late", "last_chance", "may"),
    household_rule(rsv_maternal_vaccination, "ask_due_date", "soon", "open"),
    person_rule(voluntary_vaccination, "may"),
)
