"""Whom a notice is for: a ward and a rule over what the address book knows of its people.

A rule is answered in three ways that must agree: for one contact here (`Audience.includes`), for a whole ward as SQL
(`sql.condition`), and for a whole ward in memory (`bitmaps`). The first says what is meant; tests hold the rest to it.
"""

from notifications.audience.ages import AgeRange, Unit
from notifications.audience.audience import Audience
from notifications.audience.contact import Contact
from notifications.audience.headcount import Headcount
from notifications.audience.rules import (
    EVERYONE,
    All,
    Any,
    ChildAge,
    ChildBorn,
    Marked,
    Not,
    Rule,
    Speaks,
    is_within,
    named,
)

__all__ = [
    "EVERYONE",
    "AgeRange",
    "All",
    "Any",
    "Audience",
    "ChildAge",
    "ChildBorn",
    "Contact",
    "Headcount",
    "Marked",
    "Not",
    "Rule",
    "Speaks",
    "Unit",
    "is_within",
    "named",
]
