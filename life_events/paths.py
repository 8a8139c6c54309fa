"""Names for single facts (`me.name`, `household.address` …): shown as known, or filled into forms."""

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from life_events.facts import CareRecord, Facts, Household, Member
from life_events.law import Law
from life_events.rules.insured import is_second_insured
from life_events.rules.move import EVERYBODY, MOVES
from life_events.terms import UNKNOWN

Value = str | bool | date | tuple[str, ...]


class Path(Struct, frozen=True):
    """`read` gives None when the fact is not known or does not exist. `chosen_by`: what only chooses among it.
    `follows`: what her age says of a person on a day by the law, in place of what `read` gives."""

    source: str
    read: Callable[[Facts, Member | None], Value | None]
    chosen_by: tuple[str, ...] = ()
    follows: Callable[[Member, Law, date], Value] | None = None

    def told(self, facts: Facts, subject: Member | None, law: Law, today: date) -> Value | None:
        if self.follows is None:
            return self.read(facts, subject)
        return self.follows(subject, law, today) if subject else None


def household(facts: Facts) -> Household | None:
    return None if facts.registry is UNKNOWN else facts.registry


def _of_household(name: str) -> Path:
    return Path("registry", lambda facts, subject: getattr(household(facts), name, None))


def _of_me(name: str) -> Path:
    return Path("registry", lambda facts, subject: getattr(_me(facts), name, None))


def _of_subject(name: str) -> Path:
    return Path("registry", lambda facts, subject: getattr(subject, name, None))


def _by_age(follows: Callable[[Member, Law, date], Value]) -> Path:
    return Path("registry", lambda facts, subject: getattr(subject, "birth_date", None), follows=follows)


def _of_care(name: str) -> Path:
    return Path("care", lambda facts, subject: getattr(_care(facts, subject), name, None))


def _national(name: str) -> Path:
    return Path("national", lambda facts, subject: getattr(facts.national, name, None))


def _answer_word(fact: str) -> Path:
    return Path("self", lambda facts, subject: facts.answers.word(fact))


def _answer_word_of_subject(fact: str) -> Path:
    return Path("self", lambda facts, subject: facts.answers.word(fact, subject.person) if subject else None)


def _answer_day_of_subject(fact: str) -> Path:
    return Path("self", lambda facts, subject: facts.answers.day(fact, subject.person) if subject else None)


def _answer_day(fact: str) -> Path:
    return Path("self", lambda facts, subject: facts.answers.day(fact))


def _me(facts: Facts) -> Member | None:
    home = household(facts)
    return home.me if home else None


def _care(facts: Facts, subject: Member | None) -> CareRecord | None:
    if facts.care is UNKNOWN or subject is None:
        return None
    return facts.care.of(subject.person)


def _spouse(facts: Facts) -> Member | None:
    """The other of the couple that heads the household."""
    home, me = household(facts), _me(facts)
    if home is None or me is None or me.relation not in ("head", "spouse"):
        return None
    other = "spouse" if me.relation == "head" else "head"
    return next((member for member in home.members if member.relation == other), None)


def _of_spouse(name: str) -> Path:
    return Path("registry", lambda facts, subject: getattr(_spouse(facts), name, None))


def _married(facts: Facts, subject: Member | None) -> str | None:
    """Only what the register shows; a partner may live elsewhere."""
    return "married" if _spouse(facts) else None


def _joined_by(facts: Facts, subject: Member | None) -> str | None:
    """How a child came into the household, as far as the register shows: born after the family had moved here."""
    home = household(facts)
    return "birth" if home and subject and subject.birth_date >= home.since else None


def _head(facts: Facts, subject: Member | None) -> str | None:
    home = household(facts)
    return next((member.name for member in home.members if member.relation == "head"), None) if home else None


def _members(facts: Facts, subject: Member | None) -> tuple[str, ...] | None:
    home = household(facts)
    return tuple(member.person for member in home.members) if home else None


def _movers(facts: Facts, subject: Member | None) -> tuple[str, ...] | None:
    """Everybody, unless only some move: then those of whom it was said."""
    home, answers = household(facts), facts.answers
    if home is None or answers.yes(EVERYBODY) is not False:
        return _members(facts, subject)
    said = tuple(member.person for member in home.members if answers.yes(MOVES, member.person))
    return said or None


