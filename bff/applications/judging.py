"""Judging what she filled in, by the form's own schema: the same one that her phone holds it against.

Nothing here raises, whatever comes in; every refusal has a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from life_events import (
    Catalogue,
    Field,
    FieldError,
    FieldKind,
    Form,
    echo,
    holds_individual_number,
    is_empty,
    schema_of,
)

CODES: Final[Mapping[str, str]] = {
    "additionalProperties": "unknown_field",
    "required": "required",
    "type": "wrong_type",
    "const": "required",
    "enum": "not_a_choice",
    "uniqueItems": "not_a_choice",
    "maxLength": "too_long",
    "pattern": "wrong_pattern",
    "not": "control_character",
    "format": "not_a_date",
    "formatMinimum": "out_of_window",
    "formatMaximum": "out_of_window",
}
"""Keyword → code; `pwa/data/judging.ts` has the same table."""
MOST_STRANGERS: Final = 20
"""Of keys that no form has, so many are told: a body of 256 kB may hold twenty thousand."""
CODES_OF_DAYS: Final[Mapping[str, str]] = {"pattern": "not_a_date", "not": "closed_day"}


def check_answers(catalogue: Catalogue, form: Form, answers: object) -> list[FieldError]:
    """Every refusal of a filled-in form, in the order of its fields; empty: it may be sent.

    Values that stand in fields not shown are checked too, but never missed.
    """
    refusals = catalogue.words.refusals
    if not isinstance(answers, Mapping):
        return [FieldError("", "wrong_type", refusals["wrong_type"])]
    fields, schema = form.fields, schema_of(form)
    filled = {key: value for key, value in answers.items() if key not in fields or not is_empty(value)}
    faults = dict(_faults_of_the_whole(fields, schema, filled)) | dict(_faults_of_each(fields, schema, filled))
    strangers = islice((key for key in filled if key not in fields), MOST_STRANGERS)
    errors = [FieldError(echo(key), "unknown_field", refusals["unknown_field"]) for key in strangers]
    for field in fields.values():
        code = faults.get(field.id)
        ends = field.refuse if code is not None and field.refuse and code == field.refuse.code else None
        if code is not None:
            errors.append(FieldError(field.id, code, ends.message if ends else refusals[code]))
    return errors


def _faults_of_each(
    fields: Mapping[str, Field], schema: Mapping[str, Any], filled: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """The first thing wrong with each value that is there, in the order of the schema's keywords.

    Only the first is looked for, so that a list of a hundred thousand faults costs no more than one.
    """
    for id, rule in schema["properties"].items():
        if id not in filled:
            continue
        if holds_individual_number(filled[id]):
            yield id, "individual_number"
        elif (error := next(_judge(rule).iter_errors(filled[id]), None)) is not None:
            yield id, _code(fields[id], error)


def _faults_of_the_whole(
    fields: Mapping[str, Field], schema: Mapping[str, Any], filled: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """What is missing, and where the form ends for what else was answered."""
    whole = dict(schema) | {"properties": dict.fromkeys(schema["properties"], True)}
    for error in _judge(whole).iter_errors(filled):
        if error.validator == "required":
            yield from ((id, "required") for id in error.validator_value if id not in filled)
        elif error.path:
            yield str(error.path[0]), _code(fields[str(error.path[0])], error)


def _code(field: Field, error: ValidationError) -> str:
    keyword = str(error.validator)
    if keyword == "not" and field.refuse is not None:
        return field.refuse.code
    return CODES_OF_DAYS.get(keyword, CODES[keyword]) if field.kind is FieldKind.DATE else CODES[keyword]


def _not_before(_: Any, limit: str, value: object, __: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and value < limit:
        yield ValidationError(f"before {limit}")


def _not_after(_: Any, limit: str, value: object, __: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and value > limit:
        yield ValidationError(f"after {limit}")


_Judge = extend(Draft202012Validator, {"formatMinimum": _not_before, "formatMaximum": _not_after})
_FORMATS = FormatChecker(formats=("date",))


def _judge(schema: Mapping[str, Any]) -> Any:
    return _Judge(schema, format_checker=_FORMATS)
