"""The form of a procedure for one person, filled with what is known."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from life_events.catalogue import Catalogue, Procedure
from life_events.entered import EnteredValue, term_id
from life_events.facts import Facts, Member
from life_events.form import Choice, Field, FieldKind, FieldSpec, Form, FormSpec, Prefill, Section, bare
from life_events.law import Law
from life_events.parents import raised_by_me
from life_events.paths import PATHS, household
from life_events.standing import standing
from life_events.terms import Operator, Text
from life_events.wording import as_text, say

ENTERED = "entered"
"""The source of what she wrote herself in an earlier form."""


RECORDS = frozenset(path.source for path in PATHS.values()) - {"self"}
"""Every source whose facts could stand in a form; her own answers are hers to use."""


LONGEST_NAMES = 200
"""Characters of the names of several people, written out."""


class NoForm(LookupError):
    """There is no such form: not a procedure, not filed here, or not a member of the household."""


def filling_in(catalogue: Catalogue) -> frozenset[str]:
    """Those of RECORDS that fill in a field of some form."""
    forms = [found.form for found in catalogue.procedures.values() if found.form is not None]
    fields = [field for form in forms for section in form.sections for field in section.fields]
    return RECORDS & {PATHS[field.prefill].source for field in fields if field.prefill}


def form_for(
    catalogue: Catalogue,
    procedure: str,
    facts: Facts,
    subject: str | None,
    today: date,
    *,
    held_back: Collection[str] = (),
) -> Form:
    """The form of `procedure` about the household member `subject` (None: the whole household); raises NoForm.

    What the sources `held_back` told is judged by as ever, and stands in no field.
    """
    facts = standing(facts, catalogue, today)
    found = catalogue.procedures.get(procedure)
    if found is None or found.form is None:
        raise NoForm(procedure)
    member = _member(catalogue, found, facts, subject)
    home = household(facts)
    law = catalogue.law_in(home.ward if home else None)
    sections = tuple(
        Section(
            section.id,
            section.title or found.name,
            tuple(_field(catalogue, law, field, facts, member, today, held_back) for field in section.fields),
        )
        for section in found.form.sections
    )
    return Form(
        procedure=found.id,
        version=found.form.version,
        subject=subject,
        title=found.name,
        intro=found.form.intro,
        submit_to=say(found.form.submit_to, {"ward": ward_name(catalogue, facts, None)}),
        sections=sections,
        held_back=_held_back(found.form, (facts, member, law, today), sections, held_back),
    )


def blank_form(catalogue: Catalogue, procedure: str, ward: str, today: date) -> Form:
    """The form of `procedure` for nobody in particular, as it lies on paper in `ward`; raises NoForm.

    Days are judged as on `today`. People of a household are not known: a choice among them is written out as names.
    """
    found = catalogue.procedures.get(procedure)
    if found is None or found.form is None:
        raise NoForm(procedure)
    nobody, law = Facts(), catalogue.law_in(ward)
    sections = tuple(
        Section(
            section.id,
            section.title or found.name,
            tuple(_written_out(_field(catalogue, law, spec, nobody, None, today, ()), spec) for spec in section.fields),
        )
        for section in found.form.sections
    )
    return Form(
        procedure=found.id,
        version=found.form.version,
        subject=None,
        title=found.name,
        intro=found.form.intro,
        submit_to=say(found.form.submit_to, {"ward": catalogue.wards[ward].name}),
        sections=sections,
    )


def _written_out(field: Field, spec: FieldSpec) -> Field:
    if spec.choices_from is None:
        return field
    return replace(field, kind=FieldKind.TEXT, max_length=LONGEST_NAMES)


def _held_back(
    form: FormSpec,
    known: tuple[Facts, Member | None, Law, date],
    sections: tuple[Section, ...],
    sources: Collection[str],
) -> tuple[str, ...]:
    """Those of the sources that know what stands in a field of this form, and were not let fill it in."""
    fields = {field.id: field for section in sections for field in section.fields}
    specs = [spec for section in form.sections for spec in section.fields]
    told = {one.source for spec in specs if (one := _on_record(spec, fields[spec.id], *known)) is not None}
    return tuple(sorted(told.intersection(sources)))


def ward_name(catalogue: Catalogue, facts: Facts, code: str | None) -> Text:
    """The name of the ward `code` (None: her own), or 「お住まいの区」 as long as it is not known."""
    home = household(facts)
    ward = catalogue.wards.get(code or (home.ward if home else ""))
    return ward.name if ward else catalogue.words.operators[Operator.WARD]


def _member(catalogue: Catalogue, procedure: Procedure, facts: Facts, subject: str | None) -> Member | None:
    """A procedure for a person needs one of the household; one for the household takes none."""
    per_person = catalogue.rules[procedure.id].for_person is not None
    home = household(facts)
    member = home.member(subject) if home and subject else None
    if per_person != (member is not None) or (subject is not None and member is None):
        raise NoForm(f"{procedure.id}: no such person")
    return member


def _field(
    catalogue: Catalogue,
    law: Law,
    spec: FieldSpec,
    facts: Facts,
    subject: Member | None,
    today: date,
    held_back: Collection[str],
) -> Field:
    earliest, latest = _days(spec, law, today)
    if spec.not_before and isinstance(first := PATHS[spec.not_before].read(facts, subject), date):
        earliest = max(earliest or first, first)
    field = bare(spec)
    field = replace(
        field,
        pattern=_names_new_ward(catalogue, facts) if spec.lies_in else field.pattern,
        min_date=earliest,
        max_date=latest,
        closed_days=_closed_days(catalogue, spec, facts, earliest, latest),
        choices=spec.choices if spec.choices_from is None else _people(spec.choices_from, facts),
    )
    told = _on_record(spec, field, facts, subject, law, today)
    if told is not None and told.source in held_back:
        told = None
    return replace(field, prefill=told or _entered(field, facts, subject, today))


def _names_new_ward(catalogue: Catalogue, facts: Facts) -> str | None:
    """As it is written in Japanese or in Roman letters; None: she has told no place, or one outside of the 23."""
    ward = catalogue.wards.get(facts.answers.word("move_to") or "")
    if ward is None:
        return None
    roman = ward.name.en.split()[0]
    return f".*(?:{ward.name.ja}|[{roman[0].upper()}{roman[0].lower()}]{roman[1:]}).*"


def _closed_days(
    catalogue: Catalogue, spec: FieldSpec, facts: Facts, earliest: date | None, latest: date | None
) -> tuple[date, ...]:
    """Days on which the office takes no visit; none for a place whose opening days are not known here."""
    home = household(facts)
    own = home.ward if home else None
    office = catalogue.wards.get((facts.answers.word("move_to") if spec.open_days_of == "new_ward" else own) or "")
    if spec.open_days_of is None or office is None or earliest is None or latest is None:
        return ()
    law = catalogue.law_in(office.code)
    days = (earliest + timedelta(days=number) for number in range((latest - earliest).days + 1))
    return tuple(day for day in days if not law.opens_office(day))


def _days(spec: FieldSpec, law: Law, today: date) -> tuple[date | None, date | None]:
    """A window of -30/+10 days around an event is, seen from today, an event from 10 days ago to 30 days ahead."""
    if spec.window is not None:
        before, after = law.days(f"{spec.window}_before", today), law.days(f"{spec.window}_after", today)
        return today - after, today + before
    return (
        None if spec.days_from is None else today + timedelta(days=spec.days_from),
        None if spec.days_to is None else today + timedelta(days=spec.days_to),
    )


def _people(choices_from: str, facts: Facts) -> tuple[Choice, ...]:
    home = household(facts)
    members = home.members if home else ()
    if home and choices_from == "household.children":
        own = tuple(member for member in members if raised_by_me(facts, home, member))
        members = own or tuple(member for member in members if member.relation == "child")
    return tuple(Choice(member.person, as_text(member.name)) for member in members)


def _on_record(
    spec: FieldSpec, field: Field, facts: Facts, subject: Member | None, law: Law, today: date
) -> Prefill | None:
    """What is on record is never overwritten by what was typed."""
    if spec.prefill is None:
        return None
    path = PATHS[spec.prefill]
    value = path.told(facts, subject, law, today)
    if value is None or value == "":
        return None
    plain = value.isoformat() if isinstance(value, date) else value
    return Prefill(plain, path.source, path=spec.prefill) if _fits(field, plain) else None


def _entered(field: Field, facts: Facts, subject: Member | None, today: date) -> Prefill | None:
    before = facts.entered.of(field.term, subject.person if subject else None, today) if field.term else None
    if before is None or not _fits(field, before.value):
        return None
    return Prefill(before.value, ENTERED, before.procedure, before.at)


def _fits(field: Field, value: str | bool | tuple[str, ...]) -> bool:
    """Whether the field can show the value, and a day can still be sent; the rest is told by the schema."""
    offered = {choice.value for choice in field.choices}
    match field.kind:
        case FieldKind.YES_NO:
            return isinstance(value, bool)
        case FieldKind.CHOICE:
            return value in offered
        case FieldKind.MANY_CHOICE:
            return isinstance(value, tuple) and offered.issuperset(value)
        case FieldKind.DATE:
            return isinstance(value, str) and _is_taken(field, value)
        case _:
            return isinstance(value, str)


def _is_taken(field: Field, value: str) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    too_early = field.min_date is not None and day < field.min_date
    too_late = field.max_date is not None and day > field.max_date
    return not too_early and not too_late and day not in field.closed_days


def entered_in(form: Form, answers: Mapping[str, object], at: datetime) -> Mapping[str, EnteredValue]:
    """What of the answers she wrote herself and may be offered in other forms, by the name it is kept under."""
    found: dict[str, EnteredValue] = {}
    for field in form.fields.values():
        value = answers.get(field.id)
        plain = tuple(value) if isinstance(value, list) else value
        id = term_id(field.term, form.subject) if field.term else None
        on_record = field.prefill is not None and field.prefill.source != ENTERED and field.prefill.value == plain
        if id and not on_record and isinstance(plain, str | bool | tuple):
            found[id] = EnteredValue(plain, form.procedure, at)
    return found
