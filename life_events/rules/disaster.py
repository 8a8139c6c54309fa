"""Rules of the disaster bundle. A declared disaster opens them; the laws it falls under decide what there is.

The damage is of the home lived in on that day: whoever has moved away since turns to the ward of that home.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps

from msgspec import Struct
from msgspec.structs import replace

from life_events.facts import Answers, Facts, Household
from life_events.law import Disaster, Law
from life_events.rules.rule import Rule, household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYours, Open, Verdict, because, not_concerned, unheard

LIGHT = ("semi_half", "partial")
"""準半壊 and 一部損壊: below what 被災者生活再建支援法 helps with."""
CLOSES = frozenset(
    {
        *("disaster_damage_certificate", "temporary_housing", "emergency_repair", "debris_removal"),
        *("disaster_relief_loan", "rebuilding_grant", "rebuilding_grant_added"),
    }
)
"""Terms an authority may extend for one disaster. `rebuilding_grant` is the base grant (基礎支援金), which has a day of
its own beside the added one (加算支援金)."""


class Blow(Struct, frozen=True):
    """The disaster that struck the ward she lived in then; `ward`: that one, None: she lives there still."""

    disaster: Disaster
    ward: str | None


def the_blow(facts: Facts, law: Law, today: date) -> Blow | None:
    """The newest one; None: none, or nobody knows where she lives."""
    if facts.registry is UNKNOWN:
        return None
    home = facts.registry
    for one in law.declared(today):
        lived_in = _lived_in(facts.answers, home, one.on)
        if lived_in in one.wards:
            return Blow(one, None if lived_in == home.ward else lived_in)
    return None


def _lived_in(answers: Answers, home: Household, on: date) -> str:
    """The ward of that day; as long as she has not told from where she came, she is asked where she lives now."""
    return home.ward if home.since <= on else answers.word("moved_from") or home.ward


def disaster_damage_certificate(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害対策基本法90条の2: the home she lives in; after a fire it is the fire station's, not the ward's."""
    if (missing := _undamaged(facts, struck)) is not None:
        return missing
    return Done(because=because("certified")) if _damage(facts) else _certificate(facts, law, today, struck)


