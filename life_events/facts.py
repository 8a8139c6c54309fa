"""What is known of a person's life. Each part was told by one source, or is UNKNOWN as long as it has not answered."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct, field

from life_events.benefits import Benefits
from life_events.entered import Entered
from life_events.terms import UNKNOWN, Unknown

Relation = Literal["head", "spouse", "child", "parent", "other"]
CareLevel = Literal["support1", "support2", "care1", "care2", "care3", "care4", "care5"]
Pension = Literal["category1", "category2", "category3", "none"]


class Member(Struct, frozen=True):
    """One line of the resident record; `person` is the registry's own id, `me` the person signed in."""

    person: str
    me: bool
    name: str
    kana: str
    birth_date: date
    sex: str
    relation: Relation


class Household(Struct, frozen=True):
    """Source `registry`. `ward` is the six-digit municipality code, `since` the day of moving to this address."""

    ward: str
    address: str
    postal_code: str
    since: date
    members: tuple[Member, ...]

    def member(self, person: str) -> Member | None:
        return next((member for member in self.members if member.person == person), None)

    @property
    def me(self) -> Member | None:
        return next((member for member in self.members if member.me), None)


class Allowance(Struct, frozen=True):
    """Child allowance is paid for this child, from the month `since` (YYYY-MM)."""

    person: str
    since: str


class MedicalCertificate(Struct, frozen=True):
    person: str
    until: date


class NurseryPlace(Struct, frozen=True):
    person: str
    facility: str
    certified_until: date


class Vaccination(Struct, frozen=True):
    """One dose in the ward's register of vaccinations (予防接種台帳); `vaccine` is an id of data/vaccines."""

    person: str
    vaccine: str
    on: date


class ChildcareRecords(Struct, frozen=True):
    """Source `childcare`. `vaccinations` None: the ward does not tell them."""

    allowance: tuple[Allowance, ...] = ()
    medical: tuple[MedicalCertificate, ...] = ()
    nursery: tuple[NurseryPlace, ...] = ()
    vaccinations: tuple[Vaccination, ...] | None = None

    def allowance_of(self, person: str) -> Allowance | None:
        return next((record for record in self.allowance if record.person == person), None)

    def medical_of(self, person: str) -> MedicalCertificate | None:
        return next((record for record in self.medical if record.person == person), None)

    def doses_of(self, person: str) -> Mapping[str, tuple[date, ...]]:
        """The days of this person's doses by vaccine, oldest first."""
        own = [dose for dose in self.vaccinations or () if dose.person == person]
        return {each.vaccine: tuple(sorted(dose.on for dose in own if dose.vaccine == each.vaccine)) for each in own}

    def nursery_of(self, person: str) -> NurseryPlace | None:
        return next((record for record in self.nursery if record.person == person), None)


class HomeAdaptation(Struct, frozen=True):
    """Work on the home that the care insurance has paid for (住宅改修).

    `begun`, `first_level`: of the first work on that house. `yen`: cost counted since then, or since the 3-step reset
    when that was used (`reset`).
    """

    begun: date
    first_level: CareLevel
    yen: int
    reset: bool = False


class CareEquipment(Struct, frozen=True):
    """An aid that the care insurance has paid for (特定福祉用具); `item` as in the form of care_equipment_refund."""

    bought: date
    item: str
    yen: int


class CareRecord(Struct, frozen=True):
    """One insured person; `level` None: never certified. `insured_number` has ten digits.

    `share`: tenths of the price she pays (負担割合). `cost_limit_until`: last day of a 負担限度額認定証.
    """

    person: str
    insured_number: str
    level: CareLevel | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    share: int | None = None
    cost_limit_until: date | None = None
    adaptation: HomeAdaptation | None = None
    equipment: tuple[CareEquipment, ...] = ()

    def certified_on(self, day: date) -> bool:
        return self.level is not None and self.valid_until is not None and day <= self.valid_until


class CareRecords(Struct, frozen=True):
    """Source `care`."""

    records: tuple[CareRecord, ...] = ()

    def of(self, person: str) -> CareRecord | None:
        return next((record for record in self.records if record.person == person), None)


class NationalProfile(Struct, frozen=True):
    """Source `national`. `public_account`: a 公金受取口座 is registered (its number is never asked for)."""

    name: str
    birth_date: date
    address: str
    pension: Pension
    public_account: bool
    public_servant: bool
    signing_certificate_until: date | None = None


class NextEvent(Struct, frozen=True):
    title: str
    on: date


class Pupil(Struct, frozen=True):
    """`kind` is `nursery`, `elementary` or another word the school uses; `class_name` is told as `class`."""

    person: str
    facility: str
    kind: str
    class_name: str = field(default="", name="class")
    next_event: NextEvent | None = None


class Pupils(Struct, frozen=True):
    """Source `school`."""

    pupils: tuple[Pupil, ...] = ()

    def of(self, person: str) -> Pupil | None:
        return next((pupil for pupil in self.pupils if pupil.person == person), None)


class Contract(Struct, frozen=True):
    number: str
    address: str
    company: str


class Contracts(Struct, frozen=True):
    """Source `electricity`."""

    contracts: tuple[Contract, ...] = ()


class Given(Struct, frozen=True):
    """When an answer was given, and since when its value is what it is: saying the same again keeps `since`."""

    at: datetime
    since: datetime


class Answers(Struct, frozen=True):
    """Source `self`: what the person told us, by fact id (`fact` or `fact:person`); dates as YYYY-MM-DD.

    `times`: an answer without one counts as given now; a time without an answer is that of taking it back.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    times: Mapping[str, Given] = field(default_factory=dict)

    def said(self, fact: str, person: str | None) -> object:
        return self.values.get(answer_id(fact, person))

    def yes(self, fact: str, person: str | None = None) -> bool | None:
        value = self.said(fact, person)
        return value if isinstance(value, bool) else None

    def day(self, fact: str, person: str | None = None) -> date | None:
        return day_told(self.said(fact, person))

    def word(self, fact: str, person: str | None = None) -> str | None:
        value = self.said(fact, person)
        return value if isinstance(value, str) else None


def day_told(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def answer_id(fact: str, person: str | None) -> str:
    return fact if person is None else f"{fact}:{person}"


class Facts(Struct, frozen=True, kw_only=True):
    """All parts together; `answers` and `entered` are never unknown, only empty.

    `water`, `gas`, `broadcast`: contracts in records she had looked up; None: not looked up, or none there. They are
    shown to her and nothing is judged from them: her yes was to seeing them.
    """

    registry: Household | Unknown = UNKNOWN
    childcare: ChildcareRecords | Unknown = UNKNOWN
    care: CareRecords | Unknown = UNKNOWN
    national: NationalProfile | Unknown = UNKNOWN
    school: Pupils | Unknown = UNKNOWN
    electricity: Contracts | Unknown = UNKNOWN
    benefits: Benefits | Unknown = UNKNOWN
    answers: Answers = Answers()
    entered: Entered = Entered()
    water: Contract | None = None
    gas: Contract | None = None
    broadcast: Contract | None = None


SOURCES = ("registry", "childcare", "care", "national", "school", "electricity", "self")
"""Ids of the sources that hold records, in the order they are shown; `benefits` holds none and only reckons."""

LOOKED_UP = ("water", "gas", "broadcast")
"""Ids of the sources that are asked on her wish alone: no step waits for them, and none is a gap."""


def unknown_parts(facts: Facts) -> Iterator[str]:
    """Ids of the sources that have told nothing."""
    return (source for source in SOURCES if source != "self" and getattr(facts, source) is UNKNOWN)
