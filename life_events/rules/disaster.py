"""Rules of the disaster bundle. A declared disaster opens them; the laws it falls under decide what there is."""

from datetime import date

from life_events.facts import Facts
from life_events.law import Disaster, Law
from life_events.rules.rule import household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, Open, Verdict, because, not_concerned, unheard

LIGHT = ("semi_half", "partial")
"""準半壊 and 一部損壊: below what 被災者生活再建支援法 helps with."""


def disaster_damage_certificate(facts: Facts, law: Law, today: date) -> Verdict:
    """災害対策基本法90条の2: the home she lives in; after a fire it is the fire station's, not the ward's."""
    struck = _damaged(facts, law, today)
    if not isinstance(struck, Disaster):
        return struck
    return Done(because=because("certified")) if _damage(facts) else _certificate(facts, law, today, struck)


def _certificate(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    if facts.answers.word("damage_cause") == "fire":
        return Open(because=because("fire"), asks=("damage_class",), way="fire")
    by = struck.closes.get("disaster_damage_certificate") or law.last_day("disaster_damage_certificate", struck.on)
    if today > by:
        return Open(because=because("closed", by=by), asks=("damage_class",), way="counter")
    return Due(by=by, because=because("damaged", disaster=struck.name, by=by), asks=("damage_cause", "damage_class"))


def temporary_housing(facts: Facts, law: Law, today: date) -> Verdict:
    """災害救助法4条1項1号: may be asked for before the damage certificate; excludes the emergency repair."""
    struck = _rescued(facts, law, today)
    if not isinstance(struck, Disaster):
        return struck
    wish, by = facts.answers.word("after_disaster"), struck.closes.get("temporary_housing")
    if wish is None:
        return Ask(because=because("ask_housing"), asks=("after_disaster",))
    if wish != "temporary" or (by and today > by):
        return not_concerned()
    told = because("certificate_follows") if _damage(facts) is None else because("wished")
    return Due(by=by, because=told) if by else Open(because=told)


def emergency_repair(facts: Facts, law: Law, today: date) -> Verdict:
    """災害救助法4条1項6号: from 準半壊 on, by the ward's own order to the builder; excludes temporary housing."""
    struck = _rescued(facts, law, today)
    if not isinstance(struck, Disaster):
        return struck
    wish, damage = facts.answers.word("after_disaster"), _damage(facts)
    by = struck.closes.get("emergency_repair") or law.last_day_of_months("emergency_repair_months", struck.on)
    if wish is None:
        return Ask(because=because("ask_housing"), asks=("after_disaster",))
    if wish != "repair" or damage == "partial" or today > by:
        return not_concerned()
    if damage is None:
        return Ask(because=because("ask_class", by=by), asks=("damage_class",))
    key = {"full": "full", "half": "without_means", "semi_half": "without_means"}.get(damage, "large")
    return Due(by=by, because=because(key, by=by))


def debris_removal(facts: Facts, law: Law, today: date) -> Verdict:
    """災害救助法4条1項10号: what lies in the rooms one lives in, for those who cannot remove it themselves."""
    struck = _rescued(facts, law, today)
    if not isinstance(struck, Disaster):
        return struck
    inside = facts.answers.yes("debris_inside")
    by = struck.closes.get("debris_removal") or law.last_day("debris_removal", struck.on)
    if inside is None:
        return Ask(because=because("ask_debris"), asks=("debris_inside",))
    if not inside:
        return not_concerned()
    if today > by:
        return Open(because=because("closed", by=by), way="counter")
    return Due(by=by, because=because("blocked", by=by))


def condolence_grant(facts: Facts, law: Law, today: date) -> Verdict:
    """災害弔慰金の支給等に関する法律3条: nobody is asked about a death; it is found by those who look for it."""
    return _on_demand(facts, law, today)


def disaster_disability_grant(facts: Facts, law: Law, today: date) -> Verdict:
    """災害弔慰金の支給等に関する法律8条: for the severe disabilities of its list."""
    return _on_demand(facts, law, today)


def disaster_relief_loan(facts: Facts, law: Law, today: date) -> Verdict:
    """災害弔慰金の支給等に関する法律10条: below the income line, for damage or an injured head."""
    struck = _rescued(facts, law, today)
    if not isinstance(struck, Disaster):
        return struck
    by = struck.closes.get("disaster_relief_loan") or law.last_day_of_months("disaster_relief_loan_months", struck.on)
    return Due(by=by, because=because("damaged", by=by)) if today <= by else not_concerned()


def rebuilding_grant(facts: Facts, law: Law, today: date) -> Verdict:
    """被災者生活再建支援法3条: a base grant by the damage, and one added by how the home is found again."""
    struck = _damaged(facts, law, today)
    if not isinstance(struck, Disaster):
        return struck
    damage = _damage(facts)
    if not struck.rebuilding_act or damage in LIGHT:
        return not_concerned()
    if damage is None:
        return Ask(because=because("ask_class"), asks=("damage_class",))
    return _grant(facts, law, today, struck, damage)


def _grant(facts: Facts, law: Law, today: date, struck: Disaster, damage: str) -> Verdict:
    """施行令4条: the base until 13 months, the added one until 37 months from the disaster; one person gets 3/4."""
    if facts.registry is UNKNOWN:
        return unheard("registry")
    alone = len(facts.registry.members) == 1
    base_by = law.last_day_of_months("rebuilding_base_months", struck.on)
    added_by = law.last_day_of_months("rebuilding_added_months", struck.on)
    only_added = damage == "middle_half" or today > base_by
    by = struck.closes.get("rebuilding_grant") or (added_by if only_added else base_by)
    if today > by:
        return not_concerned()
    base, added = _yen(law, today, damage, alone)
    key = "added" if only_added else "demolished" if damage == "half" else "base"
    return Due(by=by, because=because(key, base=f"{base:,}", added=f"{added:,}", by=by))


def _yen(law: Law, today: date, damage: str, alone: bool) -> tuple[int, int]:
    """The base grant and the most that can be added, in yen; a demolished 半壊 counts as 全壊."""
    base = {"large_half": law.number("yen_recovery_base_large_half", today), "middle_half": 0}
    added = {"middle_half": law.number("yen_recovery_added_middle_half", today)}
    percent = law.number("recovery_single_percent", today) if alone else 100
    most = added.get(damage, law.number("yen_recovery_added", today))
    return base.get(damage, law.number("yen_recovery_base", today)) * percent // 100, most * percent // 100


def _damaged(facts: Facts, law: Law, today: date) -> Disaster | Verdict:
    """The disaster that struck her home; the question stands once, at the first step."""
    struck, damaged = law.disaster(today), facts.answers.yes("home_damaged")
    if struck is None or damaged is False:
        return not_concerned()
    if damaged is None:
        return Ask(because=because("ask_damaged", disaster=struck.name), asks=("home_damaged",))
    return struck


def _rescued(facts: Facts, law: Law, today: date) -> Disaster | Verdict:
    """As `_damaged`, where 災害救助法 has been applied."""
    declared = law.disaster(today)
    return _damaged(facts, law, today) if declared and declared.rescue_act else not_concerned()


def _on_demand(facts: Facts, law: Law, today: date) -> Verdict:
    struck = law.disaster(today)
    if struck is None or not (struck.rescue_act or struck.rebuilding_act):
        return not_concerned()
    return Open(because=because("declared", disaster=struck.name))


def _damage(facts: Facts) -> str | None:
    """What the certificate says, once it has come."""
    return facts.answers.word("damage_class")


RULES = (
    household_rule(disaster_damage_certificate, "ask_damaged", "damaged", "fire", "closed", "certified"),
    household_rule(temporary_housing, "ask_damaged", "ask_housing", "certificate_follows", "wished"),
    household_rule(emergency_repair, "ask_damaged", "ask_housing", "ask_class", "full", "large", "without_means"),
    household_rule(debris_removal, "ask_damaged", "ask_debris", "blocked", "closed"),
    household_rule(rebuilding_grant, "ask_damaged", "ask_class", "base", "demolished", "added"),
    household_rule(disaster_relief_loan, "ask_damaged", "damaged"),
    household_rule(condolence_grant, "declared"),
    household_rule(disaster_disability_grant, "declared"),
)
