"""児童手当: the first claim, and a change of its amount."""

from datetime import date

from msgspec import Struct

from life_events.allowance_months import claim_months, written
from life_events.facts import Allowance, Answers, Facts, Household, Member
from life_events.law import Law
from life_events.parents import MY_CHILD, may_be_mine, raised_by_me
from life_events.rules.allowance_third import ELSEWHERE, counts_for_the_third, third_elsewhere_matters
from life_events.rules.family import JUST_BORN, arrived_in_ward, came, paid_age, planned_day, unsaid_joining
from life_events.rules.recipient import (
    PAID_TO_ME,
    allowance_now,
    claims_at_work,
    day_of_loss,
    earns_more,
    lost_recipient,
    paid_for,
    paid_to_other,
    public_servant,
)
from life_events.rules.rule import person_rule
from life_events.rules.signing import can_sign
from life_events.rules.told_baby import TOLD, told_baby
from life_events.terms import UNKNOWN
from life_events.verdict import Ask, Done, Due, NotYours, Open, Verdict, ask, because, late_now, not_concerned, unheard

GONE = "no_longer_raised"
SURVIVOR = "survivor"


def child_allowance_claim(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法7条・8条: paid from the month after the claim; 15 days from the day after birth or move-in count."""
    if not paid_age(law, child, today):
        return not_concerned()
    if not raised_by_me(facts, home, child):
        unsaid = may_be_mine(facts, home, child)
        return ask(f"{MY_CHILD}:{child.person}", "ask_my_child") if unsaid else not_concerned()
    if facts.childcare is UNKNOWN:
        return unheard("childcare")
    if record := facts.childcare.allowance_of(child.person):
        if paid_to_other(facts) and not lost_recipient(facts):
            return Open(because=because("lives_with_me", child=child.name), asks=(PAID_TO_ME,), way="lives_with_me")
        if allowance_now(facts, child.person):
            return _paid(facts, law, today, home, child, record)
    return not_concerned() if paid_for(facts, law, home, today) else _unpaid(facts, law, today, home, child)


def _paid(facts: Facts, law: Law, today: date, home: Household, child: Member, record: Allowance) -> Verdict:
    """The record does not name the recipient; where one parent is left it may still be the other."""
    if facts.answers.yes("raises_alone") and facts.answers.yes(PAID_TO_ME) is None:
        return Ask(because=because("ask_recipient", child=child.name), asks=(PAID_TO_ME,))
    asks: tuple[str, ...] = (f"{GONE}:{child.person}",)
    if third_elsewhere_matters(facts, law, today, home, child) and facts.answers.yes(ELSEWHERE) is None:
        asks = (*asks, ELSEWHERE)
    return Done(because=because("paid", child=child.name, since=record.since), asks=asks)


def _unpaid(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    if claims_at_work(facts, home, today):
        return _at_work(facts, law, today, child)
    if lost_recipient(facts) and day_of_loss(facts) is None:
        return Ask(because=because("ask_loss"), asks=("death_date",), way=SURVIVOR)
    return _first_claim(facts, law, today, home, child)


def _at_work(facts: Facts, law: Law, today: date, child: Member) -> Verdict:
    """児童手当法17条・8条3項: the same fifteen days; a move asks for nothing anew there."""
    by, fact = law.last_day("child_allowance_claim", child.birth_date), f"allowance_elsewhere:{child.person}"
    if facts.answers.yes("allowance_elsewhere", child.person) or today - child.birth_date > JUST_BORN:
        return NotYours(because=because("public_servant"))
    if today > by:
        return late_now(by, asks=(fact,), way="at_work")
    told = because("claims_at_work", child=child.name, birth=child.birth_date, by=by)
    return Due(by=by, because=told, asks=(fact,), way="at_work")


def _told_baby_claim(facts: Facts, law: Law, today: date) -> Verdict:
    return _of_told_baby(facts, law, today, paid=False)


def _told_baby_change(facts: Facts, law: Law, today: date) -> Verdict:
    return _of_told_baby(facts, law, today, paid=True)


def _of_told_baby(facts: Facts, law: Law, today: date, *, paid: bool) -> Verdict:
    """The days run from the birth, whether or not the register shows it. `paid`: for a brother or sister already."""
    home, born = facts.registry, told_baby(facts, law, today)
    if home is UNKNOWN or born is None:
        return not_concerned()
    if facts.childcare is UNKNOWN:
        return not_concerned() if paid else unheard("childcare")
    if bool(paid_for(facts, law, home, today)) is not paid:
        return not_concerned()
    by = law.last_day("child_allowance_claim", born)
    way = "at_work" if not paid and claims_at_work(facts, home, today) else TOLD
    if today > by:
        return late_now(by, way=way)
    first = written(claim_months(law, born, today).first_paid)
    return Due(by=by, because=because(TOLD, birth=born, by=by, first=first), way=way)


def _first_claim(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """A silent national source does not hide the last day: the form asks about public service itself."""
    event = _event_of(facts, home, child)
    by = law.last_day("child_allowance_claim", event.on)
    earner = earns_more(facts, home)
    servant = public_servant(facts, today)
    first = written(claim_months(law, event.on, today).first_paid)
    unsaid = ("higher_earner",) if earner is None else ()
    if today > by:
        if servant and earner is None:
            return Ask(because=because("ask_earner"), asks=unsaid)
        if event.key == SURVIVOR:
            return Open(because=because("survivor_late", child=child.name, first=first), way=SURVIVOR)
        asks = ("left_public_service", *unsaid)
        way = _claimed_by(event, earner) or _until_she_can_sign(facts, today, event)
        joining = unsaid_joining(facts, child, today)
        return _late(facts, law, today, event.on, child, asks=asks, joining=joining, way=way)
    key = "servant_asks" if servant and earner is None else event.key
    told = because(key, child=child.name, birth=child.birth_date, since=home.since, by=by, first=first, event=event.on)
    way = "partner" if servant else _claimed_by(event, earner) or _until_she_can_sign(facts, today, event)
    return Due(by=by, because=told, asks=(*event.asks, *unsaid), way=way)


class _Event(Struct, frozen=True):
    """What set the 15 days going; `key` names the text, `asks` what would tell the day more surely."""

    on: date
    key: str
    asks: tuple[str, ...] = ()


def _event_of(facts: Facts, home: Household, child: Member) -> _Event:
    """The latest of all. While the day told to the old ward is not known, that of the register is said with an if."""
    found = [_Event(child.birth_date, "newborn")]
    if arrived := arrived_in_ward(facts, home):
        sure = planned_day(facts, home) is not None
        asks = () if sure else ("move_out_planned",)
        unsaid = facts.answers.word("moved_from") is None
        found.append(_Event(arrived, "moved" if sure else "moved_about", ("moved_from", *asks) if unsaid else asks))
    if (joined := came(facts, home, child)) > home.since:
        found.append(_Event(joined, "joined"))
    if left := facts.answers.day("left_public_service"):
        found.append(_Event(left, "left_service"))
    if died := day_of_loss(facts):
        found.append(_Event(died, SURVIVOR))
    return max(found, key=lambda event: event.on)


def _claimed_by(event: _Event, earner: bool | None) -> str | None:
    if event.key == SURVIVOR:
        return SURVIVOR
    return "partner" if earner is False else None


def _until_she_can_sign(facts: Facts, today: date, event: _Event) -> str | None:
    """The move ended the certificate the form is signed with; while nobody has told of it nothing is assumed."""
    moved = event.key in ("moved", "moved_about") and facts.national is not UNKNOWN
    return "counter" if moved and not can_sign(facts, today) else None


def child_allowance_change(facts: Facts, law: Law, today: date, home: Household, child: Member) -> Verdict:
    """児童手当法9条 (額改定): the family is paid for another child; the days count as for a first claim.

    While the ward's records are silent the claim says so; a second step would say it twice.
    """
    if not raised_by_me(facts, home, child) or facts.childcare is UNKNOWN:
        return not_concerned()
    if not paid_age(law, child, today):
        return counts_for_the_third(facts, law, today, home, child)
    still = paid_for(facts, law, home, today)
    if allowance_now(facts, child.person):
        if facts.answers.yes(ELSEWHERE) and third_elsewhere_matters(facts, law, today, home, child):
            return Open(because=because("sibling_elsewhere", child=child.name), asks=(ELSEWHERE,))
        return _fewer(facts.answers, still, child)
    return _one_more(facts, law, today, home, child, still) if still else not_concerned()


def _one_more(
    facts: Facts, law: Law, today: date, home: Household, child: Member, still: tuple[Allowance, ...]
) -> Verdict:
    """Whom this ward paid before the address changed has not come from elsewhere."""
    lived_here = any(record.since < f"{home.since:%Y-%m}" for record in still)
    arrived = None if lived_here else arrived_in_ward(facts, home)
    since = came(facts, home, child)
    joined = since if since > home.since else None
    event = max(child.birth_date, arrived or date.min, joined or date.min)
    by = law.last_day("child_allowance_claim", event)
    way = "partner" if public_servant(facts, today) else None
    if today > by:
        unsaid = unsaid_joining(facts, child, today)
        return _late(facts, law, today, event, child, joining=unsaid, way=way)
    first = written(claim_months(law, event, today).first_paid)
    key = "joined" if event in (arrived, joined) else "newborn"
    told = because(key, child=child.name, birth=child.birth_date, by=by, first=first)
    return Due(by=by, because=told, way=way)


def _late(
    facts: Facts,
    law: Law,
    today: date,
    event: date,
    child: Member,
    *,
    asks: tuple[str, ...] = (),
    joining: tuple[str, ...] = (),
    way: str | None = None,
) -> Verdict:
    """Months lost are not paid later, unless somebody else has been paying, or the child joined not long ago."""
    elsewhere = facts.answers.yes("allowance_elsewhere", child.person)
    if elsewhere is None:
        fact = f"allowance_elsewhere:{child.person}"
        return Ask(because=because("ask_elsewhere", child=child.name), asks=(fact, *joining))
    if elsewhere:
        return NotYours(because=because("paid_elsewhere"))
    first = written(claim_months(law, event, today).first_paid)
    return Open(because=because("late", child=child.name, first=first), asks=(*asks, *joining), way=way)


def _fewer(answers: Answers, still: tuple[Allowance, ...], child: Member) -> Verdict:
    """A child fewer while others are left (9条3項); when none is left the right itself ends."""
    if not answers.yes(GONE, child.person):
        return not_concerned()
    others = any(not answers.yes(GONE, record.person) for record in still)
    return Open(because=because("fewer", child=child.name)) if others else not_concerned()


_EVENTS = ("newborn", "moved", "moved_about", "joined", "left_service", SURVIVOR, "survivor_late")
_LATE = ("ask_elsewhere", "paid_elsewhere", "late")

RULES = (
    person_rule(
        child_allowance_claim,
        "ask_my_child",
        "paid",
        "ask_recipient",
        "lives_with_me",
        "public_servant",
        "servant_asks",
        "ask_earner",
        "ask_loss",
        "claims_at_work",
        TOLD,
        *_EVENTS,
        *_LATE,
        baby=_told_baby_claim,
    ),
    person_rule(
        child_allowance_change,
        "newborn",
        "joined",
        "fewer",
        "older_sibling",
        "older_sibling_due",
        "sibling_elsewhere",
        "confirmed",
        TOLD,
        *_LATE,
        baby=_told_baby_change,
    ),
)
