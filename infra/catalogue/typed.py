"""How much a person types: the forms after a birth in a family of two children, filled in one after another.

`python -m infra.catalogue.typed` prints it. A value is typed once for each `term`; what a record tells, or she wrote in
an earlier form, is prefilled. The newborn is on record once the birth is told, not before. She takes the way most
families take: married, the registered account, the first choice offered. A procedure without a form of its own is named
with the way it is filed.
"""

import sys
from dataclasses import dataclass
from dataclasses import replace as replace_dataclass
from datetime import UTC, date, datetime

from msgspec.structs import replace

from life_events import (
    Allowance,
    Answers,
    CareRecords,
    Catalogue,
    Channel,
    ChildcareRecords,
    Contracts,
    Entered,
    Facts,
    Field,
    FieldKind,
    Form,
    Household,
    MedicalCertificate,
    Member,
    NationalProfile,
    NoForm,
    Pupils,
    Text,
    entered_in,
    form_for,
    load_catalogue,
    plan,
    shown_answers,
)

TODAY = date(2026, 11, 23)
AFTER_A_BIRTH = (
    "birth_notice",
    "child_health_insurance",
    "child_allowance_change",
    "child_medical_certificate",
    "metropolitan_018_support",
    "baby_first_gift",
    "newborn_visit",
    "pregnancy_support_second",
    "childbirth_lump_sum",
    "nursery_use",
)
"""The ten that such a family files within some months, in the order of the bundle."""
SENT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TAPPED = frozenset(
    {
        FieldKind.CHOICE,
        FieldKind.MANY_CHOICE,
        FieldKind.YES_NO,
        FieldKind.AGREEMENT,
        FieldKind.DATE,
        FieldKind.MONTH,
        FieldKind.TIME,
    }
)
"""Chosen by a finger; everything else is typed."""
YES = frozenset({"married"})
"""Questions that most families answer with yes; where that brings more fields, they are counted."""
PLAIN = {
    "PHONE": "0312345678",
    "MONTH": "2016-04",
    "TIME": "09:30",
    "KANA": "アオバ",
    "NUMBER": "1",
    "POSTAL_CODE": "1050011",
}


@dataclass(frozen=True)
class Figures:
    """Counts of fields shown and asked for; `typed` names what is typed, by form.

    `sent`, `drafts`: procedures whose form is sent here, or is held but filed as a paper at a counter. `without`:
    those that have no form here.
    """

    sent: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    fields: int = 0
    prefilled: int = 0
    tapped: int = 0
    typed: tuple[str, ...] = ()

    @property
    def forms(self) -> int:
        return len(self.sent) + len(self.drafts)

    def and_none_of(self, procedure: str) -> "Figures":
        return replace_dataclass(self, without=(*self.without, procedure))

    def and_of(self, form: Form, answers: dict[str, object], *, here: bool) -> "Figures":
        shown = shown_answers(form, answers)
        asked = [field for field in form.fields.values() if field.id in shown]
        new = [field for field in asked if field.prefill is None]
        typed = tuple(f"{form.procedure}.{field.id}" for field in new if field.kind not in TAPPED)
        return replace_dataclass(
            self,
            sent=(*self.sent, form.procedure) if here else self.sent,
            drafts=self.drafts if here else (*self.drafts, form.procedure),
            fields=self.fields + len(asked),
            prefilled=self.prefilled + len(asked) - len(new),
            tapped=self.tapped + len(new) - len(typed),
            typed=(*self.typed, *typed),
        )


NEWBORN = "m-4"


