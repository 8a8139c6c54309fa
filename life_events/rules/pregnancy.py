"""Rules while a child is expected, and for the payments that stay open when a pregnancy ends early.

Nothing here speaks before she has told of a pregnancy. Once she tells that it ended, only the two payments remain, in
quiet words; everything that looks forward to a birth falls silent.
"""

from datetime import date, timedelta
from typing import Literal

from life_events.dates import months_after
from life_events.facts import Facts
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.rules.family import JUST_BORN, NEWBORN, newborns
from life_events.rules.rule import household_rule
from life_events.terms import UNKNOWN
from life_events.verdict import (
    Ask,
    Because,
    Done,
    Due,
    NotYet,
    NotYours,
    Open,
    Verdict,
    ask,
    because,
    not_concerned,
)

Claim = Literal["expecting", "born", "quiet"]


def ended(facts: Facts, law: Law, today: date) -> bool:
    """She told that the pregnancy ended without a birth, and no child is there: one that lives is never passed over."""
    return facts.answers.yes("pregnancy_ended") is True and not _is_here(facts, law, today)


def expecting(facts: Facts, law: Law, today: date) -> bool:
    """A pregnancy has been told and goes on; an answer that was never taken back ends some weeks after the due date."""
    if not facts.answers.yes("pregnant") or ended(facts, law, today) or facts.answers.yes("baby_born"):
        return False
    if _is_here(facts, law, today):
        return False
    due = facts.answers.day("due_date")
    return due is None or today <= due + law.days("pregnancy_forgotten_after_due", today)


def long_past(facts: Facts, law: Law, today: date, months: str) -> bool:
    """So many months after the last day on which the pregnancy that ended can have ended, by the days she told."""
    due, heard = facts.answers.day("due_date"), facts.answers.day("heartbeat_date")
    latest = due or (heard and heard + law.days("pregnancy_term", today))
    return latest is not None and today >= months_after(latest, law.number(months, today))


def _is_here(facts: Facts, law: Law, today: date) -> bool:
    """The child that was expected is on record or its birth told: no earlier than any can be before that due date."""
    children = () if facts.registry is UNKNOWN else newborns(facts, facts.registry, today)
    births = [child.birth_date for child in children]
    if facts.answers.yes("baby_born") and (told := facts.answers.day("birth_date")):
        births.append(told)
    due = facts.answers.day("due_date")
    if due is None:
        return any(today - birth <= JUST_BORN for birth in births)
    earliest = due - law.days("earliest_birth_before_due", today)
    return any(birth >= earliest for birth in births)


def prenatal_checkups(facts: Facts, law: Law, today: date) -> Verdict:
    """母子保健法13条: tickets come with the pregnancy notice and are used until the birth."""
    if not expecting(facts, law, today):
        return not_concerned()
    return Open(because=because("expecting"), asks=("pregnancy_ended",))


def pregnancy_support_first(facts: Facts, law: Law, today: date) -> Verdict:
    """子ども・子育て支援法 (妊婦支援給付金 1回目): until the day before 2 years have passed since the heartbeat day."""
    key = _claim(facts, law, today)
    if key is None:
        return not_concerned()
    if facts.answers.yes("support_first_claimed"):
        return not_concerned() if key == "quiet" else Done(because=because("claimed"))
    heard = facts.answers.day("heartbeat_date")
    if heard is None:
        asks = ("heartbeat_date", "support_first_claimed")
        return _undated(facts, law, today, key, asks, "heartbeat_latest_before_due")
    return _until(law, heard, today, key, "support_first_claimed")


def pregnancy_support_second(facts: Facts, law: Law, today: date) -> Verdict:
    """同 2回目 (胎児の数の届出): from 8 weeks before the due date, until the day before 2 years have passed since then.

    After a loss it may be asked for at once; the safe last day is that of the first payment, which ends earlier.
    """
    key = _claim(facts, law, today)
    if key is None:
        return not_concerned()
    if facts.answers.yes("support_second_claimed"):
        return not_concerned() if key == "quiet" else Done(because=because("claimed"))
    due = facts.answers.day("due_date")
    if key == "expecting":
        return _second_by_due_date(law, due, today)
    start = facts.answers.day("heartbeat_date") if key == "quiet" else _eight_weeks_before(law, due, today)
    if start is None:
        asks = ("support_second_claimed", "due_date") if key == "born" else ("support_second_claimed",)
        return _undated(facts, law, today, key, asks, "pregnancy_support_second_before_due")
    return _until(law, start, today, key, "support_second_claimed")


