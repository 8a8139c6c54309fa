"""What no single data file can promise alone: that the files, the rules and the texts fit together."""

import re
from collections.abc import Iterator

from life_events.catalogue import TRUSTED, Attachment, Catalogue, Procedure
from life_events.changes import ChangeKind
from life_events.checking_ripples import ripple_faults
from life_events.entitlements import TEXTS
from life_events.facts import LOOKED_UP, SOURCES
from life_events.form import FieldSpec
from life_events.occasions import MEMBERS, OCCASIONS
from life_events.paths import PATHS
from life_events.rules.disaster import CLOSES
from life_events.terms import Operator, Text
from life_events.wording import braces

COMMON_REASONS = frozenset({"not_concerned", "unheard", "not_judged", "ask_first", "ask_moves", "late_now"})
REFUSALS = frozenset(
    {
        *("unknown_field", "unknown_question", "required", "wrong_type", "too_long", "wrong_pattern"),
        *("not_a_date", "out_of_window", "closed_day", "not_a_choice", "control_character", "individual_number"),
    }
)


class WrongData(Exception):
    """A data file cannot be used; says which file, which key and, where it can be told, which line."""

    def __init__(self, file: str, fault: str, line: int | None = None) -> None:
        super().__init__(f"{file}: {fault}" if line is None else f"{file}: {fault} (line {line})")
        self.file = file
        self.fault = fault
        self.line = line


def check(catalogue: Catalogue) -> None:
    """Raises WrongData for the first fault."""
    _check_words(catalogue)
    _check_wards(catalogue)
    _check_bundles(catalogue)
    _check_vaccines(catalogue)
    _check_disasters(catalogue)
    _check_desk(catalogue)
    if missing := catalogue.rules.keys() - catalogue.procedures.keys():
        raise WrongData(f"{min(missing)}.toml", "the rule has no data file")
    for procedure in catalogue.procedures.values():
        for fault in _faults(catalogue, procedure):
            raise WrongData(f"{procedure.id}.toml", fault)
    for file, fault in ripple_faults(catalogue):
        raise WrongData(file, fault)


