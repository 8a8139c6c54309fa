"""Rules about what the care insurance pays back, and the papers that say what she pays."""

from datetime import date

from life_events.dates import attained_age, fiscal_year_start, month_end, months_after
from life_events.facts import CareRecord, Facts, Household, Member
from life_events.law import Law
from life_events.rules.insured import certified, once_certified
from life_events.rules.rule import person_rule
from life_events.verdict import Ask, Done, Due, NotYet, Open, Verdict, because, not_concerned


def care_share_certificate_reissue(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法施行規則28条の2: whoever is certified holds a 負担割合証."""
    record = certified(facts, law, today, person)
    return Open(because=because("certified", person=person.name)) if isinstance(record, CareRecord) else record


def care_card_reissue(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法施行規則27条: everybody of 65 holds a card; from 40 those who are or were certified."""
    if attained_age(person.birth_date, today) >= law.number("care_first_insured_age", today):
        return Open(because=because("senior", person=person.name))
    record = once_certified(facts, law, today, person)
    return Open(because=because("certified", person=person.name)) if isinstance(record, CareRecord) else record


def high_care_cost_refund(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法51条・61条, 200条: two years from the 1st of the month after the month of the services."""
    record = once_certified(facts, law, today, person)
    if not isinstance(record, CareRecord):
        return record
    month = facts.answers.day("high_care_cost_month", person.person)
    asks = (f"high_care_cost_month:{person.person}",)
    by = law.last_day_of_months("care_claim_months", month_end(month)) if month else None
    if month and by and today <= by:
        told = because("over_limit", person=person.name, month=f"{month:%Y-%m}", by=by)
        return Due(by=by, because=told, asks=asks)
    life = facts.answers.word("care_life", person.person)
    if life is None:
        return _ask_life(record, today, person)
    if life == "none":
        return not_concerned()
    return Open(because=because("uses_services", person=person.name), asks=asks)


def facility_cost_limit(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法51条の3・61条の3: from the 1st of the month of filing to 31 July; never renewed by itself."""
    record = certified(facts, law, today, person)
    if not isinstance(record, CareRecord):
        return record
    life = facts.answers.word("care_life", person.person)
    if record.cost_limit_until is not None and life in (None, "facility"):
        return _limit_again(law, today, person, record.cost_limit_until)
    if life != "facility":
        return _ask_life(record, today, person) if life is None else not_concerned()
    exempt = facts.answers.yes("tax_exempt_couple", person.person)
    if exempt is None:
        fact = f"tax_exempt_couple:{person.person}"
        return Ask(because=because("ask_tax", person=person.name), asks=(fact,))
    _, until = law.yearly("facility_cost_limit", today)
    told = because("may_apply", person=person.name, first=today.replace(day=1), until=until)
    return Open(because=told) if exempt else not_concerned()


def _limit_again(law: Law, today: date, person: Member, held: date) -> Verdict:
    opens, closes = law.yearly("facility_cost_limit_renewal", today)
    if opens <= today and held < closes:
        return Due(by=closes, opens=opens, because=because("renew", person=person.name, held=held, by=closes))
    if today <= held:
        return Done(because=because("held", person=person.name, held=held))
    return Open(because=because("gap", person=person.name, held=held, first=today.replace(day=1)))


def care_equipment_refund(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法44条・56条: 100,000 yen from April to March, once for each kind; claimed within 2 years."""
    record = once_certified(facts, law, today, person)
    if not isinstance(record, CareRecord):
        return record
    bought = facts.answers.day("equipment_bought", person.person)
    if bought is not None and not _settled(facts, law, today, person, record, bought):
        return _bought(facts, law, today, person, record, bought)
    life = facts.answers.word("care_life", person.person)
    if life != "home" or not record.certified_on(today):
        return _ask_life(record, today, person) if life is None else not_concerned()
    left = _equipment_left(law, record, today)
    if left <= 0:
        opens = months_after(fiscal_year_start(today), 12)
        return NotYet(opens=opens, because=because("used_up", person=person.name, opens=opens))
    asks = (f"equipment_bought:{person.person}",)
    return Open(because=because("may_buy", person=person.name, left=f"{left:,}"), asks=asks)


def _bought(facts: Facts, law: Law, today: date, person: Member, record: CareRecord, bought: date) -> Verdict:
    """The purchase counts in the fiscal year of the day it was bought on, not of the claim."""
    by = law.last_day_of_months("care_claim_months", bought)
    item = facts.answers.word("equipment_item", person.person)
    if any(one.bought == bought and one.item == item for one in record.equipment):
        return Done(because=because("paid", person=person.name, bought=bought))
    if any(one.item == item for one in record.equipment):
        return Done(because=because("same_kind", person=person.name))
    left = _equipment_left(law, record, bought)
    if left <= 0:
        return Done(because=because("year_used_up", person=person.name, bought=bought))
    told = because("bought", person=person.name, bought=bought, by=by, left=f"{left:,}")
    return Due(by=by, because=told, asks=() if item else (f"equipment_item:{person.person}",))


def _settled(facts: Facts, law: Law, today: date, person: Member, record: CareRecord, bought: date) -> bool:
    """A purchase too old to claim, or paid in an earlier fiscal year: what she may buy now is another one."""
    if today > law.last_day_of_months("care_claim_months", bought):
        return True
    item = facts.answers.word("equipment_item", person.person)
    paid = any(one.bought == bought and one.item == item for one in record.equipment)
    return paid and fiscal_year_start(bought) < fiscal_year_start(today)


def _equipment_left(law: Law, record: CareRecord, day: date) -> int:
    """Yen left in the fiscal year (04-01 to 03-31) of that day."""
    year = fiscal_year_start(day)
    spent = sum(one.yen for one in record.equipment if fiscal_year_start(one.bought) == year)
    return law.number("yen_care_aids_a_year", day) - spent


def home_adaptation(facts: Facts, law: Law, today: date, home: Household, person: Member) -> Verdict:
    """介護保険法45条・57条: the ward approves before work begins; 200,000 yen a house, anew after a move or 3 steps."""
    record = certified(facts, law, today, person)
    if not isinstance(record, CareRecord):
        return record
    life, work = facts.answers.word("care_life", person.person), facts.answers.word("adaptation_work", person.person)
    if life != "home":
        return _ask_life(record, today, person) if life is None else not_concerned()
    if work == "begun":
        return Open(because=because("begun", person=person.name), way="office")
    if work == "approved":
        return Open(because=because("approved", person=person.name), way="office")
    key, left = _adaptation_left(law, record, home, today)
    if left <= 0:
        return Done(because=because("used_up", person=person.name))
    asks = (f"adaptation_work:{person.person}",)
    return Open(because=because(key, person=person.name, left=f"{left:,}"), asks=asks)


def _adaptation_left(law: Law, record: CareRecord, home: Household, today: date) -> tuple[str, int]:
    """Why, and how many yen are left; the 3-step reset counts from the first work and only once (規則76条2項)."""
    limit, past = law.number("yen_home_adaptation", today), record.adaptation
    if past is None:
        return "first", limit
    if past.begun < home.since:
        return "moved", limit
    risen = _adaptation_step(law, today, record.level) - _adaptation_step(law, today, past.first_level)
    if not past.reset and risen >= law.number("adaptation_reset_steps", today):
        return "worse", limit
    return "rest", limit - past.yen


def _adaptation_step(law: Law, today: date, level: str | None) -> int:
    """要支援2 and 要介護1 are the same step."""
    return law.number(f"adaptation_step_{level}", today)


def _ask_life(record: CareRecord, today: date, person: Member) -> Verdict:
    """How she lives with care decides four steps; it is asked once, and only while she is certified."""
    if not record.certified_on(today):
        return not_concerned()
    return Ask(because=because("ask_life", person=person.name), asks=(f"care_life:{person.person}",))


RULES = (
    person_rule(care_share_certificate_reissue, "certified"),
    person_rule(care_card_reissue, "senior", "certified"),
    person_rule(high_care_cost_refund, "ask_life", "uses_services", "over_limit"),
    person_rule(facility_cost_limit, "ask_life", "ask_tax", "may_apply", "renew", "held", "gap"),
    person_rule(
        care_equipment_refund,
        *("ask_life", "may_buy", "used_up", "bought", "paid", "same_kind", "year_used_up"),
    ),
    person_rule(home_adaptation, "ask_life", "first", "moved", "worse", "rest", "used_up", "begun", "approved"),
)
