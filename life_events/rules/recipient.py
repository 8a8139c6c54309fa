"""児童手当: which parent claims, and what is left when the one who was paid has died."""

from datetime import date

from life_events.facts import Allowance, Facts, Household
from life_events.law import Law
from life_events.parents import COUPLE, raised_by_me
from life_events.rules.family import may_have_partner, paid_age
from life_events.terms import UNKNOWN

PAID_TO_ME = "allowance_paid_to_me"


def public_servant(facts: Facts, today: date) -> bool:
    """As the national records tell, unless she has told that she left; silent records hide no last day."""
    left = facts.answers.day("left_public_service")
    gone = left is not None and left < today
    return facts.national is not UNKNOWN and facts.national.public_servant and not gone


def earns_more(facts: Facts, home: Household) -> bool | None:
    """児童手当法4条3項: the parent with the higher income claims. None: she has not said which of the two it is."""
    if not may_have_partner(home) or lost_recipient(facts):
        return True
    return facts.answers.yes("higher_earner")


def claims_at_work(facts: Facts, home: Household, today: date) -> bool:
    """児童手当法17条: a public servant who is the one to claim does so at work; the ward may still pay the partner."""
    return public_servant(facts, today) and earns_more(facts, home) is True


def lost_recipient(facts: Facts) -> bool:
    """Whoever was paid has died; a claim of the other parent begins anew."""
    return facts.answers.yes("bereaved") is True and facts.answers.yes("deceased_received_allowance") is True


def day_of_loss(facts: Facts) -> date | None:
    """The day on which the recipient died; None: nobody did, or the day is not told."""
    return facts.answers.day("death_date") if lost_recipient(facts) else None


def allowance_now(facts: Facts, person: str) -> Allowance | None:
    """What the ward pays for this child, less what ended with the death of the recipient."""
    record = None if facts.childcare is UNKNOWN else facts.childcare.allowance_of(person)
    return record if record is not None and _goes_on(facts, record) else None


def paid_for(facts: Facts, law: Law, home: Household, today: date) -> tuple[Allowance, ...]:
    """Records of her children for whom the ward pays now; one that lives elsewhere is believed to be of that age."""

    def holds(record: Allowance) -> bool:
        child = home.member(record.person)
        if child is None:
            return home.me is not None and home.me.relation in COUPLE
        return raised_by_me(facts, home, child) and paid_age(law, child, today)

    records = () if facts.childcare is UNKNOWN else facts.childcare.allowance
    return tuple(record for record in records if _goes_on(facts, record) and holds(record))


def paid_to_other(facts: Facts) -> bool:
    """児童手当法4条4項: she raises them alone and the other parent is still paid; who lives with them claims."""
    return facts.answers.yes("raises_alone") is True and facts.answers.yes(PAID_TO_ME) is False


def _goes_on(facts: Facts, record: Allowance) -> bool:
    """A claim made after the loss is paid from a later month (8条2項)."""
    if paid_to_other(facts):
        return False
    died = day_of_loss(facts)
    if died is None:
        return not lost_recipient(facts)
    return record.since > f"{died:%Y-%m}"