def ward_check_digit(first_five: str) -> int:
    """総務省 全国地方公共団体コード: weights 6 5 4 3 2; last digit of 11 less the sum modulo 11."""
    total = sum(int(digit) * weight for digit, weight in zip(first_five, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


def _check_desk(catalogue: Catalogue) -> None:
    """Objections and the ward's desk speak of procedures and fields that there are."""
    if missing := catalogue.appeals.keys() - catalogue.procedures.keys():
        raise WrongData("appeals.toml", f"no procedure {min(missing)}")
    for rule in catalogue.desk.values():
        found = catalogue.procedures.get(rule.id)
        if found is None or found.form is None:
            raise WrongData(f"{rule.id}.toml", "desk: there is no such form")
        fields = {field.id: field for section in found.form.sections for field in section.fields}
        named = {id for sentence in rule.sentences for id in sentence.fields}
        if rule.automatic is not None:
            named |= {*rule.automatic.agrees, *rule.automatic.only, *rule.automatic.empty}
            if bare := [id for id in rule.automatic.agrees if id in fields and not fields[id].prefill]:
                raise WrongData(f"{rule.id}.toml", f"desk: no register tells {bare[0]}")
        if strange := named - fields.keys():
            raise WrongData(f"{rule.id}.toml", f"desk: no field {min(strange)}")


def _check_words(catalogue: Catalogue) -> None:
    words = catalogue.words
    wanted = (
        ("operators", set(Operator) - set(words.operators)),
        ("facts", set(PATHS) - set(words.facts)),
        ("reasons", COMMON_REASONS - set(words.reasons)),
        ("refusals", REFUSALS - set(words.refusals)),
        ("amounts", TEXTS - set(words.amounts)),
        ("changes", {kind.value for kind in ChangeKind} - set(words.changes)),
    )
    for table, missing in wanted:
        if missing:
            raise WrongData(
                "amounts.toml" if table == "amounts" else "texts.toml",
                f"{table}: nothing for {sorted(map(str, missing))}",
            )
    if set(catalogue.sources) != set(SOURCES):
        raise WrongData("sources.toml", f"expected exactly {SOURCES}")


def _check_wards(catalogue: Catalogue) -> None:
    for code, ward in catalogue.wards.items():
        if unknown := set(ward.procedures) - set(catalogue.procedures):
            raise WrongData(f"{code}.toml", f"procedures: no file for {sorted(unknown)}")
        for id, own in ward.procedures.items():
            if fault := next(_paper_faults(catalogue.procedures[id], own.attachments or ()), None):
                raise WrongData(f"{code}.toml", f"procedures.{id}: {fault}")
        if unknown := set(ward.numbers) - set(catalogue.law.numbers):
            raise WrongData(f"{code}.toml", f"numbers: no such number in law {sorted(unknown)}")
        if not re.fullmatch("[0-9]{6}", code) or ward_check_digit(code[:5]) != int(code[5]):
            raise WrongData(f"{code}.toml", "code: the check digit is wrong")


def _paper_faults(procedure: Procedure, own: tuple[Attachment, ...]) -> Iterator[str]:
    """A ward's own list of papers names each once, and still the ones that somebody else may add."""
    ids = [one.id for one in own]
    if doubled := {id for id in ids if ids.count(id) > 1}:
        yield f"attachments: given twice: {min(doubled)}"
    if own and (missing := {one.attachment for one in procedure.parts if one.attachment} - set(ids)):
        yield f"attachments: somebody else may add {min(missing)}"


def _check_disasters(catalogue: Catalogue) -> None:
    """An operator writes these in a hurry, so every slip of the pen is named."""
    for disaster in catalogue.law.disasters:
        file = f"{disaster.id}.toml"
        if not disaster.wards:
            raise WrongData(file, "wards: names no ward")
        if unknown := set(disaster.wards) - set(catalogue.wards):
            raise WrongData(file, f"wards: no such ward {sorted(unknown)}")
        if unknown := set(disaster.closes) - CLOSES:
            raise WrongData(file, f"closes: no such term {sorted(unknown)}; one of {sorted(CLOSES)}")
        if early := sorted(id for id, day in disaster.closes.items() if day < disaster.on):
            raise WrongData(file, f"closes: before the disaster itself: {early}")
        if disaster.over is not None and disaster.over < disaster.on:
            raise WrongData(file, "over: before the disaster itself")


def _check_bundles(catalogue: Catalogue) -> None:
    placed = {id for bundle in catalogue.bundles for id in bundle.procedures}
    for bundle in catalogue.bundles:
        if unknown := set(bundle.procedures) - set(catalogue.procedures):
            raise WrongData(f"{bundle.id}.toml", f"procedures: no file for {sorted(unknown)}")
        if bundle.occasion is not None and bundle.occasion not in OCCASIONS:
            raise WrongData(f"{bundle.id}.toml", f"occasion: no such occasion {bundle.occasion}")
        if bundle.about is not None and bundle.about not in MEMBERS:
            raise WrongData(f"{bundle.id}.toml", f"about: no such members {bundle.about}")
        if bundle.start is not None and bundle.start not in catalogue.questions:
            raise WrongData(f"{bundle.id}.toml", f"start: no such question {bundle.start}")
    holders = {(bundle.id, id) for bundle in catalogue.bundles for id in bundle.procedures}
    for id, procedure in catalogue.procedures.items():
        for name, way in procedure.ways.items():
            if way.bundle is not None and (way.bundle, id) not in holders:
                raise WrongData(f"{id}.toml", f"ways.{name}: {way.bundle} does not hold this procedure")
    if loose := set(catalogue.procedures) - placed:
        raise WrongData(f"{min(loose)}.toml", "is in no bundle")


def _check_vaccines(catalogue: Catalogue) -> None:
    known = {vaccine.id for vaccine in catalogue.law.vaccines}
    for vaccine in catalogue.law.vaccines:
        if vaccine.instead_of is not None and vaccine.instead_of not in known:
            raise WrongData(f"{vaccine.id}.toml", f"instead_of: no such vaccine {vaccine.instead_of}")
        for course in vaccine.courses:
            for number, dose in enumerate(course.doses, 1):
                if any(not 1 <= gap.after < number for gap in dose.gaps):
                    raise WrongData(f"{vaccine.id}.toml", f"courses: dose {number} counts from a dose not before it")


def _faults(catalogue: Catalogue, procedure: Procedure) -> Iterator[str]:
    rule = catalogue.rules.get(procedure.id)
    if rule is None:
        yield "id: there is no rule for it"
    elif rule.reasons != set(procedure.reasons):
        yield f"reasons: differ from the rule's in {sorted(rule.reasons ^ set(procedure.reasons))}"
    if unknown := set(procedure.reads) - set(SOURCES):
        yield f"reads: no such source {sorted(unknown)}"
    if unknown := set(procedure.after) - set(catalogue.procedures):
        yield f"after: no such procedure {sorted(unknown)}"
    if unknown := set(procedure.confidence) - TRUSTED:
        yield f"confidence: no such statement {sorted(unknown)}"
    if unknown := set(procedure.ward_sets) - _set_by_wards(catalogue):
        yield f"ward_sets: no such term or window {sorted(unknown)}"
    if unknown := set(procedure.known) - {name for name, path in PATHS.items() if path.follows is None}:
        yield f"known: no such fact {sorted(unknown)}"
    told = {PATHS[path].source for path in procedure.known if path in PATHS}
    if unread := told - set(procedure.reads) - set(LOOKED_UP):
        yield f"known: not among `reads`: {sorted(unread)}"
    for key, text in procedure.reasons.items():
        yield from (f"reasons.{key}: {fault}" for fault in _uneven(text))
    fields = [field for section in procedure.form.sections for field in section.fields] if procedure.form else []
    for field in fields:
        yield from (f"form field {field.id}: {fault}" for fault in _field_faults(catalogue, procedure, field, fields))
    yield from (f"parts: {fault}" for fault in _part_faults(procedure, {field.id for field in fields}))


def _set_by_wards(catalogue: Catalogue) -> set[str]:
    """Terms in law, windows that come round every year, and windows that some ward has."""
    once = {own.id for ward in catalogue.wards.values() for own in ward.windows}
    own_yearlies = {own.id for ward in catalogue.wards.values() for own in ward.yearly}
    return {*catalogue.law.numbers, *catalogue.law.yearlies, *once, *own_yearlies}


def _part_faults(procedure: Procedure, fields: set[str]) -> Iterator[str]:
    if len({one.id for one in procedure.parts}) < len(procedure.parts):
        yield "one is given twice"
    papers = {one.id for one in procedure.attachments}
    for one in procedure.parts:
        if one.when is not None and one.when.field not in fields:
            yield f"{one.id}: no such field {one.when.field}"
        if one.attachment is not None and one.attachment not in papers:
            yield f"{one.id}: no such attachment {one.attachment}"


def _uneven(text: Text) -> Iterator[str]:
    try:
        names = set(braces(text))
    except ValueError as wrong:
        yield str(wrong)
        return
    if len(names) > 1:
        yield "the three languages name different values"


def _field_faults(
    catalogue: Catalogue, procedure: Procedure, field: FieldSpec, fields: list[FieldSpec]
) -> Iterator[str]:
    if [other.id for other in fields].count(field.id) > 1:
        yield "given twice"
    if field.prefill and field.prefill not in PATHS:
        yield f"prefill: no such fact {field.prefill}"
    elif field.prefill and PATHS[field.prefill].source not in procedure.reads:
        yield f"prefill: {PATHS[field.prefill].source} is not among `reads`"
    if field.show_if and field.show_if.field not in {other.id for other in fields}:
        yield f"show_if: no such field {field.show_if.field}"
    if field.window and not {f"{field.window}_before", f"{field.window}_after"} <= set(catalogue.law.numbers):
        yield f"window: no such numbers {field.window}"
    if field.not_before and field.not_before not in PATHS:
        yield f"not_before: no such fact {field.not_before}"
    if field.open_days_of and (field.days_from is None or field.days_to is None):
        yield "open_days_of: needs days_from and days_to"
    if field.refuse and field.kind.value not in ("choice", "yes_no"):
        yield "refuse: only for a choice or yes and no"
    if (field.kind.value in ("choice", "many_choice")) != bool(field.choices or field.choices_from):
        yield "choices: only and always for a choice"
    if field.pattern is not None:
        try:
            re.compile(field.pattern)
        except re.error as wrong:
            yield f"pattern: {wrong}"
