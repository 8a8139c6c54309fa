"""児童手当: what whoever receives it tells the ward afterwards, and what is left when that person has died."""

from datetime import date

from life_events.facts import Allowance, Facts, Household
from life_events.law import Law
from life_events.rules.child_allowance import GONE
from life_events.rules.family import my_children, paid_age
from life_events.rules.move import EVERYBODY
from life_events.rules.recipient import paid_for
from life_events.rules.rule import household_rule
from life_events.rules.yearly import report
from life_events.terms import UNKNOWN
from life_events.verdict import Done, Due, Open, Verdict, ask, because, not_concerned, unheard

NO_CASE = "none"


def allowance_details_change(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法施行規則5条・6条: another name or address, of the recipient, the spouse or a child; no last day."""
    home = _home(facts)
    if home is None or not _received(facts, law, today):
        return not_concerned()
    within = facts.answers.yes("moving") and facts.answers.word("move_to") == home.ward
    return Open(because=because("moved_within" if within else "on_change"), asks=("public_servant_since",))


def allowance_end_notice(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法施行規則7条: at once when the right ends: a move out of the ward, public service, no child."""
    home, received = _home(facts), _received(facts, law, today)
    if home is None or not received:
        return not_concerned()
    moved, to = facts.answers.day("move_date"), facts.answers.word("move_to")
    if facts.answers.yes("moving") and moved and to and to != home.ward:
        key = "moving_apart" if facts.answers.yes(EVERYBODY) is False else "moving"
        return Due(by=moved, because=because(key, move=moved))
    if since := facts.answers.day("public_servant_since"):
        return Due(by=since, because=because("public_servant", since=since))
    if all(facts.answers.yes(GONE, record.person) for record in received):
        return Open(because=because("none_left"))
    return not_concerned()


def unpaid_allowance_claim(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法12条・23条: what was not yet paid to a recipient who has died goes to the child; two years."""
    home, died = _home(facts), facts.answers.day("death_date")
    if not facts.answers.yes("bereaved") or home is None:
        return not_concerned()
    if died and today > law.last_day_of_months("unpaid_allowance_months", died):
        return not_concerned()
    if not my_children(facts, home, lambda one: paid_age(law, one, today)):
        return not_concerned()
    received = facts.answers.yes("deceased_received_allowance")
    if received is None:
        return ask("deceased_received_allowance")
    if facts.answers.yes("unpaid_allowance_claimed"):
        return Done(because=because("claimed"))
    left = Open(because=because("left_unpaid"), asks=("unpaid_allowance_claimed",))
    return left if received else not_concerned()


def allowance_donation(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法の寄附の規定, 施行規則様式14号: of her own will, by a day the mayor sets before each payment."""
    if not _received(facts, law, today) or facts.answers.yes("allowance_donated"):
        return not_concerned()
    return _by_the_wards_day(law, today, asks=("allowance_donated",))


def allowance_donation_change(facts: Facts, law: Law, today: date) -> Verdict:
    """施行規則: only for whoever has offered a donation."""
    if not _received(facts, law, today) or not facts.answers.yes("allowance_donated"):
        return not_concerned()
    return _by_the_wards_day(law, today)


def allowance_school_fees(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法21条: school lunch and other fees out of the allowance, by a day the mayor sets."""
    if not _received(facts, law, today) or facts.answers.yes("allowance_pays_fees"):
        return not_concerned()
    return _by_the_wards_day(law, today, asks=("allowance_pays_fees",))


def allowance_school_fees_change(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法21条: only for whoever pays fees that way."""
    if not _received(facts, law, today) or not facts.answers.yes("allowance_pays_fees"):
        return not_concerned()
    return _by_the_wards_day(law, today)


def allowance_status_report(facts: Facts, law: Law, today: date) -> Verdict:
    """児童手当法26条, 施行規則4条: June; since 2022-06 only for the cases listed and whom the ward writes to.

    Nobody is asked outside June, and while the ward's records are silent only in June is a step worth the wait.
    """
    window = law.yearly("allowance_status_report", today)
    in_june = window[0] <= today
    if facts.childcare is UNKNOWN:
        return unheard("childcare") if in_june else not_concerned()
    case = facts.answers.word("allowance_report_case")
    if not _received(facts, law, today) or case == NO_CASE:
        return not_concerned()
    everybody = law.number("allowance_status_report_everybody", today) == 1
    if case is None and not everybody:
        return ask("allowance_report_case") if in_june else not_concerned()
    return report(window, facts.answers.day("allowance_report_filed"), today, asks="allowance_report_filed")


def _home(facts: Facts) -> Household | None:
    return None if facts.registry is UNKNOWN else facts.registry


def _received(facts: Facts, law: Law, today: date) -> tuple[Allowance, ...]:
    """What the ward pays her family; nothing while a source is silent, since nothing here is due before it is known."""
    home = _home(facts)
    return () if home is None else paid_for(facts, law, home, today)


def _by_the_wards_day(law: Law, today: date, asks: tuple[str, ...] = ()) -> Verdict:
    window = law.window("allowance_wishes", today)
    told = because("ward_day") if window is None else because("until", by=window.closes)
    return Open(because=told, asks=asks)


_WARDS_DAY = ("ward_day", "until")

RULES = (
    household_rule(allowance_details_change, "on_change", "moved_within"),
    household_rule(allowance_end_notice, "moving", "moving_apart", "public_servant", "none_left"),
    household_rule(unpaid_allowance_claim, "ask", "left_unpaid", "claimed"),
    household_rule(allowance_donation, *_WARDS_DAY),
    household_rule(allowance_donation_change, *_WARDS_DAY),
    household_rule(allowance_school_fees, *_WARDS_DAY),
    household_rule(allowance_school_fees_change, *_WARDS_DAY),
    household_rule(allowance_status_report, "ask", "due", "late", "filed", "soon"),
)
