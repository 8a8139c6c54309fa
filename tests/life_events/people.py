"""Made-up people for the tests of the study."""

from datetime import date

from msgspec.structs import replace

from life_events import (
    Allowance,
    Answers,
    CareRecords,
    ChildcareRecords,
    Contract,
    Contracts,
    Facts,
    Household,
    MedicalCertificate,
    Member,
    NationalProfile,
    Pupil,
    Pupils,
)

TODAY = date(2026, 11, 23)
MINATO, SETAGAYA = "131032", "131121"

HANA = Member("m-1", True, "佐藤 はな", "サトウ ハナ", date(1990, 5, 2), "female", "head")
ICHIRO = Member("m-2", False, "佐藤 一郎", "サトウ イチロウ", date(1989, 1, 9), "male", "spouse")
YUI = Member("m-3", False, "佐藤 ゆい", "サトウ ユイ", date(2019, 8, 2), "female", "child")
NAO = Member("m-4", False, "佐藤 なお", "サトウ ナオ", date(2026, 11, 14), "male", "child")
YOSHI = Member("m-5", False, "佐藤 よし", "サトウ ヨシ", date(1952, 8, 2), "female", "parent")


def household(*members: Member, ward: str = MINATO, since: date = date(2015, 4, 1)) -> Household:
    return Household(ward, "東京都港区芝公園1-5-25", "1050011", since, members or (HANA, ICHIRO, YUI, NAO, YOSHI))


def told(**answers: object) -> Answers:
    """Answers by fact; a double underscore stands for the colon before a person (`m_4` for `m-4`)."""
    return Answers({_fact(name): value for name, value in answers.items()})


def hana(**changes: object) -> Facts:
    """A family of five in Minato: a newborn, a first-grader who is paid for, and a mother-in-law of 74."""
    known = Facts(
        registry=household(),
        childcare=ChildcareRecords((Allowance("m-3", "2019-09"),), (MedicalCertificate("m-3", date(2038, 3, 31)),)),
        care=CareRecords(),
        national=NationalProfile("佐藤 はな", HANA.birth_date, "東京都港区芝公園1-5-25", "category2", True, False),
        school=Pupils((Pupil("m-3", "芝浜小学校", "elementary", "1年2組"),)),
        electricity=Contracts((Contract("EL-100", "東京都港区芝公園1-5-25", "あかり電力"),)),
    )
    return replace(known, **changes)


def _fact(name: str) -> str:
    fact, colon, person = name.partition("__")
    return f"{fact}:{person.replace('_', '-')}" if colon else fact
