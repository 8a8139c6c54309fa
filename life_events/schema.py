"""The form as JSON Schema 2020-12, so that the phone, the house and anybody else judge an answer by the same rules.

What it is held against are answers without the empty ones. `formatMinimum`/`formatMaximum` are the first and the last
day taken (as in ajv-formats). Only the 個人番号 cannot be told by a schema: individual_number.py finds it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import asdict

from life_events.catalogue import Procedure
from life_events.form import Field, FieldKind, FieldSpec, Form, bare
from life_events.terms import Text

Schema = dict[str, Any]
Condition = tuple[tuple[str, str | bool], ...]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
WITHOUT_DAYS = (
    "Without the days of today and the people of a household: a validator lets through a date that is too early or too "
    "late. The first and the last day taken, both included, are the day of judging in Japan (UTC+9) plus x-days-from "
    "and plus x-days-to (in days, negative: before it); with x-window W they are that day less the number W_after and "
    "plus the number W_before of law.json. x-not-before names a day of the household that also comes first; "
    "x-open-days-of: only days on which that office is open; x-lies-in: the address must name the ward moved to; "
    "x-choices-from: only people of the household."
)
_UNPRINTABLE = "[\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]"
_UNPRINTABLE_IN_LONG_TEXT = "[\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\ud800-\\udfff]"
"""Controls and halves of letters; a longer text may have new lines. Means the same in Python and in a browser."""


def schema_of(form: Form) -> Schema:
    """What may be sent, on the day and for the household the form was made for."""
    fields = form.fields
    rules = {field.id: _rule(field) for field in fields.values()}
    return _schema(form.procedure, form.version, form.title, form.intro, fields, rules)


def static_schema(procedure: Procedure) -> Schema | None:
    """The form for nobody yet, as open data: with its words, and without the days and people that only her own form
    knows; it has a name of its own, for it lets through what hers refuses. None: there is no form."""
    form = procedure.form
    if form is None:
        return None
    specs = [spec for section in form.sections for spec in section.fields]
    rules = {spec.id: _for_anybody(spec) for spec in specs}
    fields = {spec.id: bare(spec) for spec in specs}
    schema = _schema(procedure.id, form.version, procedure.name, form.intro, fields, rules)
    names = {"$id": f"{schema['$id']}:without-days", "title": f"{schema['title']}（日と人の制限を除く）"}
    return {**schema, **names, "$comment": WITHOUT_DAYS}


def _schema(
    procedure: str, version: str, title: Text, intro: Text, fields: Mapping[str, Field], rules: Mapping[str, Schema]
) -> Schema:
    schema: Schema = {
        "$schema": DIALECT,
        "$id": f"urn:kurashimado:form:{procedure}:{version}",
        "title": title.ja,
        "description": intro.ja,
        "type": "object",
        "properties": rules,
        "required": [field.id for field in fields.values() if field.required and field.show_if is None],
        "additionalProperties": False,
    }
    conditions = _conditions(fields)
    return schema | {"allOf": conditions} if conditions else schema


def _rule(field: Field) -> Schema:
    """The keywords stand in the order in which a fault is told."""
    refuse = field.refuse if field.show_if is None else None
    refused = {"not": {"const": refuse.equals}} if refuse else {}
    match field.kind:
        case FieldKind.YES_NO:
            return {"type": "boolean"} | refused
        case FieldKind.AGREEMENT:
            return {"type": "boolean"} | ({"const": True} if field.required else {})
        case FieldKind.DATE:
            return _day(field)
        case FieldKind.CHOICE:
            return _one_of(field) | refused
        case FieldKind.MANY_CHOICE:
            return {"type": "array", "items": _one_of(field), "uniqueItems": True}
        case _:
            return _text(field)


def _one_of(field: Field) -> Schema:
    return {"type": "string", "enum": [choice.value for choice in field.choices]}


def _for_anybody(spec: FieldSpec) -> Schema:
    """A choice among the people of a household takes any person's id as long as the household is not known."""
    rule = _rule(bare(spec))
    if spec.choices_from:
        rule.get("items", rule).pop("enum")
    return rule | _words(spec)


def _text(field: Field) -> Schema:
    unprintable = _UNPRINTABLE_IN_LONG_TEXT if field.kind is FieldKind.LONG_TEXT else _UNPRINTABLE
    rule: Schema = {"type": "string", "not": {"pattern": unprintable}, "maxLength": field.max_length}
    return rule | ({"pattern": f"^(?:{field.pattern})$"} if field.pattern else {})


def _day(field: Field) -> Schema:
    """The pattern leaves out the year nought, which not every calendar has."""
    rule: Schema = {"type": "string", "format": "date", "pattern": "^(?!0000)"}
    if field.min_date:
        rule["formatMinimum"] = field.min_date.isoformat()
    if field.max_date:
        rule["formatMaximum"] = field.max_date.isoformat()
    if field.closed_days:
        rule["not"] = {"enum": [day.isoformat() for day in field.closed_days]}
    return rule


def _conditions(fields: Mapping[str, Field]) -> list[Schema]:
    """For every way a field comes to be shown: what is then wanted, and what ends the form there."""
    thens: dict[Condition, Schema] = {}
    for field in fields.values():
        if field.show_if is None or not (field.required or field.refuse):
            continue
        then = thens.setdefault(_shown_while(field, fields), {})
        if field.required:
            then.setdefault("required", []).append(field.id)
        if field.refuse:
            then.setdefault("properties", {})[field.id] = {"not": {"const": field.refuse.equals}}
    return [{"if": _holds(condition), "then": then} for condition, then in thens.items()]


def _shown_while(field: Field, fields: Mapping[str, Field]) -> Condition:
    """Every other field's value that the field hangs on, directly or through others."""
    held: dict[str, str | bool] = {}
    while field.show_if is not None and field.show_if.field not in held:
        held[field.show_if.field] = field.show_if.equals
        field = fields[field.show_if.field]
    return tuple(held.items())


def _holds(condition: Iterable[tuple[str, str | bool]]) -> Schema:
    values = dict(condition)
    return {"properties": {other: {"const": value} for other, value in values.items()}, "required": list(values)}


def _words(spec: FieldSpec) -> Schema:
    """The words and what the form itself cannot know yet, under names that no validator heeds."""
    words: Schema = {"title": spec.label.ja, "x-label": {"easy": spec.label.easy, "en": spec.label.en}}
    if spec.help:
        words |= {"description": spec.help.ja, "x-help": {"easy": spec.help.easy, "en": spec.help.en}}
    if spec.choices:
        words["x-choices"] = {choice.value: asdict(choice.label) for choice in spec.choices}
    days = (
        "days_from",
        "days_to",
        "window",
        "open_days_of",
        "not_before",
        "lies_in",
        "choices_from",
        "prefill",
        "term",
    )
    return words | {f"x-{name.replace('_', '-')}": value for name in days if (value := getattr(spec, name)) is not None}
