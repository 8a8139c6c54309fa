"""Rules of the disaster bundle. A declared disaster opens them; the laws it falls under decide what there is."""

from datetime import date

from life_events.facts import Facts
from life_events.law import Disaster, Law
from life_events.rules.rule import household_rule
from life_events.verdict import Ask, Done, Due, Open, Verdict, because, not_concerned


def disaster_damage_certificate(facts: Facts, law: Law, today: date) -> Verdict:
    """災害対策基本法90条の2: the home she lives in; after a fire it is the fire station's, not the ward's."""
    struck = law.disaster(today)
    damaged = facts.answers.yes("home_damaged")
    if struck is None or damaged is False:
        return not_concerned()
    if damaged is None:
        return Ask(because=because("ask_damaged", disaster=struck.name), asks=("home_damaged",))
    if facts.answers.word("damage_class") is not None:
        return Done(because=because("certified"))
    if facts.answers.word("damage_cause") == "fire":
        return Open(because=because("fire"), asks=("damage_class",), way="fire")
    by = _closes(struck, "disaster_damage_certificate") or law.last_day("disaster_damage_certificate", struck.on)
    if today > by:
        return Open(because=because("closed", by=by), asks=("damage_class",), way="counter")
    return Due(by=by, because=because("damaged", disaster=struck.name, by=by), asks=("damage_cause", "damage_class"))


def _closes(struck: Disaster, procedure: str) -> date | None:
    """The last day an authority has set for this disaster."""
    return struck.closes.get(procedure)


RULES = (household_rule(disaster_damage_certificate, "ask_damaged", "damaged", "fire", "closed", "certified"),)