def family() -> Facts:
    """Hana, Ichiro, a girl of seven and a boy born nine days ago, who is on record by now."""
    address = "東京都港区芝公園1-5-25"
    hana, born = date(1990, 5, 2), date(2026, 11, 14)
    members = (
        Member("m-1", True, "佐藤 はな", "サトウ ハナ", hana, "female", "head"),
        Member("m-2", False, "佐藤 一郎", "サトウ イチロウ", date(1989, 1, 9), "male", "spouse"),
        Member("m-3", False, "佐藤 ゆい", "サトウ ユイ", date(2019, 8, 2), "female", "child"),
        Member(NEWBORN, False, "佐藤 なお", "サトウ ナオ", born, "male", "child"),
    )
    certificate = MedicalCertificate("m-3", date(2038, 3, 31))
    return Facts(
        registry=Household("131032", address, "1050011", date(2015, 4, 1), members),
        childcare=ChildcareRecords((Allowance("m-3", "2019-09"),), (certificate,)),
        care=CareRecords(),
        national=NationalProfile("佐藤 はな", hana, address, "category2", True, False),
        school=Pupils(),
        electricity=Contracts(),
        answers=Answers({"birth_date": born.isoformat()}),
    )


def figures(catalogue: Catalogue) -> Figures:
    """Over those of the ten that have a form, one after another."""
    facts, found = family(), Figures()
    for id in AFTER_A_BIRTH:
        form = _form(catalogue, id, before_the_birth_is_told(facts) if id == "birth_notice" else facts)
        if form is None:
            found = found.and_none_of(id)
            continue
        answers = _filled(form)
        found = found.and_of(form, answers, here=way_of(catalogue, id)[0] is Channel.HERE)
        new = entered_in(form, shown_answers(form, answers), SENT)
        facts = replace(facts, entered=Entered({**facts.entered.values, **new}))
    return found


def before_the_birth_is_told(facts: Facts) -> Facts:
    """The register without the newborn."""
    home = facts.registry
    assert isinstance(home, Household)
    members = tuple(one for one in home.members if one.person != NEWBORN)
    return replace(facts, registry=replace(home, members=members))


def _form(catalogue: Catalogue, procedure: str, facts: Facts) -> Form | None:
    """About the newborn where it is about a person, else about the household; None: nothing is filled in."""
    for subject in (NEWBORN, None):
        try:
            return form_for(catalogue, procedure, facts, subject, TODAY)
        except NoForm:
            continue
    return None


def _filled(form: Form) -> dict[str, object]:
    """What is known, and something for each other field that is wanted; what may stay empty stays empty."""
    known = {id: field.prefill.value for id, field in form.fields.items() if field.prefill}
    return {
        id: known.get(id, id in YES or _written(field))
        for id, field in form.fields.items()
        if field.required or id in known
    }


def _written(field: Field) -> object:
    match field.kind:
        case FieldKind.AGREEMENT:
            return True
        case FieldKind.YES_NO:
            return False
        case FieldKind.CHOICE:
            return field.choices[0].value if field.choices else ""
        case FieldKind.MANY_CHOICE:
            return [choice.value for choice in field.choices[:1]]
        case FieldKind.DATE:
            return TODAY.isoformat()
        case _:
            return PLAIN.get(field.kind.name, "あおば")


def way_of(catalogue: Catalogue, procedure: str) -> tuple[Channel, Text]:
    """Where and how this family files it: as its own step says, else as the procedure says of itself."""
    planned = plan(family(), catalogue, TODAY)
    step = planned.step(f"{procedure}:{NEWBORN}") or planned.step(procedure)
    told = step or catalogue.procedures[procedure]
    return told.channel, told.how


def table(found: Figures, catalogue: Catalogue) -> str:
    def way(id: str) -> str:
        channel, how = way_of(catalogue, id)
        return f"{id} ({channel.value}): {how.en}"

    return "\n".join(
        [
            f"after a birth, a family of two children: {len(AFTER_A_BIRTH)} procedures, {found.forms} with a form here,"
            f" {found.fields} fields asked for",
            f"  prefilled {found.prefilled}, chosen {found.tapped}, typed {len(found.typed)} (aim: at most 5 for 10)",
            *(f"    typed: {one}" for one in found.typed),
            f"    sent here: {', '.join(found.sent)}",
            f"    form in the catalogue, filed at a counter: {', '.join(found.drafts)}",
            *(f"    no form here: {way(id)}" for id in found.without),
        ]
    )


if __name__ == "__main__":
    loaded = load_catalogue()
    sys.stdout.write(table(figures(loaded), loaded) + "\n")