def _certificate(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    if facts.answers.word("damage_cause") == "fire":
        return Open(because=because("fire"), asks=("damage_class",), way="fire")
    by = struck.closes.get("disaster_damage_certificate") or law.last_day("disaster_damage_certificate", struck.on)
    if today > by:
        return Open(because=because("closed", by=by), asks=("damage_class",), way="counter")
    return Due(by=by, because=because("damaged", disaster=struck.name, by=by), asks=("damage_cause", "damage_class"))


def temporary_housing(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害救助法4条1項1号: may be asked for before the damage certificate; excludes the emergency repair."""
    if (missing := _unrescued(facts, struck)) is not None:
        return missing
    wish, by = facts.answers.word("after_disaster"), struck.closes.get("temporary_housing")
    if wish is None:
        return Ask(because=because("ask_housing"), asks=("after_disaster",))
    if wish != "temporary" or (by and today > by):
        return not_concerned()
    told = because("certificate_follows") if _damage(facts) is None else because("wished")
    return Due(by=by, because=told) if by else Open(because=told)


def emergency_repair(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害救助法4条1項6号: from 準半壊 on, by the ward's own order to the builder; excludes temporary housing."""
    if (missing := _unrescued(facts, struck)) is not None:
        return missing
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


def debris_removal(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害救助法4条1項10号: what lies in the rooms one lives in, for those who cannot remove it themselves."""
    if (missing := _unrescued(facts, struck)) is not None:
        return missing
    inside = facts.answers.yes("debris_inside")
    by = struck.closes.get("debris_removal") or law.last_day("debris_removal", struck.on)
    if inside is None:
        return Ask(because=because("ask_debris"), asks=("debris_inside",))
    if not inside:
        return not_concerned()
    if today > by:
        return Open(because=because("closed", by=by), way="counter")
    return Due(by=by, because=because("blocked", by=by))


def condolence_grant(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害弔慰金の支給等に関する法律3条: nobody is asked about a death; it is found by those who look for it."""
    return _on_demand(struck)


def disaster_disability_grant(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害弔慰金の支給等に関する法律8条: for the severe disabilities of its list."""
    return _on_demand(struck)


def disaster_relief_loan(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """災害弔慰金の支給等に関する法律10条: from 半壊 on, a third of the belongings lost, or an injured head."""
    if (missing := _unrescued(facts, struck)) is not None:
        return missing
    by = struck.closes.get("disaster_relief_loan") or law.last_day_of_months("disaster_relief_loan_months", struck.on)
    grounds = facts.answers.yes("loan_grounds") if _damage(facts) in LIGHT else True
    if today > by or grounds is False:
        return not_concerned()
    if grounds is None:
        return Ask(because=because("ask_grounds"), asks=("loan_grounds",))
    return Due(by=by, because=because("damaged", by=by))


def rebuilding_grant(facts: Facts, law: Law, today: date, struck: Disaster) -> Verdict:
    """被災者生活再建支援法3条: a base grant by the damage, and one added by how the home is found again."""
    if (missing := _undamaged(facts, struck)) is not None:
        return missing
    damage = _damage(facts)
    if not struck.rebuilding_act or damage in LIGHT:
        return not_concerned()
    if damage is None:
        return Ask(because=because("ask_class"), asks=("damage_class",))
    return _grant(facts, law, today, struck, damage)


def _grant(facts: Facts, law: Law, today: date, struck: Disaster, damage: str) -> Verdict:
    """The base while it may be asked for, then the added one; one person gets 3/4."""
    if facts.registry is UNKNOWN:
        return unheard("registry")
    alone = len(facts.registry.members) == 1
    base_by, added_by = _grant_days(law, struck)
    only_added = damage == "middle_half" or today > base_by
    by = added_by if only_added else base_by
    if today > by:
        return not_concerned()
    base, added = _yen(law, today, damage, alone)
    key = "added" if only_added else "demolished" if damage == "half" else "base"
    return Due(by=by, because=because(key, base=f"{base:,}", added=f"{added:,}", by=by))


def _grant_days(law: Law, struck: Disaster) -> tuple[date, date]:
    """施行令4条: 13 months from the disaster for the base, 37 for the added grant, which never ends before the base."""
    base = struck.closes.get("rebuilding_grant") or law.last_day_of_months("rebuilding_base_months", struck.on)
    usual = law.last_day_of_months("rebuilding_added_months", struck.on)
    return base, struck.closes.get("rebuilding_grant_added") or max(usual, base)


def _yen(law: Law, today: date, damage: str, alone: bool) -> tuple[int, int]:
    """The base grant and the most that can be added, in yen; a demolished 半壊 counts as 全壊."""
    base = {"large_half": law.number("yen_recovery_base_large_half", today), "middle_half": 0}
    added = {"middle_half": law.number("yen_recovery_added_middle_half", today)}
    percent = law.number("recovery_single_percent", today) if alone else 100
    most = added.get(damage, law.number("yen_recovery_added", today))
    return base.get(damage, law.number("yen_recovery_base", today)) * percent // 100, most * percent // 100


def _undamaged(facts: Facts, struck: Disaster) -> Ask | NotYours | None:
    """None: her home was damaged; the question stands once, at the first step."""
    damaged = facts.answers.yes("home_damaged")
    if damaged is None:
        return Ask(because=because("ask_damaged", disaster=struck.name), asks=("home_damaged",))
    return None if damaged else not_concerned()


def _unrescued(facts: Facts, struck: Disaster) -> Ask | NotYours | None:
    """As `_undamaged`, where 災害救助法 has been applied."""
    return _undamaged(facts, struck) if struck.rescue_act else not_concerned()


def _on_demand(struck: Disaster) -> Verdict:
    if not (struck.rescue_act or struck.rebuilding_act):
        return not_concerned()
    return Open(because=because("declared", disaster=struck.name))


def _damage(facts: Facts) -> str | None:
    """What the certificate says, once it has come."""
    return facts.answers.word("damage_class")


ForStruck = Callable[[Facts, Law, date, Disaster], Verdict]


def _struck_rule(decide: ForStruck, *reasons: str) -> Rule:
    """A rule that is asked only of those struck; from another ward than that of the home it is done at the counter."""

    @wraps(decide)
    def judge(facts: Facts, law: Law, today: date) -> Verdict:
        blow = the_blow(facts, law, today)
        if blow is None:
            return not_concerned()
        verdict = decide(facts, law, today, blow.disaster)
        return verdict if blow.ward is None else replace(verdict, ward=blow.ward, way=verdict.way or "moved_away")

    return household_rule(judge, *reasons)


RULES = (
    _struck_rule(disaster_damage_certificate, "ask_damaged", "damaged", "fire", "closed", "certified"),
    _struck_rule(temporary_housing, "ask_damaged", "ask_housing", "certificate_follows", "wished"),
    _struck_rule(emergency_repair, "ask_damaged", "ask_housing", "ask_class", "full", "large", "without_means"),
    _struck_rule(debris_removal, "ask_damaged", "ask_debris", "blocked", "closed"),
    _struck_rule(rebuilding_grant, "ask_damaged", "ask_class", "base", "demolished", "added"),
    _struck_rule(disaster_relief_loan, "ask_damaged", "ask_grounds", "damaged"),
    _struck_rule(condolence_grant, "declared"),
    _struck_rule(disaster_disability_grant, "declared"),
)