def _subject_only(facts: Facts, subject: Member | None) -> tuple[str, ...] | None:
    return (subject.person,) if subject else None


def _facility(facts: Facts, subject: Member | None) -> str | None:
    if facts.school is UNKNOWN:
        return None
    return next((pupil.facility for pupil in facts.school.pupils if pupil.kind != "nursery"), None)


def _nursery(facts: Facts, subject: Member | None) -> str | None:
    if facts.childcare is UNKNOWN or subject is None:
        return None
    place = facts.childcare.nursery_of(subject.person)
    return place.facility if place else None


def _allowance_since(facts: Facts, subject: Member | None) -> str | None:
    if facts.childcare is UNKNOWN or subject is None:
        return None
    record = facts.childcare.allowance_of(subject.person)
    return record.since if record else None


def _paid_children(facts: Facts, subject: Member | None) -> tuple[str, ...] | None:
    """Whom the ward pays the child allowance for."""
    if facts.childcare is UNKNOWN:
        return None
    return tuple(record.person for record in facts.childcare.allowance) or None


def _contract(name: str) -> Path:
    def read(facts: Facts, subject: Member | None) -> str | None:
        if facts.electricity is UNKNOWN:
            return None
        return next((getattr(contract, name) for contract in facts.electricity.contracts), None)

    return Path("electricity", read)


def _looked_up(source: str, name: str) -> Path:
    return Path(source, lambda facts, subject: getattr(getattr(facts, source), name, None))


PATHS: Mapping[str, Path] = {
    "household.address": _of_household("address"),
    "household.postal_code": _of_household("postal_code"),
    "household.since": _of_household("since"),
    "household.members": Path("registry", _members),
    "household.movers": Path("registry", _movers, chosen_by=("self",)),
    "household.head": Path("registry", _head),
    "me.name": _of_me("name"),
    "me.kana": _of_me("kana"),
    "me.birth_date": _of_me("birth_date"),
    "spouse.name": _of_spouse("name"),
    "spouse.birth_date": _of_spouse("birth_date"),
    "spouse.known": Path("registry", _married),
    "subject.name": _of_subject("name"),
    "subject.kana": _of_subject("kana"),
    "subject.birth_date": _of_subject("birth_date"),
    "subject.second_insured": _by_age(is_second_insured),
    "subject.joined_by": Path("registry", _joined_by),
    "subject.itself": Path("registry", _subject_only),
    "childcare.allowance_since": Path("childcare", _allowance_since),
    "childcare.allowance_children": Path("childcare", _paid_children),
    "childcare.nursery": Path("childcare", _nursery),
    "care.insured_number": _of_care("insured_number"),
    "care.level": _of_care("level"),
    "care.valid_until": _of_care("valid_until"),
    "national.pension": _national("pension"),
    "national.public_account": _national("public_account"),
    "national.public_servant": _national("public_servant"),
    "national.signing_certificate_until": _national("signing_certificate_until"),
    "school.facility": Path("school", _facility),
    "electricity.number": _contract("number"),
    "electricity.company": _contract("company"),
    "water.number": _looked_up("water", "number"),
    "water.address": _looked_up("water", "address"),
    "gas.number": _looked_up("gas", "number"),
    "gas.address": _looked_up("gas", "address"),
    "broadcast.number": _looked_up("broadcast", "number"),
    "broadcast.address": _looked_up("broadcast", "address"),
    "answers.move_date": _answer_day("move_date"),
    "answers.move_in_filed": _answer_day("move_in_filed"),
    "answers.equipment_bought": _answer_day_of_subject("equipment_bought"),
    "answers.equipment_item": _answer_word_of_subject("equipment_item"),
    "answers.damage_cause": _answer_word("damage_cause"),
    "answers.damage_class": _answer_word("damage_class"),
    "answers.death_known": _answer_day("death_known"),
    "answers.birth_date": _answer_day("birth_date"),
    "answers.due_date": _answer_day("due_date"),
    "answers.heartbeat_date": _answer_day("heartbeat_date"),
}
