"""Whether she can sign on her phone."""

from datetime import date

from life_events.facts import Facts
from life_events.terms import UNKNOWN


def can_sign(facts: Facts, today: date) -> bool:
    """公的個人認証法12条: the signing certificate lapses with a move, until the counter has issued a new one."""
    until = None if facts.national is UNKNOWN else facts.national.signing_certificate_until
    return until is not None and today <= until
