"""Rules around school: what comes by itself, what is asked for anew each year, and the days the wards set."""

from datetime import date, timedelta

from life_events.dates import fiscal_year_start, school_entry
from life_events.facts import Facts, Household, Member
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.move import Move, the_move
from life_events.rules.rule import person_rule
from life_events.verdict import Ask, Done, Due, NotYet, Open, Verdict, because, not_concerned

AHEAD = timedelta(days=60)
"""How long before its window a step is worth a line."""
COMPULSORY_YEARS = 9
ELEMENTARY_YEARS = 6


def school_entry_health_check(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """学校保健安全法11条, 同法施行令1条: in the autumn before school begins, by 30 November; the ward invites."""
    if not raised_by_me(facts, home, child) or not begins_next(child, today):
        return not_concerned()
    opens, by = _window(law, "school_entry_health_check", today)
    if not opens - AHEAD <= today <= by or by > school_entry(child.birth_date):
        return not_concerned()
    if facts.answers.yes("school_check_done", child.person):
        return Done(because=because("done", child=child.name))
    if today < opens:
        return NotYet(opens=opens, by=by, because=because("soon", child=child.name))
    return Due(
        by=by, opens=opens, because=because("now", child=child.name), asks=(f"school_check_done:{child.person}",)
    )


def school_entry_notice(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """学校教育法施行令5条・6条: the ward she lives in tells it by the end of January; after a move the new one does."""
    if not raised_by_me(facts, home, child) or not begins_next(child, today):
        return not_concerned()
    entry = school_entry(child.birth_date)
    opens, by = _window(law, "school_entry_notice", today)
    sent = opens if opens < entry else opens.replace(year=opens.year - 1)
    if today < sent - AHEAD:
        return not_concerned()
    told = {"child": child.name, "entry": entry}
    if moved := _moved(facts, today, home, sent, entry):
        return Open(because=because(moved, **told), way="file")
    if opens > entry:
        return Open(because=because("should_have_come", **told))
    if today < opens:
        return NotYet(opens=opens, because=because("soon", **told))
    return Open(opens=opens, because=because("coming", by=by, **told))


def _moved(facts: Facts, today: date, home: Household, sent: date, entry: date) -> str | None:
    """Reason: she moves into another municipality before school begins, or came from one once the notices were sent."""
    move = the_move(facts, today)
    if isinstance(move, Move) and not move.arrived:
        return "moving" if move.on < entry and not (move.within or move.abroad) else None
    came = sent <= home.since <= today and facts.answers.word("moved_from") != home.ward
    return "moved_in" if came else None


def school_entry_money(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """学校教育法19条 (就学援助 新入学準備金): asked for before school begins, apart from the aid of the school year."""
    wish = facts.answers.yes("school_aid")
    if not raised_by_me(facts, home, child) or not begins_next(child, today) or wish is False:
        return not_concerned()
    days = law.days_of_ward("school_entry_money", today)
    if wish and days and days[0] <= today:
        return Due(by=days[1], opens=days[0], because=because("now", child=child.name, by=days[1]))
    if days and today < days[0] <= today + AHEAD:
        soon = because("soon", child=child.name)
        return NotYet(opens=days[0], by=days[1], because=soon) if wish else not_concerned()
    asks = () if wish else ("school_aid",)
    return Open(because=because("ask_ward", child=child.name), asks=asks, wanted=wish is True)


def school_expense_aid(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """学校教育法19条 (就学援助): every school year anew, even for those who had it before; later in the year too."""
    wish = facts.answers.yes("school_aid")
    if not raised_by_me(facts, home, child) or not at_school(child, today, COMPULSORY_YEARS) or wish is False:
        return not_concerned()
    opens, by = _window(law, "school_expense_aid", today)
    if wish and opens <= today:
        return Due(by=by, opens=opens, because=because("new_year", child=child.name, by=by))
    return Open(because=because("any_time", child=child.name), asks=() if wish else ("school_aid",))


def after_school_club(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童福祉法6条の3第2項 (学童クラブ): every fiscal year anew, also for present users; the ward sets the days."""
    wish = facts.answers.yes("after_school_wish", child.person)
    target = fiscal_year_start(today).replace(year=fiscal_year_start(today).year + 1)
    if not raised_by_me(facts, home, child) or not at_school(child, target, ELEMENTARY_YEARS) or wish is False:
        return not_concerned()
    own = law.days_of_ward("after_school_club", today)
    opens, by = own or law.yearly("after_school_club", today)
    if opens - AHEAD > today or opens > target or (wish is None and not begins_next(child, today)):
        return not_concerned()
    if wish is None:
        return Ask(because=because("ask", child=child.name), asks=(f"after_school_wish:{child.person}",))
    if own is None:
        return Open(because=because("ward_sets", child=child.name, start=target))
    if today < opens:
        return NotYet(opens=opens, by=by, because=because("soon", child=child.name, start=target))
    return Due(by=by, opens=opens, because=because("now", child=child.name, start=target, by=by))


def _window(law: Law, id: str, today: date) -> tuple[date, date]:
    """The ward's own days, else the usual ones."""
    return law.days_of_ward(id, today) or law.yearly(id, today)


def near_school(child: Member, today: date) -> bool:
    """From the year before elementary school to the end of junior high school."""
    return begins_next(child, today) or at_school(child, today, COMPULSORY_YEARS)


def begins_next(child: Member, today: date) -> bool:
    """Elementary school begins on the coming 1 April."""
    entry = school_entry(child.birth_date)
    return fiscal_year_start(today) == entry.replace(year=entry.year - 1)


def at_school(child: Member, day: date, years: int) -> bool:
    entry = school_entry(child.birth_date)
    return entry <= day < entry.replace(year=entry.year + years)


RULES = (
    person_rule(school_entry_health_check, "soon", "now", "done"),
    person_rule(school_entry_notice, "soon", "coming", "should_have_come", "moving", "moved_in"),
    person_rule(school_entry_money, "soon", "now", "ask_ward"),
    person_rule(school_expense_aid, "new_year", "any_time"),
    person_rule(after_school_club, "ask", "soon", "ward_sets", "now"),
)