def _second_by_due_date(law: Law, due: date | None, today: date) -> Verdict:
    opens = _eight_weeks_before(law, due, today)
    if opens is None:
        return ask("due_date", "ask_due_date")
    if today < opens:
        return NotYet(opens=opens, by=_two_years(law, opens, today), because=because("soon", opens=opens))
    return _until(law, opens, today, "expecting", "support_second_claimed")


def expectant_interview(facts: Facts, law: Law, today: date) -> Verdict:
    """とうきょうママパパ応援事業: the ward's interview during pregnancy, and what it gives afterwards."""
    if not expecting(facts, law, today):
        return not_concerned()
    if facts.answers.yes("expectant_interview_done"):
        return Done(because=because("interviewed"))
    return Open(because=because("expecting"), asks=("expectant_interview_done",))


def _claim(facts: Facts, law: Law, today: date) -> Claim | None:
    """On what ground the two payments may be asked for; an answer of long ago still counts until the right lapses."""
    if ended(facts, law, today):
        return "quiet"
    home = None if facts.registry is UNKNOWN else facts.registry
    born = facts.answers.yes("baby_born") or (home is not None and newborns(facts, home, today))
    if (born or _last_child(facts, law, today)) and not expecting(facts, law, today):
        return "born"
    return "expecting" if facts.answers.yes("pregnant") else None


def _last_child(facts: Facts, law: Law, today: date) -> date | None:
    """The birth of her youngest child of less than the two years, for whom the payments existed."""
    home = facts.registry
    if home is UNKNOWN:
        return None
    births = (child.birth_date for child in home.members if raised_by_me(facts, home, child))
    paid = (birth for birth in births if law.in_force("pregnancy_support_months", birth))
    return max((birth for birth in paid if today <= _two_years(law, birth, today)), default=None)


def _undated(facts: Facts, law: Law, today: date, key: Claim, asks: tuple[str, ...], before_due: str) -> Verdict:
    """Nobody knows the last day; it falls silent once it is past on any reckoning, and after a year is only asked.

    `before_due`: the number of days before the due date from which the two years run at the latest.
    """
    if key == "quiet" and long_past(facts, law, today, "pregnancy_support_months"):
        return not_concerned()
    born = _last_child(facts, law, today) if key == "born" else None
    if born is not None and today - born > NEWBORN:
        if today > _two_years(law, born - law.days(before_due, today), today):
            return not_concerned()
        claimed = next(fact for fact in asks if fact.endswith("_claimed"))
        if facts.answers.yes(claimed) is None:
            return Ask(because=because("ask_claimed"), asks=(claimed,))
    return Open(because=_told(key), asks=asks, way=_way(key))


def _told(key: Claim) -> Because:
    match key:
        case "quiet":
            return because("quiet")
        case "born":
            return because("born")
        case "expecting":
            return because("expecting")


def _way(key: Claim) -> str | None:
    """After a loss it is told in words of its own how to claim."""
    return "quiet" if key == "quiet" else None


def _until(law: Law, start: date, today: date, key: Claim, claimed: str) -> Due | NotYours:
    by = _two_years(law, start, today)
    told = because("quiet_until", by=by) if key == "quiet" else because("until", by=by)
    return Due(by=by, because=told, asks=(claimed,), way=_way(key)) if today <= by else not_concerned()


def _eight_weeks_before(law: Law, due: date | None, today: date) -> date | None:
    return None if due is None else due - law.days("pregnancy_support_second_before_due", today)


def _two_years(law: Law, start: date, today: date) -> date:
    return months_after(start, law.number("pregnancy_support_months", today)) - timedelta(days=1)


_GROUNDS = ("expecting", "born", "quiet", "until", "quiet_until")

RULES = (
    household_rule(prenatal_checkups, "expecting"),
    household_rule(pregnancy_support_first, "claimed", "ask_claimed", *_GROUNDS),
    household_rule(pregnancy_support_second, "claimed", "ask_claimed", "ask_due_date", "soon", *_GROUNDS),
    household_rule(expectant_interview, "interviewed", "expecting"),
)
